"""Publications of dealings with important related parties: one more kind."""

from alembic import op

revision = "related_party_publications"
down_revision = "dissolutions"
branch_labels = None
depends_on = None

_BEFORE = (
    *("campaign_progress", "campaign_final", "project_progress", "project_final", "emergency_receipts"),
    *("annual_work_report", "annual_financial_report", "major_event", "related_parties", "basic_information"),
)
_CHECKS = {
    "publication_drafts": "publication_drafts_publicationkind_check",
    "publications": "publications_publicationkind_check",
}


def _kinds(*kinds: str) -> None:
    known = ", ".join(f"'{kind}'" for kind in kinds)
    for table, check in _CHECKS.items():
        op.drop_constraint(op.f(check), table, type_="check")
        op.create_check_constraint(op.f(check), table, f"kind in ({known})")


def upgrade() -> None:
    _kinds(*_BEFORE, "related_party_event")


def downgrade() -> None:
    # What was published stays: where there is such a publication, this is refused.
    _kinds(*_BEFORE)
