"""Record which milestone waits for which, and the organisation's own working days.

Revision 0005.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from db.migrations.day_rule import a_date

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the two tables."""
    op.create_table(
        "dependency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("archive_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("FS", "SS", "FF", name="kind", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("lag_days", sa.Integer(), nullable=False),
        sa.Column("in_working_days", sa.Boolean(), nullable=False),
        sa.CheckConstraint("lag_days BETWEEN -3650 AND 3650", name=op.f("ck_dependency_lag")),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("ck_dependency_two_milestones")),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["milestone.id"], name=op.f("fk_dependency_predecessor_id_milestone")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["milestone.id"], name=op.f("fk_dependency_successor_id_milestone")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dependency")),
    )
    op.create_index(op.f("ix_dependency_change_no"), "dependency", ["change_no"], unique=False)
    op.create_index(op.f("ix_dependency_predecessor_id"), "dependency", ["predecessor_id"], unique=False)
    op.create_index(op.f("ix_dependency_successor_id"), "dependency", ["successor_id"], unique=False)
    op.create_index(
        "uq_dependency_standing",
        "dependency",
        ["predecessor_id", "successor_id", "kind"],
        unique=True,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("archive_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(a_date("day"), name=op.f("ck_calendar_day_day_is_a_date")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
    )
    op.create_index(op.f("ix_calendar_day_change_no"), "calendar_day", ["change_no"], unique=False)
    op.create_index(
        "uq_calendar_day_standing",
        "calendar_day",
        ["day"],
        unique=True,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )


def downgrade() -> None:
    """Drop the two tables."""
    op.drop_index("uq_calendar_day_standing", table_name="calendar_day")
    op.drop_index(op.f("ix_calendar_day_change_no"), table_name="calendar_day")
    op.drop_table("calendar_day")
    op.drop_index("uq_dependency_standing", table_name="dependency")
    op.drop_index(op.f("ix_dependency_successor_id"), table_name="dependency")
    op.drop_index(op.f("ix_dependency_predecessor_id"), table_name="dependency")
    op.drop_index(op.f("ix_dependency_change_no"), table_name="dependency")
    op.drop_table("dependency")
