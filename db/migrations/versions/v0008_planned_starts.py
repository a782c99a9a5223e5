"""Freeze the planned start with each approved plan.

Revision 0008.
"""

import sqlalchemy as sa
from alembic import op

from db.migrations.day_rule import a_date
from db.migrations.histories import as_day, fill_in, take_out

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# What the earlier plans held is not known: the start that counted until now is taken for all of them.
_STARTS = """
    SELECT b.id, p.planned_start_on FROM baseline b JOIN project p ON p.id = b.project_id
    WHERE p.planned_start_on IS NOT NULL ORDER BY b.id
"""


def upgrade() -> None:
    """Add the column, and fill it with the planned start that counted so far."""
    with op.batch_alter_table("baseline") as batch:
        batch.add_column(sa.Column("planned_start_on", sa.Date(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_baseline_planned_start_on_is_a_date"), a_date("planned_start_on")
        )
    rows = op.get_bind().execute(sa.text(_STARTS)).all()
    fill_in(op.get_bind(), "baseline", "planned_start_on", {row[0]: as_day(row[1]) for row in rows})


def downgrade() -> None:
    """Drop the column: the typed start counts again."""
    take_out(op.get_bind(), "baseline", "planned_start_on")
    with op.batch_alter_table("baseline") as batch:
        batch.drop_constraint(op.f("ck_baseline_planned_start_on_is_a_date"), type_="check")
        batch.drop_column("planned_start_on")
