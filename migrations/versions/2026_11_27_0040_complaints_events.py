"""Complaints with their clock, and events with their seats."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "complaints_events"
down_revision = "member_transfers"
branch_labels = None
depends_on = None


def _codes(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def _record() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def upgrade() -> None:
    _initiatives()
    _public_events()
    _complaints()
    _event_attendances()
    _event_sessions()
    _initiative_items()
    _complaint_recusals()
    _complaint_steps()
    _event_speakers()
    rights.append_only(
        "complaints", updating="handled_by, state, assigned_to, answered_at, closed_at, outcome"
    )
    rights.append_only("complaint_recusals", "complaint_steps", "event_sessions")
    rights.append_only("initiatives", "initiative_items")
    rights.append_only(
        "public_events",
        updating="title, description, place, starts_at, ends_at, seats, taken_count, sign_up_open, state,"
        " published_at, version",
    )
    rights.append_only("event_speakers", updating="withdrawn_at")
    rights.append_only("event_attendances", updating="state, signed_in_at, signed_in_by, cancelled_at")


def _initiatives() -> None:
    op.create_table(
        "initiatives",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        *_record(),
        sa.CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name=op.f("initiatives_code_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("initiatives_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("initiatives_pkey")),
        sa.UniqueConstraint("organization_id", "code", name=op.f("initiatives_organization_id_code_key")),
    )


def _public_events() -> None:
    op.create_table(
        "public_events",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            _codes("eventkind", "conference", "training", "lecture", "art_show", "performance"),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seats", sa.BigInteger(), nullable=False),
        sa.Column("taken_count", sa.BigInteger(), nullable=False),
        sa.Column("sign_up_open", sa.Boolean(), nullable=False),
        sa.Column("state", _codes("eventstate", "draft", "published", "cancelled"), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        *_record(),
        sa.CheckConstraint(
            "code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name=op.f("public_events_code_check")
        ),
        sa.CheckConstraint(
            "state <> 'published' or published_at is not null", name=op.f("public_events_published_check")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("public_events_times_check")),
        sa.CheckConstraint("seats between 1 and 100000", name=op.f("public_events_seats_check")),
        sa.CheckConstraint("taken_count between 0 and seats", name=op.f("public_events_taken_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("public_events_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("public_events_pkey")),
        sa.UniqueConstraint("organization_id", "code", name=op.f("public_events_organization_id_code_key")),
    )
    op.create_index("public_events_starts_at_idx", "public_events", ["starts_at", "id"], unique=False)


def _complaints() -> None:
    op.create_table(
        "complaints",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("handled_by", sa.Uuid(), nullable=False),
        sa.Column(
            "channel",
            _codes("complaintchannel", "web", "letter", "phone", "visit", "referral"),
            nullable=False,
        ),
        sa.Column(
            "subject_kind",
            _codes("complaintsubject", "organization", "campaign", "project", "publication"),
            nullable=False,
        ),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("subject_code", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state", _codes("complaintstate", "received", "assigned", "answered", "closed"), nullable=False
        ),
        sa.Column("assigned_to", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            _codes("complaintoutcome", "upheld", "partly_upheld", "not_upheld", "withdrawn", "referred"),
            nullable=True,
        ),
        *_record(),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at is not null)", name=op.f("complaints_closed_check")
        ),
        sa.CheckConstraint(
            "(subject_kind = 'organization') = (subject_code is null)", name=op.f("complaints_subject_check")
        ),
        sa.CheckConstraint(
            "state <> 'answered' or answered_at is not null", name=op.f("complaints_answered_check")
        ),
        sa.CheckConstraint(
            "state <> 'assigned' or assigned_to is not null", name=op.f("complaints_assigned_check")
        ),
        sa.CheckConstraint(
            "state <> 'received' or assigned_to is null", name=op.f("complaints_unassigned_check")
        ),
        sa.CheckConstraint("(closed_at is null) = (outcome is null)", name=op.f("complaints_outcome_check")),
        sa.CheckConstraint("due_on >= received_on", name=op.f("complaints_due_check")),
        sa.CheckConstraint("octet_length(code_hash) = 32", name=op.f("complaints_code_hash_check")),
        sa.ForeignKeyConstraint(["assigned_to"], ["staff.id"], name=op.f("complaints_assigned_to_fkey")),
        sa.ForeignKeyConstraint(
            ["handled_by"], ["organizations.id"], name=op.f("complaints_handled_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("complaints_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("complaints_pkey")),
        sa.UniqueConstraint("code_hash", name=op.f("complaints_code_hash_key")),
        sa.UniqueConstraint("person_id", name=op.f("complaints_person_id_key")),
    )
    op.create_index("complaints_handled_by_id_idx", "complaints", ["handled_by", "id"], unique=False)


def _event_attendances() -> None:
    op.create_table(
        "event_attendances",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_hash", sa.LargeBinary(), nullable=False),
        sa.Column("signed_up_by", sa.Text(), nullable=False),
        sa.Column("state", _codes("attendancestate", "signed_up", "cancelled", "signed_in"), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_in_by", sa.Text(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        *_record(),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at is not null)",
            name=op.f("event_attendances_cancelled_check"),
        ),
        sa.CheckConstraint(
            "(state = 'signed_in') = (signed_in_at is not null)",
            name=op.f("event_attendances_signed_in_check"),
        ),
        sa.CheckConstraint(
            "octet_length(ticket_hash) = 32", name=op.f("event_attendances_ticket_hash_check")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["public_events.id"], name=op.f("event_attendances_event_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("event_attendances_pkey")),
        sa.UniqueConstraint("person_id", name=op.f("event_attendances_person_id_key")),
        sa.UniqueConstraint("ticket_hash", name=op.f("event_attendances_ticket_hash_key")),
    )
    op.create_index("event_attendances_event_id_idx", "event_attendances", ["event_id", "id"], unique=False)


def _event_sessions() -> None:
    op.create_table(
        "event_sessions",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("room", sa.Text(), nullable=True),
        *_record(),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("event_sessions_times_check")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["public_events.id"], name=op.f("event_sessions_event_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("event_sessions_pkey")),
        sa.UniqueConstraint("id", "event_id", name=op.f("event_sessions_id_event_id_key")),
    )
    op.create_index(
        "event_sessions_event_id_idx", "event_sessions", ["event_id", "starts_at", "id"], unique=False
    )


def _initiative_items() -> None:
    op.create_table(
        "initiative_items",
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        *_record(),
        sa.ForeignKeyConstraint(
            ["event_id"], ["public_events.id"], name=op.f("initiative_items_event_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiatives.id"], name=op.f("initiative_items_initiative_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("initiative_items_pkey")),
    )
    op.create_index(
        "initiative_items_initiative_id_idx", "initiative_items", ["initiative_id", "id"], unique=False
    )


def _complaint_recusals() -> None:
    op.create_table(
        "complaint_recusals",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("ground", _codes("recusalground", "named", "declared"), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("complaint_recusals_complaint_id_fkey")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("complaint_recusals_staff_id_fkey")),
        sa.PrimaryKeyConstraint("complaint_id", "staff_id", name=op.f("complaint_recusals_pkey")),
    )


def _complaint_steps() -> None:
    op.create_table(
        "complaint_steps",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            _codes(
                "complaintstepkind",
                "received",
                "assigned",
                "recused",
                "passed_up",
                "answered",
                "closed",
                "forgotten",
            ),
            nullable=False,
        ),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        *_record(),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("complaint_steps_complaint_id_fkey")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("complaint_steps_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("complaint_steps_pkey")),
    )
    op.create_index(
        "complaint_steps_complaint_id_idx", "complaint_steps", ["complaint_id", "id"], unique=False
    )


def _event_speakers() -> None:
    op.create_table(
        "event_speakers",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        *_record(),
        sa.CheckConstraint("withdrawn_at >= consented_at", name=op.f("event_speakers_withdrawn_check")),
        sa.CheckConstraint(
            "withdrawn_at is null or consented_at is not null", name=op.f("event_speakers_consented_check")
        ),
        sa.ForeignKeyConstraint(
            ["session_id", "event_id"],
            ["event_sessions.id", "event_sessions.event_id"],
            name="event_speakers_session_fkey",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("event_speakers_pkey")),
        sa.UniqueConstraint("person_id", name=op.f("event_speakers_person_id_key")),
    )
    op.create_index("event_speakers_event_id_idx", "event_speakers", ["event_id", "id"], unique=False)


def downgrade() -> None:
    for table in (
        "event_speakers",
        "complaint_steps",
        "complaint_recusals",
        "initiative_items",
        "event_sessions",
        "event_attendances",
        "complaints",
        "public_events",
        "initiatives",
    ):
        op.drop_table(table)
