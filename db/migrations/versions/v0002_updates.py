"""Record updates, requests for update and risks.

Revision 0002.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from db.migrations.day_rule import a_date

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the three tables."""
    op.create_table(
        "update_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("archive_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("question", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "answered", "withdrawn", name="outcome", native_enum=False, create_constraint=True, length=20
            ),
            nullable=True,
        ),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closing_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(a_date("asked_on"), name=op.f("ck_update_request_asked_on_is_a_date")),
        sa.CheckConstraint(a_date("closed_on"), name=op.f("ck_update_request_closed_on_is_a_date")),
        sa.CheckConstraint(a_date("due_on"), name=op.f("ck_update_request_due_on_is_a_date")),
        sa.CheckConstraint("(outcome IS NULL) = (closed_on IS NULL)", name=op.f("ck_update_request_closed")),
        sa.CheckConstraint("due_on >= asked_on", name=op.f("ck_update_request_days")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_update_request_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_request")),
    )
    op.create_index(op.f("ix_update_request_change_no"), "update_request", ["change_no"], unique=False)
    op.create_index(op.f("ix_update_request_project_id"), "update_request", ["project_id"], unique=False)
    op.create_index(
        "uq_update_request_open",
        "update_request",
        ["project_id"],
        unique=True,
        sqlite_where=sa.text("closed_on IS NULL AND archived_at IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL AND archived_at IS NULL"),
    )
    op.create_table(
        "project_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("archive_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("is_no_change", sa.Boolean(), nullable=False),
        sa.Column("reported_percent", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("author", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "accepted",
                "returned",
                "withdrawn",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decision_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(a_date("decided_on"), name=op.f("ck_project_update_decided_on_is_a_date")),
        sa.CheckConstraint(a_date("reported_on"), name=op.f("ck_project_update_reported_on_is_a_date")),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_on IS NULL)", name=op.f("ck_project_update_decided")
        ),
        sa.CheckConstraint("reported_percent BETWEEN 0 AND 100", name=op.f("ck_project_update_percent")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_update_project_id_project")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["update_request.id"], name=op.f("fk_project_update_request_id_update_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_update")),
    )
    op.create_index(op.f("ix_project_update_change_no"), "project_update", ["change_no"], unique=False)
    op.create_index(op.f("ix_project_update_project_id"), "project_update", ["project_id"], unique=False)
    op.create_index(op.f("ix_project_update_request_id"), "project_update", ["request_id"], unique=False)
    op.create_table(
        "risk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("archive_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("likelihood", sa.Integer(), nullable=False),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("owner", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("response", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closing_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(a_date("closed_on"), name=op.f("ck_risk_closed_on_is_a_date")),
        sa.CheckConstraint(a_date("due_on"), name=op.f("ck_risk_due_on_is_a_date")),
        sa.CheckConstraint(a_date("opened_on"), name=op.f("ck_risk_opened_on_is_a_date")),
        sa.CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name=op.f("ck_risk_days")),
        sa.CheckConstraint("impact BETWEEN 1 AND 5", name=op.f("ck_risk_impact")),
        sa.CheckConstraint("likelihood BETWEEN 1 AND 5", name=op.f("ck_risk_likelihood")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_risk_project_id_project")),
        sa.ForeignKeyConstraint(
            ["update_id"], ["project_update.id"], name=op.f("fk_risk_update_id_project_update")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk")),
    )
    op.create_index(op.f("ix_risk_change_no"), "risk", ["change_no"], unique=False)
    op.create_index(op.f("ix_risk_project_id"), "risk", ["project_id"], unique=False)
    op.create_index(op.f("ix_risk_update_id"), "risk", ["update_id"], unique=False)


def downgrade() -> None:
    """Drop the three tables."""
    op.drop_index(op.f("ix_risk_update_id"), table_name="risk")
    op.drop_index(op.f("ix_risk_project_id"), table_name="risk")
    op.drop_index(op.f("ix_risk_change_no"), table_name="risk")
    op.drop_table("risk")
    op.drop_index(op.f("ix_project_update_request_id"), table_name="project_update")
    op.drop_index(op.f("ix_project_update_project_id"), table_name="project_update")
    op.drop_index(op.f("ix_project_update_change_no"), table_name="project_update")
    op.drop_table("project_update")
    op.drop_index("uq_update_request_open", table_name="update_request")
    op.drop_index(op.f("ix_update_request_project_id"), table_name="update_request")
    op.drop_index(op.f("ix_update_request_change_no"), table_name="update_request")
    op.drop_table("update_request")
