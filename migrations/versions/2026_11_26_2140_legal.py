"""Partners of joint fundraising, donation agreements, charitable trusts, and plain registers beside them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rights

revision = "legal_objects"
down_revision = "filings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "charitable_trusts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "settlor",
                "trustee",
                "protector",
                name="trustrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("beneficiary_scope", sa.Text(), nullable=False),
        sa.Column("property_minor", sa.BigInteger(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("settlor_public", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("protector", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name=op.f("charitable_trusts_code_check")
        ),
        sa.CheckConstraint("ended_on >= signed_on", name=op.f("charitable_trusts_ended_check")),
        sa.CheckConstraint(
            "property_minor between 1 and 1000000000000000", name=op.f("charitable_trusts_property_check")
        ),
        sa.CheckConstraint("published_on >= signed_on", name=op.f("charitable_trusts_published_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("charitable_trusts_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("charitable_trusts_pkey")),
        sa.UniqueConstraint(
            "organization_id", "code", name=op.f("charitable_trusts_organization_id_code_key")
        ),
    )
    op.create_table(
        "community_needs",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "met",
                "withdrawn",
                name="needstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("met_by", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'met') = (met_by is not null)", name=op.f("community_needs_met_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("community_needs_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("community_needs_region_code_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("community_needs_pkey")),
    )
    op.create_index(
        "community_needs_organization_id_idx", "community_needs", ["organization_id", "id"], unique=False
    )
    op.create_table(
        "love_supermarkets",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("household_count", sa.BigInteger(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("closed_on >= opened_on", name=op.f("love_supermarkets_closed_check")),
        sa.CheckConstraint(
            "household_count between 0 and 1000000", name=op.f("love_supermarkets_household_count_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("love_supermarkets_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("love_supermarkets_region_code_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("love_supermarkets_pkey")),
        sa.UniqueConstraint(
            "organization_id", "name", name=op.f("love_supermarkets_organization_id_name_key")
        ),
    )
    op.create_table(
        "trust_reports",
        sa.Column("trust_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("affairs", sa.Text(), nullable=False),
        sa.Column("property_minor", sa.BigInteger(), nullable=False),
        sa.Column("granted_minor", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "granted_minor between 0 and 1000000000000000", name=op.f("trust_reports_granted_check")
        ),
        sa.CheckConstraint(
            "property_minor between 0 and 1000000000000000", name=op.f("trust_reports_property_check")
        ),
        sa.CheckConstraint("year between 2016 and 2999", name=op.f("trust_reports_year_check")),
        sa.ForeignKeyConstraint(
            ["trust_id"], ["charitable_trusts.id"], name=op.f("trust_reports_trust_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("trust_reports_pkey")),
        sa.UniqueConstraint("trust_id", "year", name=op.f("trust_reports_trust_id_year_key")),
    )
    op.create_table(
        "trusteeships",
        sa.Column("trust_id", sa.Uuid(), nullable=False),
        sa.Column("trustee", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "charity",
                "trust_company",
                name="trusteekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("filing_no", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(filed_on is null) = (filing_no is null)", name=op.f("trusteeships_filing_no_check")
        ),
        sa.CheckConstraint("filed_on >= starts_on", name=op.f("trusteeships_filed_check")),
        sa.ForeignKeyConstraint(
            ["trust_id"], ["charitable_trusts.id"], name=op.f("trusteeships_trust_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("trusteeships_pkey")),
        sa.UniqueConstraint("filing_no", name=op.f("trusteeships_filing_no_key")),
        sa.UniqueConstraint("trust_id", "starts_on", name=op.f("trusteeships_trust_id_starts_on_key")),
    )
    op.create_table(
        "campaign_partners",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "individual",
                "organization",
                name="donorkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evaluation", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("evaluated_on", sa.Date(), nullable=False),
        sa.Column("evaluated_by", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("clauses", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "evaluated",
                "agreed",
                "ended",
                name="partnerstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by_document", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'individual') = (name is null)", name=op.f("campaign_partners_name_check")
        ),
        sa.CheckConstraint(
            "(state = 'ended') = (ended_on is not null)", name=op.f("campaign_partners_ended_check")
        ),
        sa.CheckConstraint(
            "clauses is null or clauses ?& array['campaign_name', 'purpose', 'period', 'method', 'money_plan', 'rights_and_duties', 'liability_and_disputes']",
            name=op.f("campaign_partners_clauses_check"),
        ),
        sa.CheckConstraint(
            "evaluation ?& array['credit', 'ability', 'interest_relation']",
            name=op.f("campaign_partners_evaluation_check"),
        ),
        sa.CheckConstraint(
            "state = 'evaluated' or num_nulls(clauses, signed_on) = 0",
            name=op.f("campaign_partners_agreed_check"),
        ),
        sa.CheckConstraint(
            "(ended_on is null) = (ended_by_document is null)",
            name=op.f("campaign_partners_in_writing_check"),
        ),
        sa.CheckConstraint("signed_on >= evaluated_on", name=op.f("campaign_partners_order_check")),
        sa.ForeignKeyConstraint(
            ["campaign_id", "organization_id"],
            ["campaigns.id", "campaigns.organization_id"],
            name=op.f("campaign_partners_campaign_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("campaign_partners_pkey")),
    )
    op.create_index(
        "campaign_partners_campaign_id_idx", "campaign_partners", ["campaign_id", "id"], unique=False
    )
    op.create_table(
        "donation_agreements",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column(
            "donor_kind",
            sa.Enum(
                "individual",
                "organization",
                name="donorkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "domicile",
            sa.Enum(
                "mainland",
                "hk_mo_tw",
                "overseas",
                name="domicile",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("property_kind", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Text(), nullable=False),
        sa.Column("quality", sa.Text(), nullable=False),
        sa.Column("use_of_property", sa.Text(), nullable=False),
        sa.Column("delivery_on", sa.Date(), nullable=False),
        sa.Column("prepared_by", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("use_agreed", sa.Boolean(), nullable=False),
        sa.Column("names_beneficiaries", sa.Boolean(), nullable=False),
        sa.Column("tobacco", sa.Boolean(), nullable=False),
        sa.Column("sales_from", sa.Date(), nullable=True),
        sa.Column("state_owned", sa.Boolean(), nullable=False),
        sa.Column("approval_reference", sa.Text(), nullable=True),
        sa.Column("naming", sa.Text(), nullable=True),
        sa.Column("naming_consented_on", sa.Date(), nullable=True),
        sa.Column("disinterested", sa.Boolean(), nullable=True),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("review_reason", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "signed",
                "ended",
                name="agreementstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("donor_asked_on", sa.Date(), nullable=True),
        sa.Column("commended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'draft') = (signed_on is null)", name=op.f("donation_agreements_signed_check")
        ),
        sa.CheckConstraint(
            "(state = 'ended') = (ended_on is not null)", name=op.f("donation_agreements_ended_check")
        ),
        sa.CheckConstraint(
            "domicile = 'mainland' or approval_reference is not null",
            name=op.f("donation_agreements_foreign_check"),
        ),
        sa.CheckConstraint(
            "state = 'draft' or not names_beneficiaries or disinterested is true",
            name=op.f("donation_agreements_interest_check"),
        ),
        sa.CheckConstraint(
            "amount_minor between 1 and 1000000000000000", name=op.f("donation_agreements_amount_check")
        ),
        sa.CheckConstraint(
            "commended_on is null or donor_asked_on <= commended_on",
            name=op.f("donation_agreements_commendation_check"),
        ),
        sa.CheckConstraint(
            "commended_on is null or donor_asked_on is not null", name=op.f("donation_agreements_asked_check")
        ),
        sa.CheckConstraint(
            "naming is null or naming_consented_on is not null", name=op.f("donation_agreements_naming_check")
        ),
        sa.CheckConstraint(
            "not state_owned or approval_reference is not null",
            name=op.f("donation_agreements_state_owned_check"),
        ),
        sa.CheckConstraint("not tobacco", name=op.f("donation_agreements_tobacco_check")),
        sa.CheckConstraint(
            "num_nulls(reviewed_by, reviewed_on, review_reason) in (0, 3)",
            name=op.f("donation_agreements_review_check"),
        ),
        sa.CheckConstraint("reviewed_by <> prepared_by", name=op.f("donation_agreements_reviewer_check")),
        sa.CheckConstraint(
            "sales_from is null or signed_on is null or signed_on <= sales_from",
            name=op.f("donation_agreements_sales_check"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "organization_id"],
            ["campaigns.id", "campaigns.organization_id"],
            name="donation_agreements_campaign_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("donation_agreements_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("donation_agreements_pkey")),
        sa.UniqueConstraint(
            "organization_id", "number", name=op.f("donation_agreements_organization_id_number_key")
        ),
    )
    op.create_table(
        "named_funds",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "named", "micro", name="namedfundkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("founded_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["donation_agreements.id"], name=op.f("named_funds_agreement_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["fund_id", "organization_id"],
            ["funds.id", "funds.organization_id"],
            name=op.f("named_funds_fund_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("named_funds_pkey")),
        sa.UniqueConstraint("fund_id", name=op.f("named_funds_fund_id_key")),
    )
    op.create_table(
        "supervisions",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "training",
                "inspection",
                "evaluation",
                "audit",
                name="supervisionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("supervised_on", sa.Date(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["campaign_partners.id"], name=op.f("supervisions_partner_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("supervisions_pkey")),
    )
    op.create_index("supervisions_partner_id_idx", "supervisions", ["partner_id", "id"], unique=False)
    # Rows stay as they were agreed; what they name here only follows, step by step.
    rights.append_only("campaign_partners", updating="clauses, signed_on, state, ended_on, ended_by_document")
    rights.append_only("supervisions", "trust_reports", "named_funds")
    rights.append_only(
        "donation_agreements",
        updating="disinterested, reviewed_by, reviewed_on, review_reason, state, signed_on, ended_on, donor_asked_on, commended_on",
    )
    rights.append_only("charitable_trusts", updating="published_on, ended_on")
    rights.append_only("trusteeships", updating="filed_on, filing_no")
    rights.append_only("community_needs", updating="state, met_by")
    rights.append_only("love_supermarkets", updating="closed_on")


def downgrade() -> None:
    op.drop_index("supervisions_partner_id_idx", table_name="supervisions")
    op.drop_table("supervisions")
    op.drop_table("named_funds")
    op.drop_table("donation_agreements")
    op.drop_index("campaign_partners_campaign_id_idx", table_name="campaign_partners")
    op.drop_table("campaign_partners")
    op.drop_table("trusteeships")
    op.drop_table("trust_reports")
    op.drop_table("love_supermarkets")
    op.drop_index("community_needs_organization_id_idx", table_name="community_needs")
    op.drop_table("community_needs")
    op.drop_table("charitable_trusts")
