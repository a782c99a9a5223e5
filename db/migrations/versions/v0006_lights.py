"""Keep thresholds as data, and the lights people set for a while.

Revision 0006.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from db.migrations.day_rule import a_date

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the two tables."""
    op.create_table(
        "threshold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("archive_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.CheckConstraint(a_date("from_on"), name=op.f("ck_threshold_from_on_is_a_date")),
        sa.CheckConstraint("value BETWEEN 0 AND 10000", name=op.f("ck_threshold_value")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threshold")),
    )
    op.create_index(op.f("ix_threshold_change_no"), "threshold", ["change_no"], unique=False)
    op.create_index(
        "uq_threshold_standing",
        "threshold",
        ["name", "from_on"],
        unique=True,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "light_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("archive_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "colour",
            sa.Enum(
                "green", "yellow", "red", name="colour", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("author", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.CheckConstraint(a_date("from_on"), name=op.f("ck_light_override_from_on_is_a_date")),
        sa.CheckConstraint(a_date("lifted_on"), name=op.f("ck_light_override_lifted_on_is_a_date")),
        sa.CheckConstraint(a_date("until_on"), name=op.f("ck_light_override_until_on_is_a_date")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_light_override_days")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_light_override_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_light_override")),
    )
    op.create_index(op.f("ix_light_override_change_no"), "light_override", ["change_no"], unique=False)
    op.create_index(op.f("ix_light_override_project_id"), "light_override", ["project_id"], unique=False)


def downgrade() -> None:
    """Drop the two tables."""
    op.drop_index(op.f("ix_light_override_project_id"), table_name="light_override")
    op.drop_index(op.f("ix_light_override_change_no"), table_name="light_override")
    op.drop_table("light_override")
    op.drop_index("uq_threshold_standing", table_name="threshold")
    op.drop_index(op.f("ix_threshold_change_no"), table_name="threshold")
    op.drop_table("threshold")
