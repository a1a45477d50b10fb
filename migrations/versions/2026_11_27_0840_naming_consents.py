"""Naming consents: what speakers, ambassadors and nominees said of being named, and by what that is known."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "naming_consents"
down_revision = "exception_reports"
branch_labels = None
depends_on = None

_SPEAKERS = """
    select event.organization_id, 'speaker' as kind, speaker.id as subject_id, speaker.recorded_by,
           (speaker.consented_at at time zone 'Asia/Shanghai')::date as agreed_on,
           (speaker.withdrawn_at at time zone 'Asia/Shanghai')::date as withdrawn_on
    from event_speakers speaker join public_events event on event.id = speaker.event_id
"""
_AMBASSADORS = """
    select organization_id, 'ambassador', id, recorded_by, consented_on, withdrawn_on from ambassadors
"""
_NOMINEES = """
    select scheme.organization_id, 'nominee', nominee.id, nominee.nominated_by, nominee.consented_on,
           nominee.withdrawn_on
    from award_nominees nominee join award_schemes scheme on scheme.id = nominee.commendation_id
"""
# Who wrote a withdrawal down was not kept: of what was said before, whoever recorded the person stands for it.
_SAID_BEFORE = f"""
    insert into naming_consents (id, created_at, organization_id, kind, subject_id, agreed, told_on, recorded_by)
    select gen_random_uuid(), now(), known.organization_id, known.kind, known.subject_id, word.agreed,
           word.told_on, known.recorded_by
    from ({_SPEAKERS} union all {_AMBASSADORS} union all {_NOMINEES}) as known
    cross join lateral (values (true, known.agreed_on), (false, known.withdrawn_on)) as word (agreed, told_on)
    where word.told_on is not null
    order by word.told_on, word.agreed desc
"""


def upgrade() -> None:
    op.create_table(
        "naming_consents",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *("speaker", "ambassador", "nominee"),
                name="namedkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("naming_consents_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("naming_consents_pkey")),
    )
    op.create_index("naming_consents_organization_id_idx", "naming_consents", ["organization_id", "id"])
    op.create_index("naming_consents_subject_id_idx", "naming_consents", ["subject_id", "told_on"])
    op.execute(_SAID_BEFORE)
    rights.append_only("naming_consents")
    for table, column in (
        ("event_speakers", "consented_at"),
        ("ambassadors", "consented_on"),
        ("award_nominees", "consented_on"),
    ):
        op.execute(f"grant update ({column}) on {table} to {rights.SERVICE_ROLE}")


def downgrade() -> None:
    for table, column in (
        ("event_speakers", "consented_at"),
        ("ambassadors", "consented_on"),
        ("award_nominees", "consented_on"),
    ):
        op.execute(f"revoke update ({column}) on {table} from {rights.SERVICE_ROLE}")
    op.drop_table("naming_consents")
