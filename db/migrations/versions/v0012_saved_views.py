"""Keep views under a name.

Revision 0012.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("archive_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("page", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("query", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("author", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "default_for",
            sa.Enum(
                *("viewer", "editor", "lead", "administrator"),
                name="default_for",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_index(op.f("ix_saved_view_author"), "saved_view", ["author"], unique=False)
    op.create_index(op.f("ix_saved_view_change_no"), "saved_view", ["change_no"], unique=False)
    op.create_index(
        "uq_saved_view_default",
        "saved_view",
        ["page", "default_for"],
        unique=True,
        sqlite_where=sa.text("default_for IS NOT NULL AND archived_at IS NULL"),
        postgresql_where=sa.text("default_for IS NOT NULL AND archived_at IS NULL"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_index("uq_saved_view_default", table_name="saved_view")
    op.drop_index(op.f("ix_saved_view_change_no"), table_name="saved_view")
    op.drop_index(op.f("ix_saved_view_author"), table_name="saved_view")
    op.drop_table("saved_view")
