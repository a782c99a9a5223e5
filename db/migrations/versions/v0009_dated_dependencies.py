"""Date dependencies: agreed on a day, and lifted on one.

Revision 0009.
"""

import sqlalchemy as sa
from alembic import op

from db.migrations.day_rule import a_date
from db.migrations.histories import fill_in, recorded_days, take_out, withdraw_lifted

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ENDS = ["predecessor_id", "successor_id", "kind"]
_STANDING = "archived_at IS NULL AND lifted_on IS NULL"


def upgrade() -> None:
    """Add the days, fill the first with the day of the record, and let a lifted one be agreed again."""
    with op.batch_alter_table("dependency") as batch:
        for name in ("agreed_on", "lifted_on"):
            batch.add_column(sa.Column(name, sa.Date(), nullable=True))
    days = recorded_days(op.get_bind(), "dependency")
    fill_in(op.get_bind(), "dependency", "agreed_on", days)
    op.drop_index("uq_dependency_standing", table_name="dependency")
    with op.batch_alter_table("dependency") as batch:
        batch.alter_column("agreed_on", existing_type=sa.Date(), nullable=False)
        for name in ("agreed_on", "lifted_on"):
            batch.create_check_constraint(op.f(f"ck_dependency_{name}_is_a_date"), a_date(name))
        batch.create_check_constraint(
            op.f("ck_dependency_lifted"), "lifted_on IS NULL OR lifted_on >= agreed_on"
        )
    op.create_index("uq_dependency_standing", "dependency", _ENDS, unique=True, **_where(_STANDING))


def downgrade() -> None:
    """Drop the days; what was lifted is withdrawn, since it would count again."""
    op.drop_index("uq_dependency_standing", table_name="dependency")
    with op.batch_alter_table("dependency") as batch:
        batch.drop_constraint(op.f("ck_dependency_lifted"), type_="check")
        for name in ("agreed_on", "lifted_on"):
            batch.drop_constraint(op.f(f"ck_dependency_{name}_is_a_date"), type_="check")
        batch.alter_column("agreed_on", existing_type=sa.Date(), nullable=True)
    withdraw_lifted(op.get_bind())
    for name in ("agreed_on", "lifted_on"):
        take_out(op.get_bind(), "dependency", name)
    with op.batch_alter_table("dependency") as batch:
        for name in ("lifted_on", "agreed_on"):
            batch.drop_column(name)
    op.create_index(
        "uq_dependency_standing", "dependency", _ENDS, unique=True, **_where("archived_at IS NULL")
    )


def _where(condition: str) -> dict[str, sa.TextClause]:
    return {f"{name}_where": sa.text(condition) for name in ("sqlite", "postgresql")}
