"""Let a re-baseline be proposed by one person and approved by another.

Revision 0004.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from db.migrations.day_rule import a_date

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add who wrote a baseline, what progress rests on, and the proposals."""
    with op.batch_alter_table("baseline") as batch:
        text, truth = sqlmodel.sql.sqltypes.AutoString(), sa.Boolean()
        batch.add_column(sa.Column("author", text, nullable=False, server_default=""))
        batch.add_column(sa.Column("self_approved", truth, nullable=False, server_default=sa.false()))
    with op.batch_alter_table("baseline") as batch:
        batch.alter_column("author", server_default=None)
        batch.alter_column("self_approved", server_default=None)
    with op.batch_alter_table("plan_template_version") as batch:
        basis = sa.Enum(
            *("milestones", "reported"),
            name=op.f("ck_plan_template_version_progress_basis"),
            native_enum=False,
            create_constraint=True,
            length=20,
        )
        batch.add_column(sa.Column("progress_basis", basis, nullable=False, server_default="milestones"))
    with op.batch_alter_table("plan_template_version") as batch:
        batch.alter_column("progress_basis", server_default=None)
    op.create_table(
        "plan_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("archive_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("author", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("plan_change_no", sa.BigInteger(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
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
        sa.CheckConstraint(a_date("cancelled_on"), name=op.f("ck_plan_proposal_cancelled_on_is_a_date")),
        sa.CheckConstraint(a_date("decided_on"), name=op.f("ck_plan_proposal_decided_on_is_a_date")),
        sa.CheckConstraint(a_date("proposed_on"), name=op.f("ck_plan_proposal_proposed_on_is_a_date")),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_on IS NULL)", name=op.f("ck_plan_proposal_decided")
        ),
        sa.CheckConstraint(
            "(milestone_id IS NULL) = (cancelled_on IS NULL)", name=op.f("ck_plan_proposal_cancelling")
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestone.id"], name=op.f("fk_plan_proposal_milestone_id_milestone")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_plan_proposal_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_proposal")),
    )
    op.create_index(op.f("ix_plan_proposal_change_no"), "plan_proposal", ["change_no"], unique=False)
    op.create_index(op.f("ix_plan_proposal_milestone_id"), "plan_proposal", ["milestone_id"], unique=False)
    op.create_index(op.f("ix_plan_proposal_project_id"), "plan_proposal", ["project_id"], unique=False)
    op.create_index(
        "uq_plan_proposal_open",
        "plan_proposal",
        ["project_id"],
        unique=True,
        sqlite_where=sa.text("decided_on IS NULL AND archived_at IS NULL"),
        postgresql_where=sa.text("decided_on IS NULL AND archived_at IS NULL"),
    )


def downgrade() -> None:
    """Drop what was added."""
    op.drop_index("uq_plan_proposal_open", table_name="plan_proposal")
    op.drop_index(op.f("ix_plan_proposal_project_id"), table_name="plan_proposal")
    op.drop_index(op.f("ix_plan_proposal_milestone_id"), table_name="plan_proposal")
    op.drop_index(op.f("ix_plan_proposal_change_no"), table_name="plan_proposal")
    op.drop_table("plan_proposal")
    with op.batch_alter_table("plan_template_version") as batch:
        batch.drop_constraint(op.f("ck_plan_template_version_progress_basis"), type_="check")
        batch.drop_column("progress_basis")
    with op.batch_alter_table("baseline") as batch:
        batch.drop_column("self_approved")
        batch.drop_column("author")
