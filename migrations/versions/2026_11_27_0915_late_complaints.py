"""That a complaint's promise ran over, told once; and an assessment of the names that are published."""

import sqlalchemy as sa
from alembic import op

revision = "late_complaints"
down_revision = "replaced_records"
branch_labels = None
depends_on = None

_STEPS = ("received", "assigned", "recused", "passed_up", "answered", "closed", "forgotten")
_PROCESSINGS = (
    *("donor_records", "donor_publication", "beneficiary_records", "aid_case_health"),
    *("payee_accounts", "volunteer_records", "complaint_texts"),
)


def _codes(table: str, name: str, column: str, codes: tuple[str, ...]) -> None:
    op.drop_constraint(op.f(f"{table}_{name}_check"), table, type_="check")
    listed = ", ".join(f"'{code}'" for code in codes)
    op.create_check_constraint(op.f(f"{table}_{name}_check"), table, f"{column} in ({listed})")


def upgrade() -> None:
    _codes("complaint_steps", "complaintstepkind", "kind", (*_STEPS, "overdue"))
    op.create_index(
        "complaint_steps_overdue_idx",
        "complaint_steps",
        ["complaint_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'overdue'"),
    )
    _codes("impact_assessments", "processing", "processing", (*_PROCESSINGS, "name_publication"))


def downgrade() -> None:
    _codes("impact_assessments", "processing", "processing", _PROCESSINGS)
    op.drop_index("complaint_steps_overdue_idx", table_name="complaint_steps")
    _codes("complaint_steps", "complaintstepkind", "kind", _STEPS)
