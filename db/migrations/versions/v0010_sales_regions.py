"""Keep the organisation's own sales regions.

Revision 0010.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from db.migrations.day_rule import a_date

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the two tables."""
    op.create_table(
        "sales_region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("archive_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name_en", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_region")),
    )
    op.create_index(op.f("ix_sales_region_change_no"), "sales_region", ["change_no"], unique=False)
    op.create_index(
        "uq_sales_region_standing",
        "sales_region",
        ["name"],
        unique=True,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "sales_region_division",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("archive_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sales_region_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_sales_region_division_days")),
        sa.CheckConstraint(a_date("from_on"), name=op.f("ck_sales_region_division_from_on_is_a_date")),
        sa.CheckConstraint(a_date("to_on"), name=op.f("ck_sales_region_division_to_on_is_a_date")),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_sales_region_division_division_id_division")),
        sa.ForeignKeyConstraint(["sales_region_id"], ["sales_region.id"], name=op.f("fk_sales_region_division_sales_region_id_sales_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_region_division")),
    )
    op.create_index(op.f("ix_sales_region_division_change_no"), "sales_region_division", ["change_no"], unique=False)
    op.create_index(op.f("ix_sales_region_division_division_id"), "sales_region_division", ["division_id"], unique=False)
    op.create_index(op.f("ix_sales_region_division_sales_region_id"), "sales_region_division", ["sales_region_id"], unique=False)
    op.create_index(
        "uq_sales_region_division_open",
        "sales_region_division",
        ["sales_region_id", "division_id"],
        unique=True,
        sqlite_where=sa.text("to_on IS NULL AND archived_at IS NULL"),
        postgresql_where=sa.text("to_on IS NULL AND archived_at IS NULL"),
    )


def downgrade() -> None:
    """Drop the two tables."""
    op.drop_index("uq_sales_region_division_open", table_name="sales_region_division")
    op.drop_index(op.f("ix_sales_region_division_sales_region_id"), table_name="sales_region_division")
    op.drop_index(op.f("ix_sales_region_division_division_id"), table_name="sales_region_division")
    op.drop_index(op.f("ix_sales_region_division_change_no"), table_name="sales_region_division")
    op.drop_table("sales_region_division")
    op.drop_index("uq_sales_region_standing", table_name="sales_region")
    op.drop_index(op.f("ix_sales_region_change_no"), table_name="sales_region")
    op.drop_table("sales_region")
