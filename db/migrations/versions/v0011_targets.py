"""Keep the targets of places and years.

Revision 0011.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("archive_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column("sales_region_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "signings", "landings", name="measure", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count BETWEEN 0 AND 100000", name=op.f("ck_target_count")),
        sa.CheckConstraint("division_id IS NULL OR sales_region_id IS NULL", name=op.f("ck_target_one_place")),
        sa.CheckConstraint("year BETWEEN 1990 AND 2199", name=op.f("ck_target_year")),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_target_division_id_division")),
        sa.ForeignKeyConstraint(["sales_region_id"], ["sales_region.id"], name=op.f("fk_target_sales_region_id_sales_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
    )
    op.create_index(op.f("ix_target_change_no"), "target", ["change_no"], unique=False)
    op.create_index(op.f("ix_target_division_id"), "target", ["division_id"], unique=False)
    op.create_index(op.f("ix_target_sales_region_id"), "target", ["sales_region_id"], unique=False)
    op.create_index(
        "uq_target_division",
        "target",
        ["division_id", "year", "measure"],
        unique=True,
        sqlite_where=sa.text("division_id IS NOT NULL AND archived_at IS NULL"),
        postgresql_where=sa.text("division_id IS NOT NULL AND archived_at IS NULL"),
    )
    op.create_index(
        "uq_target_sales_region",
        "target",
        ["sales_region_id", "year", "measure"],
        unique=True,
        sqlite_where=sa.text("sales_region_id IS NOT NULL AND archived_at IS NULL"),
        postgresql_where=sa.text("sales_region_id IS NOT NULL AND archived_at IS NULL"),
    )
    op.create_index(
        "uq_target_whole",
        "target",
        ["year", "measure"],
        unique=True,
        sqlite_where=sa.text("division_id IS NULL AND sales_region_id IS NULL AND archived_at IS NULL"),
        postgresql_where=sa.text("division_id IS NULL AND sales_region_id IS NULL AND archived_at IS NULL"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_index("uq_target_whole", table_name="target")
    op.drop_index("uq_target_sales_region", table_name="target")
    op.drop_index("uq_target_division", table_name="target")
    op.drop_index(op.f("ix_target_sales_region_id"), table_name="target")
    op.drop_index(op.f("ix_target_division_id"), table_name="target")
    op.drop_index(op.f("ix_target_change_no"), table_name="target")
    op.drop_table("target")
