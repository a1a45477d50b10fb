"""Sealed words of volunteers: why staff set a record right, refused or revoked a paper, leaves the clear."""

from alembic import op

from migrations import sealing
from migrations.sealing import Words

revision = "sealed_words_of_volunteers"
down_revision = "original_amounts"
branch_labels = None
depends_on = None

_CORRECTIONS = Words(
    table="record_corrections",
    column="reason",
    kind="record_correction",
    person="(select r.volunteer_id from time_records r where r.id = t.record_id)",
    always="true",
)
_CHECK_INS = Words(
    table="check_ins",
    column="settled_reason",
    kind="check_in",
    person="(select s.volunteer_id from sign_ups s where s.id = t.sign_up_id)",
    # What was settled was reported as a record at once.
    written_at="(select r.created_at from time_records r where r.sign_up_id = t.sign_up_id)",
    later=True,
)
_REQUESTS = Words(
    table="certificate_requests",
    column="refused_reason",
    kind="certificate_request",
    person="t.volunteer_id",
    written_at="t.answered_at",
    always="state = 'refused'",
    later=True,
)
_CERTIFICATES = Words(
    table="certificates",
    column="revoked_reason",
    kind="certificate",
    person="t.volunteer_id",
    written_at="t.revoked_at",
    always="revoked_at is not null",
    later=True,
)
_ALL = (_CORRECTIONS, _CHECK_INS, _REQUESTS, _CERTIFICATES)


def upgrade() -> None:
    for words in _ALL:
        # The rules that named the column go with it.
        sealing.take(words)
    op.create_check_constraint("revoker", "certificates", "num_nulls(revoked_at, revoked_by) in (0, 2)")


def downgrade() -> None:
    op.drop_constraint(op.f("certificates_revoker_check"), "certificates", type_="check")
    for words in _ALL:
        sealing.give_back(words)
    op.alter_column("record_corrections", "reason", nullable=False)
    op.create_check_constraint(
        "refused", "certificate_requests", "(state = 'refused') = (refused_reason is not null)"
    )
    op.create_check_constraint(
        "reason", "certificates", "num_nulls(revoked_at, revoked_by, revoked_reason) in (0, 3)"
    )
