"""Related parties: who is related, what was dealt with them, who kept away; pay, standards and units."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rights

revision = "related_parties"
down_revision = "claims"
branch_labels = None
depends_on = None

_BEFORE = (
    *("organization", "year", "campaign", "plan", "plan_change", "voucher", "trust", "trusteeship"),
    *("basic_information", "project", "disbursement", "transfer"),
)
_SUBJECTS = "obligations_subjectkind_check"


def _subjects(*kinds: str) -> None:
    op.drop_constraint(op.f(_SUBJECTS), "obligations", type_="check")
    known = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_check_constraint(op.f(_SUBJECTS), "obligations", f"subject_kind in ({known})")


def upgrade() -> None:
    _related()
    _registers()
    _subjects(*_BEFORE, "related_party_event")
    rights.append_only("pay_lists", "staff_totals", "expense_standards", "council_recusals")
    rights.append_only("related_parties", updating="ends_on, consented_on")
    rights.append_only("related_party_events", updating="withdrawn_on, withdrawn_by, withdrawn_reason")
    rights.append_only("organization_units", updating="closed_on")


def downgrade() -> None:
    # What was done about them stays on record.
    op.execute(
        "update obligations set subject_kind = 'organization' where subject_kind = 'related_party_event'"
    )
    _subjects(*_BEFORE)
    for table in (
        *("council_recusals", "related_party_events", "related_parties"),
        *("organization_units", "expense_standards", "staff_totals", "pay_lists"),
    ):
        op.drop_table(table)


def _related() -> None:
    op.create_table(
        "related_parties",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "person",
                "organization",
                name="partykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "relation",
            sa.Enum(
                "promoter",
                "main_donor",
                "executive",
                "investee",
                "controlling",
                "jointly_controlling",
                "influencing",
                "family",
                "other",
                name="relationkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("counterparty_id", sa.Uuid(), nullable=True),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column(
            "important",
            sa.Boolean(),
            sa.Computed("relation not in ('family', 'other')", persisted=True),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'organization') = (name is not null)", name=op.f("related_parties_name_check")
        ),
        sa.CheckConstraint(
            "kind = 'person' or officer_id is null",
            name=op.f("related_parties_person_check"),
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("related_parties_dates_check")),
        sa.ForeignKeyConstraint(
            ["counterparty_id"], ["dimensions.id"], name=op.f("related_parties_counterparty_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id", "organization_id"],
            ["officers.id", "officers.organization_id"],
            name=op.f("related_parties_officer_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("related_parties_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("related_parties_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("related_parties_id_organization_id_key")),
    )
    op.create_index(
        "related_parties_organization_id_idx",
        "related_parties",
        ["organization_id", "starts_on", "id"],
        unique=False,
    )
    op.create_table(
        "related_party_events",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "gift_from",
                "grant_to",
                "joint_investment",
                "entrusted_investment",
                "transaction",
                "other_movement",
                name="relatedeventkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount_minor between 1 and 1000000000000000", name=op.f("related_party_events_amount_check")
        ),
        sa.CheckConstraint(
            "num_nonnulls(withdrawn_on, withdrawn_by, withdrawn_reason) in (0, 3)",
            name=op.f("related_party_events_withdrawn_check"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id", "organization_id"],
            ["related_parties.id", "related_parties.organization_id"],
            name=op.f("related_party_events_party_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("related_party_events_pkey")),
        sa.UniqueConstraint(
            "id", "organization_id", name=op.f("related_party_events_id_organization_id_key")
        ),
    )
    op.create_index(
        "related_party_events_organization_id_idx",
        "related_party_events",
        ["organization_id", "happened_on", "id"],
        unique=False,
    )
    op.create_table(
        "council_recusals",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("payee_relation_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "organization_id"],
            ["related_party_events.id", "related_party_events.organization_id"],
            name=op.f("council_recusals_event_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id", "organization_id"],
            ["officers.id", "officers.organization_id"],
            name=op.f("council_recusals_officer_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["payee_relation_id"],
            ["payee_relations.id"],
            name=op.f("council_recusals_payee_relation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("council_recusals_pkey")),
        sa.UniqueConstraint("officer_id", "event_id", name=op.f("council_recusals_officer_id_event_id_key")),
    )
    op.create_index(
        "council_recusals_organization_id_idx",
        "council_recusals",
        ["organization_id", "decided_on", "id"],
        unique=False,
    )


def _registers() -> None:
    op.create_table(
        "pay_lists",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("lines", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("jsonb_array_length(lines) between 1 and 5", name=op.f("pay_lists_five_check")),
        sa.CheckConstraint("version >= 1", name=op.f("pay_lists_version_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("pay_lists_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pay_lists_pkey")),
        sa.UniqueConstraint(
            "organization_id", "year", "version", name=op.f("pay_lists_organization_id_year_version_key")
        ),
    )
    op.create_table(
        "staff_totals",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("headcount", sa.BigInteger(), nullable=False),
        sa.Column("full_time_count", sa.BigInteger(), nullable=False),
        sa.Column("pay_minor", sa.BigInteger(), nullable=False),
        sa.Column("benefits_minor", sa.BigInteger(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "headcount >= 0 and full_time_count between 0 and headcount",
            name=op.f("staff_totals_count_check"),
        ),
        sa.CheckConstraint(
            "pay_minor between 0 and 1000000000000000 and benefits_minor between 0 and 1000000000000000",
            name=op.f("staff_totals_amount_check"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("staff_totals_version_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("staff_totals_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("staff_totals_pkey")),
        sa.UniqueConstraint(
            "organization_id", "year", "version", name=op.f("staff_totals_organization_id_year_version_key")
        ),
    )
    op.create_table(
        "expense_standards",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "abroad",
                "vehicles",
                "reception",
                "travel",
                "training",
                name="standardkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("adopted_by", sa.Text(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("lines", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("effective_from >= adopted_on", name=op.f("expense_standards_dates_check")),
        sa.CheckConstraint(
            "jsonb_array_length(lines) between 1 and 100", name=op.f("expense_standards_lines_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("expense_standards_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("expense_standards_pkey")),
        sa.UniqueConstraint(
            "organization_id",
            "kind",
            "effective_from",
            name=op.f("expense_standards_organization_id_kind_effective_from_key"),
        ),
    )
    op.create_table(
        "organization_units",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "department",
                "branch",
                "representative_office",
                name="unitkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("founded_on", sa.Date(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("closed_on >= founded_on", name=op.f("organization_units_closed_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("organization_units_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("organization_units_pkey")),
        sa.UniqueConstraint(
            "organization_id",
            "name",
            "founded_on",
            name=op.f("organization_units_organization_id_name_founded_on_key"),
        ),
    )
    op.create_index(
        "organization_units_organization_id_idx",
        "organization_units",
        ["organization_id", "founded_on", "id"],
        unique=False,
    )
