"""Keep the figures of closed months.

Revision 0007.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from db.migrations.day_rule import a_date

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "month_close",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("archive_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("month_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("closed_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("known_no", sa.BigInteger(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.CheckConstraint(a_date("closed_on"), name=op.f("ck_month_close_closed_on_is_a_date")),
        sa.CheckConstraint(a_date("month_on"), name=op.f("ck_month_close_month_on_is_a_date")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_close")),
        sa.UniqueConstraint("month_on", name=op.f("uq_month_close_month_on")),
    )
    op.create_index(op.f("ix_month_close_change_no"), "month_close", ["change_no"], unique=False)


def downgrade() -> None:
    """Drop the table."""
    op.drop_index(op.f("ix_month_close_change_no"), table_name="month_close")
    op.drop_table("month_close")
