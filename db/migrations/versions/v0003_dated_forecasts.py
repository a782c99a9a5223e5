"""Keep how forecasts and partial credit moved, and what proves a milestone.

Revision 0003.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from db.migrations.day_rule import a_date
from db.migrations.histories import begin_histories

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and tables, and begin each history with what is known."""
    with op.batch_alter_table("milestone") as batch:
        batch.add_column(sa.Column("template_milestone_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("met_recorded_on", sa.Date(), nullable=True))
        for name in ("evidence_link", "evidence_witness"):
            batch.add_column(
                sa.Column(name, sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
            )
        batch.create_index(op.f("ix_milestone_template_milestone_id"), ["template_milestone_id"])
        batch.create_foreign_key(
            op.f("fk_milestone_template_milestone_id_plan_template_milestone"),
            "plan_template_milestone",
            ["template_milestone_id"],
            ["id"],
        )
        batch.create_check_constraint(
            op.f("ck_milestone_met_recorded_on_is_a_date"), a_date("met_recorded_on")
        )
    with op.batch_alter_table("milestone") as batch:
        batch.alter_column("evidence_link", server_default=None)
        batch.alter_column("evidence_witness", server_default=None)
    op.create_table(
        "forecast_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("archive_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=True),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("old_on", sa.Date(), nullable=True),
        sa.Column("new_on", sa.Date(), nullable=True),
        sa.Column(
            "reason_code",
            sa.Enum(
                "county",
                "partner",
                "own_unit",
                "funding",
                "approval",
                "supply",
                "weather",
                "scope",
                "other",
                name="reason_code",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(a_date("changed_on"), name=op.f("ck_forecast_change_changed_on_is_a_date")),
        sa.CheckConstraint(a_date("new_on"), name=op.f("ck_forecast_change_new_on_is_a_date")),
        sa.CheckConstraint(a_date("old_on"), name=op.f("ck_forecast_change_old_on_is_a_date")),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestone.id"], name=op.f("fk_forecast_change_milestone_id_milestone")
        ),
        sa.ForeignKeyConstraint(
            ["update_id"], ["project_update.id"], name=op.f("fk_forecast_change_update_id_project_update")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast_change")),
    )
    op.create_index(op.f("ix_forecast_change_change_no"), "forecast_change", ["change_no"], unique=False)
    op.create_index(
        op.f("ix_forecast_change_milestone_id"), "forecast_change", ["milestone_id"], unique=False
    )
    op.create_index(op.f("ix_forecast_change_update_id"), "forecast_change", ["update_id"], unique=False)
    op.create_table(
        "milestone_credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("archive_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("credited_on", sa.Date(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.CheckConstraint(a_date("credited_on"), name=op.f("ck_milestone_credit_credited_on_is_a_date")),
        sa.CheckConstraint("percent BETWEEN 1 AND 99", name=op.f("ck_milestone_credit_percent")),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestone.id"], name=op.f("fk_milestone_credit_milestone_id_milestone")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_credit")),
    )
    op.create_index(op.f("ix_milestone_credit_change_no"), "milestone_credit", ["change_no"], unique=False)
    op.create_index(
        op.f("ix_milestone_credit_milestone_id"), "milestone_credit", ["milestone_id"], unique=False
    )
    op.create_table(
        "update_forecast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.BigInteger(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("archive_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("new_on", sa.Date(), nullable=True),
        sa.Column(
            "reason_code",
            sa.Enum(
                "county",
                "partner",
                "own_unit",
                "funding",
                "approval",
                "supply",
                "weather",
                "scope",
                "other",
                name="reason_code",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(a_date("new_on"), name=op.f("ck_update_forecast_new_on_is_a_date")),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestone.id"], name=op.f("fk_update_forecast_milestone_id_milestone")
        ),
        sa.ForeignKeyConstraint(
            ["update_id"], ["project_update.id"], name=op.f("fk_update_forecast_update_id_project_update")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_forecast")),
    )
    op.create_index(op.f("ix_update_forecast_change_no"), "update_forecast", ["change_no"], unique=False)
    op.create_index(
        op.f("ix_update_forecast_milestone_id"), "update_forecast", ["milestone_id"], unique=False
    )
    op.create_index(op.f("ix_update_forecast_update_id"), "update_forecast", ["update_id"], unique=False)
    begin_histories(op.get_bind())


def downgrade() -> None:
    """Drop what was added; the newest forecast and credit stay where they were."""
    op.drop_index(op.f("ix_update_forecast_update_id"), table_name="update_forecast")
    op.drop_index(op.f("ix_update_forecast_milestone_id"), table_name="update_forecast")
    op.drop_index(op.f("ix_update_forecast_change_no"), table_name="update_forecast")
    op.drop_table("update_forecast")
    op.drop_index(op.f("ix_milestone_credit_milestone_id"), table_name="milestone_credit")
    op.drop_index(op.f("ix_milestone_credit_change_no"), table_name="milestone_credit")
    op.drop_table("milestone_credit")
    op.drop_index(op.f("ix_forecast_change_update_id"), table_name="forecast_change")
    op.drop_index(op.f("ix_forecast_change_milestone_id"), table_name="forecast_change")
    op.drop_index(op.f("ix_forecast_change_change_no"), table_name="forecast_change")
    op.drop_table("forecast_change")
    with op.batch_alter_table("milestone") as batch:
        batch.drop_constraint(op.f("ck_milestone_met_recorded_on_is_a_date"), type_="check")
        batch.drop_constraint(
            op.f("fk_milestone_template_milestone_id_plan_template_milestone"), type_="foreignkey"
        )
        batch.drop_index(op.f("ix_milestone_template_milestone_id"))
        for name in ("evidence_witness", "evidence_link", "met_recorded_on", "template_milestone_id"):
            batch.drop_column(name)
