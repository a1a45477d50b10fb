"""Governance: charters, the terms of councils and their elections, officers and the posts that they hold."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rights

revision = "governance"
down_revision = "complaints_events"
branch_labels = None
depends_on = None

_BEFORE = ("organization", "year", "campaign", "plan", "plan_change", "voucher", "trust", "trusteeship")
_SUBJECTS = "obligations_subjectkind_check"


def _subjects(*kinds: str) -> None:
    op.drop_constraint(op.f(_SUBJECTS), "obligations", type_="check")
    known = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_check_constraint(op.f(_SUBJECTS), "obligations", f"subject_kind in ({known})")


def upgrade() -> None:
    _councils()
    _posts()
    _subjects(*_BEFORE, "basic_information")
    rights.append_only("charters", "pre_election_audits", "council_elections")
    rights.append_only("council_terms", updating="closed_on")
    rights.append_only("change_registrations", updating="registered_on, reference")
    rights.append_only("officers", updating="name_index, staff_id, consented_on, version")
    rights.append_only("appointments", updating="ends_on, end_reason, ended_by")


def downgrade() -> None:
    # What was done about them stays on record.
    op.execute(
        "update obligations set subject_kind = 'organization' where subject_kind = 'basic_information'"
    )
    _subjects(*_BEFORE)
    for table in (
        *("appointments", "officers", "change_registrations", "council_elections"),
        *("pre_election_audits", "council_terms", "charters"),
    ):
        op.drop_table(table)


def _councils() -> None:
    op.create_table(
        "charters",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("adopted_by", sa.Text(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("seats_min", sa.BigInteger(), nullable=True),
        sa.Column("seats_max", sa.BigInteger(), nullable=True),
        sa.Column("term_years", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "approved_on >= adopted_on and effective_from >= approved_on", name=op.f("charters_dates_check")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("charters_number_check")),
        sa.CheckConstraint("seats_min >= 1 and seats_max >= seats_min", name=op.f("charters_seats_check")),
        sa.CheckConstraint("term_years between 1 and 10", name=op.f("charters_term_years_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("charters_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("charters_pkey")),
        sa.UniqueConstraint(
            "organization_id", "effective_from", name=op.f("charters_organization_id_effective_from_key")
        ),
        sa.UniqueConstraint("organization_id", "number", name=op.f("charters_organization_id_number_key")),
    )
    op.create_table(
        "council_terms",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "body",
            sa.Enum(
                "council",
                "supervisory_board",
                name="councilbody",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("found", sa.Boolean(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        postgresql.ExcludeConstraint(
            ("organization_id", "="),
            ("body", "="),
            (sa.text("daterange(starts_on, closed_on, '[]')"), "&&"),
            using="gist",
            name="council_terms_overlap_excl",
        ),
        sa.CheckConstraint("closed_on >= starts_on", name=op.f("council_terms_closed_check")),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("council_terms_dates_check")),
        sa.CheckConstraint("number >= 1", name=op.f("council_terms_number_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("council_terms_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("council_terms_pkey")),
        sa.UniqueConstraint(
            "id", "organization_id", "body", name=op.f("council_terms_id_organization_id_body_key")
        ),
        sa.UniqueConstraint(
            "organization_id", "body", "number", name=op.f("council_terms_organization_id_body_number_key")
        ),
    )
    op.create_index(
        "council_terms_found_idx",
        "council_terms",
        ["organization_id", "body"],
        unique=True,
        postgresql_where=sa.text("found"),
    )
    op.create_table(
        "pre_election_audits",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("auditor", sa.Text(), nullable=False),
        sa.Column("report_no", sa.Text(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "period_to >= period_from and reported_on >= period_to",
            name=op.f("pre_election_audits_dates_check"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("pre_election_audits_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pre_election_audits_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("pre_election_audits_id_organization_id_key")),
        sa.UniqueConstraint(
            "organization_id", "report_no", name=op.f("pre_election_audits_organization_id_report_no_key")
        ),
    )
    op.create_table(
        "council_elections",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "re_election",
                "by_election",
                "representative_change",
                name="electionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "body",
            sa.Enum(
                "council",
                "supervisory_board",
                name="councilbody",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("entitled_count", sa.BigInteger(), nullable=False),
        sa.Column("present_count", sa.BigInteger(), nullable=False),
        sa.Column("in_favour_count", sa.BigInteger(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("audit_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind = 'by_election' or audit_id is not null", name=op.f("council_elections_audited_check")
        ),
        sa.CheckConstraint(
            "in_favour_count between 1 and present_count and present_count <= entitled_count",
            name=op.f("council_elections_votes_check"),
        ),
        sa.ForeignKeyConstraint(
            ["audit_id", "organization_id"],
            ["pre_election_audits.id", "pre_election_audits.organization_id"],
            name=op.f("council_elections_audit_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["term_id", "organization_id", "body"],
            ["council_terms.id", "council_terms.organization_id", "council_terms.body"],
            name=op.f("council_elections_term_id_organization_id_body_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("council_elections_pkey")),
        sa.UniqueConstraint("audit_id", name=op.f("council_elections_audit_id_key")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("council_elections_id_organization_id_key")),
    )
    op.create_index(
        "council_elections_begun_idx",
        "council_elections",
        ["term_id"],
        unique=True,
        postgresql_where=sa.text("kind = 're_election'"),
    )
    op.create_index(
        "council_elections_organization_id_idx", "council_elections", ["organization_id", "id"], unique=False
    )
    op.create_table(
        "change_registrations",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "matter",
            sa.Enum(
                "organization_name",
                "address",
                "purpose",
                "legal_representative",
                "initial_funds",
                "supervisor",
                "charter",
                "council",
                "supervisory_board",
                name="changematter",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(registered_on is null) = (reference is null)", name=op.f("change_registrations_reference_check")
        ),
        sa.CheckConstraint("filed_on >= decided_on", name=op.f("change_registrations_filed_check")),
        sa.CheckConstraint("registered_on >= filed_on", name=op.f("change_registrations_registered_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("change_registrations_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("change_registrations_pkey")),
    )
    op.create_index(
        "change_registrations_organization_id_idx",
        "change_registrations",
        ["organization_id", "id"],
        unique=False,
    )


def _posts() -> None:
    op.create_table(
        "officers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name_index", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("officers_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("officers_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("officers_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("officers_id_organization_id_key")),
    )
    op.create_index("officers_name_idx", "officers", ["organization_id", "name_index"], unique=False)
    op.create_table(
        "appointments",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "post",
            sa.Enum(
                "president",
                "exec_vice_president",
                "vice_president",
                "secretary_general",
                "director",
                "supervisor",
                "legal_representative",
                "commissioner",
                name="postkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("paid", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("term_id", sa.Uuid(), nullable=True),
        sa.Column("election_id", sa.Uuid(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column(
            "body",
            sa.String(length=40),
            sa.Computed(
                "case when post in ('president', 'exec_vice_president', 'vice_president', 'director') then 'council' when post = 'supervisor' then 'supervisory_board' end",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.Column(
            "rank",
            sa.SmallInteger(),
            sa.Computed(
                "case post when 'president' then 1 when 'exec_vice_president' then 2 when 'vice_president' then 3 when 'secretary_general' then 4 when 'director' then 5 when 'supervisor' then 6 when 'legal_representative' then 7 else 8 end",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        postgresql.ExcludeConstraint(
            ("officer_id", "="),
            ("body", "<>"),
            (sa.text("daterange(starts_on, ends_on, '[]')"), "&&"),
            where=sa.text("body is not null"),
            using="gist",
            name="appointments_both_bodies_excl",
        ),
        postgresql.ExcludeConstraint(
            ("officer_id", "="),
            ("post", "="),
            (sa.text("daterange(starts_on, ends_on, '[]')"), "&&"),
            using="gist",
            name="appointments_same_post_excl",
        ),
        postgresql.ExcludeConstraint(
            ("organization_id", "="),
            ("post", "="),
            (sa.text("daterange(starts_on, ends_on, '[]')"), "&&"),
            where=sa.text("post in ('president', 'secretary_general', 'legal_representative')"),
            using="gist",
            name="appointments_one_holder_excl",
        ),
        sa.CheckConstraint("(body is null) = (term_id is null)", name=op.f("appointments_term_check")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("appointments_dates_check")),
        sa.CheckConstraint(
            "num_nulls(end_reason, ended_by) in (0, 2)", name=op.f("appointments_ended_check")
        ),
        sa.ForeignKeyConstraint(
            ["election_id", "organization_id"],
            ["council_elections.id", "council_elections.organization_id"],
            name=op.f("appointments_election_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id", "organization_id"],
            ["officers.id", "officers.organization_id"],
            name=op.f("appointments_officer_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["term_id", "organization_id", "body"],
            ["council_terms.id", "council_terms.organization_id", "council_terms.body"],
            name=op.f("appointments_term_id_organization_id_body_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("appointments_pkey")),
    )
    op.create_index(
        "appointments_roster_idx",
        "appointments",
        ["organization_id", "rank", "starts_on", "id"],
        unique=False,
    )
    op.create_index("appointments_term_id_idx", "appointments", ["term_id"], unique=False)
