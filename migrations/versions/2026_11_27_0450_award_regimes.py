"""Award regimes: commendations of before 1 August 2026 are held under the rules of their day."""

import sqlalchemy as sa
from alembic import op

revision = "award_regimes"
down_revision = "reached"
branch_labels = None
depends_on = None

_GATE = "num_nonnulls(approval_document, list_item, rating, free_declared_by) = case when stage = 'planned' then 0 else 4 end"
_SHOWN = "stage in ('planned', 'nominating') or num_nonnulls(publicity_from, publicity_to) = 2"
_KEPT = ("award_nominees", "award_schemes")
_BEFORE = "decided_on < '2026-08-01'"


def _judged(gate: str, shown: str) -> None:
    for name, text in (("gate", gate), ("shown", shown)):
        full = op.f(f"award_schemes_{name}_check")
        op.drop_constraint(full, "award_schemes", type_="check")
        op.create_check_constraint(full, "award_schemes", text)


def upgrade() -> None:
    codes = sa.Enum(
        *("earlier_rules", "mf_2026_31"),
        name="awardregime",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    op.add_column("award_schemes", sa.Column("regime", codes, nullable=True))
    op.execute(
        f"update award_schemes set regime = case when {_BEFORE} then 'earlier_rules' else 'mf_2026_31' end"
    )
    op.alter_column("award_schemes", "regime", nullable=False)
    _judged(f"regime = 'earlier_rules' or {_GATE}", f"regime = 'earlier_rules' or {_SHOWN}")
    op.create_check_constraint(
        op.f("award_schemes_of_its_day_check"),
        "award_schemes",
        f"coalesce({_BEFORE}, false) = (regime = 'earlier_rules')",
    )


def downgrade() -> None:
    # What was held under the rules before has no approval, and no place behind the gate.
    for table in _KEPT:
        op.execute(f"alter table {table} disable trigger user")
    op.execute(
        "delete from award_nominees n using award_schemes s"
        " where s.id = n.commendation_id and s.regime = 'earlier_rules'"
    )
    op.execute("delete from award_schemes where regime = 'earlier_rules'")
    for table in _KEPT:
        op.execute(f"alter table {table} enable trigger user")
    op.drop_constraint(op.f("award_schemes_of_its_day_check"), "award_schemes", type_="check")
    _judged(_GATE, _SHOWN)
    op.drop_column("award_schemes", "regime")
