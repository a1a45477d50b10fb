"""Sealed words of officers: why posts ended, how people are related, what reviewers found, leave the clear."""

from alembic import op

from migrations import sealing
from migrations.sealing import Words

revision = "sealed_words_of_officers"
down_revision = "sealed_payees"
branch_labels = None
depends_on = None

_ALL = (
    Words(
        table="appointments",
        column="end_reason",
        kind="appointment",
        person="t.officer_id",
        always="ended_by is not null",
        later=True,
    ),
    Words(
        table="ambassadors",
        column="finding",
        kind="ambassador_review",
        person="t.person_id",
        always="reviewed_by is not null",
        later=True,
    ),
    Words(
        table="ambassadors",
        column="ended_reason",
        kind="ambassador_end",
        person="t.person_id",
        always="ended_on is not null",
        later=True,
    ),
    Words(
        table="related_parties",
        column="explanation",
        kind="related_party",
        person="coalesce(t.officer_id, t.id)",
        always="true",
    ),
    Words(
        table="related_party_events",
        column="withdrawn_reason",
        kind="related_event",
        person="(select coalesce(r.officer_id, r.id) from related_parties r where r.id = t.party_id)",
        always="withdrawn_on is not null",
        later=True,
    ),
    Words(
        table="council_recusals",
        column="reason",
        kind="council_recusal",
        person="t.officer_id",
        always="true",
    ),
)


def upgrade() -> None:
    for words in _ALL:
        # The rules that named the column go with it.
        sealing.take(words)
    op.create_check_constraint(
        "reviewed", "ambassadors", "num_nonnulls(reviewed_by, reviewed_on, is_advertisement) in (0, 3)"
    )
    op.create_check_constraint(
        "withdrawer", "related_party_events", "num_nonnulls(withdrawn_on, withdrawn_by) in (0, 2)"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ambassadors_reviewed_check"), "ambassadors", type_="check")
    op.drop_constraint(op.f("related_party_events_withdrawer_check"), "related_party_events", type_="check")
    for words in _ALL:
        sealing.give_back(words)
    op.alter_column("related_parties", "explanation", nullable=False)
    op.alter_column("council_recusals", "reason", nullable=False)
    op.create_check_constraint("ended", "appointments", "num_nulls(end_reason, ended_by) in (0, 2)")
    op.create_check_constraint(
        "review",
        "ambassadors",
        "num_nonnulls(reviewed_by, reviewed_on, is_advertisement, finding) in (0, 4)",
    )
    op.create_check_constraint("ended", "ambassadors", "num_nonnulls(ended_on, ended_reason) in (0, 2)")
    op.create_check_constraint(
        "withdrawn",
        "related_party_events",
        "num_nonnulls(withdrawn_on, withdrawn_by, withdrawn_reason) in (0, 3)",
    )
