"""Fundraising: channels, campaigns with their totals, donors, donations, refunds, disputes, corrections."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "fundraising"
down_revision = "organizations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaigns",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("target_minor", sa.BigInteger(), nullable=True),
        sa.Column("filing_no", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "open",
                "closed",
                name="campaignstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at is not null)", name=op.f("campaigns_closed_check")
        ),
        sa.CheckConstraint("(state = 'draft') = (opened_at is null)", name=op.f("campaigns_opened_check")),
        sa.CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name=op.f("campaigns_code_check")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("campaigns_dates_check")),
        sa.CheckConstraint(
            "target_minor between 1 and 1000000000000000", name=op.f("campaigns_target_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("campaigns_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("campaigns_pkey")),
        sa.UniqueConstraint("code", name=op.f("campaigns_code_key")),
        sa.UniqueConstraint("filing_no", name=op.f("campaigns_filing_no_key")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("campaigns_id_organization_id_key")),
    )
    op.create_index("campaigns_organization_id_idx", "campaigns", ["organization_id"], unique=False)
    op.create_table(
        "disputes",
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("their_id", sa.Text(), nullable=False),
        sa.Column("their_gift_id", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("disputed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "won",
                "lost",
                name="disputestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["dimensions.id"], name=op.f("disputes_source_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("disputes_pkey")),
        sa.UniqueConstraint("source_id", "their_id", name=op.f("disputes_source_id_their_id_key")),
    )
    op.create_table(
        "donors",
        sa.Column("platform_id", sa.Uuid(), nullable=True),
        sa.Column("external_index", sa.LargeBinary(), nullable=True),
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
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["dimensions.id"], name=op.f("donors_platform_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("donors_pkey")),
        sa.UniqueConstraint(
            "platform_id", "external_index", name=op.f("donors_platform_id_external_index_key")
        ),
    )
    op.create_table(
        "partner_gifts",
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("their_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["dimensions.id"], name=op.f("partner_gifts_source_id_fkey")),
        sa.PrimaryKeyConstraint("source_id", "their_id", name=op.f("partner_gifts_pkey")),
    )
    op.create_table(
        "campaign_donors",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("donor_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("campaign_donors_campaign_id_fkey")
        ),
        sa.ForeignKeyConstraint(["donor_id"], ["donors.id"], name=op.f("campaign_donors_donor_id_fkey")),
        sa.PrimaryKeyConstraint("campaign_id", "donor_id", name=op.f("campaign_donors_pkey")),
    )
    op.create_table(
        "campaign_totals",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("donor_count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("campaign_totals_campaign_id_fkey")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("campaign_totals_pkey")),
        postgresql_with={"fillfactor": "50"},
    )
    op.create_table(
        "channels",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "merchant",
                "bank",
                "cash",
                name="channelkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("chart", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("suspense_account_id", sa.Uuid(), nullable=False),
        sa.Column("refunds_account_id", sa.Uuid(), nullable=False),
        sa.Column("platform_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("platform_id is null or kind = 'merchant'", name=op.f("channels_platform_check")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("channels_account_id_fkey")),
        sa.ForeignKeyConstraint(["id"], ["dimensions.id"], name=op.f("channels_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("channels_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["dimensions.id"], name=op.f("channels_platform_id_fkey")),
        sa.ForeignKeyConstraint(
            ["refunds_account_id"], ["accounts.id"], name=op.f("channels_refunds_account_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["suspense_account_id"], ["accounts.id"], name=op.f("channels_suspense_account_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("channels_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("channels_id_organization_id_key")),
        sa.UniqueConstraint("organization_id", "code", name=op.f("channels_organization_id_code_key")),
        sa.UniqueConstraint("platform_id", name=op.f("channels_platform_id_key")),
    )
    op.create_table(
        "designations",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("income_account_id", sa.Uuid(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("designations_campaign_id_fkey")
        ),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("designations_fund_id_fkey")),
        sa.ForeignKeyConstraint(
            ["income_account_id"], ["accounts.id"], name=op.f("designations_income_account_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("designations_pkey")),
        sa.UniqueConstraint("campaign_id", "code", name=op.f("designations_campaign_id_code_key")),
        sa.UniqueConstraint("fund_id", name=op.f("designations_fund_id_key")),
    )
    op.create_index(
        "designations_default_idx",
        "designations",
        ["campaign_id"],
        unique=True,
        postgresql_where=sa.text("is_default"),
    )
    op.create_table(
        "campaign_days",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("raised", sa.BigInteger(), nullable=False),
        sa.Column("gift_count", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), nullable=False),
        sa.Column("refund_count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("campaign_days_campaign_id_fkey")
        ),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("campaign_days_channel_id_fkey")),
        sa.PrimaryKeyConstraint("campaign_id", "day", "channel_id", name=op.f("campaign_days_pkey")),
        postgresql_with={"fillfactor": "50"},
    )
    op.create_table(
        "donations",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("their_id", sa.Text(), nullable=False),
        sa.Column("lookup_code", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("donated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "posted",
                "suspense",
                "voided",
                name="donationstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("first_amount", sa.BigInteger(), nullable=False),
        sa.Column("first_campaign_code", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), nullable=False),
        sa.Column("correction_count", sa.BigInteger(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("donor_id", sa.Uuid(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("show_name", sa.Boolean(), nullable=False),
        sa.Column("show_amount", sa.Boolean(), nullable=False),
        sa.Column("show_message", sa.Boolean(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
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
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'posted') <= (campaign_id is not null)", name=op.f("donations_campaign_check")
        ),
        sa.CheckConstraint("currency = 'CNY'", name=op.f("donations_currency_check")),
        sa.CheckConstraint("amount between 1 and 1000000000000000", name=op.f("donations_amount_check")),
        sa.CheckConstraint("refunded between 0 and amount", name=op.f("donations_refunded_check")),
        sa.ForeignKeyConstraint(["donor_id"], ["donors.id"], name=op.f("donations_donor_id_fkey")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("donations_entry_id_fkey")),
        sa.ForeignKeyConstraint(
            ["channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("donations_channel_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "organization_id"],
            ["campaigns.id", "campaigns.organization_id"],
            name=op.f("donations_campaign_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("donations_pkey")),
        sa.UniqueConstraint("lookup_code", name=op.f("donations_lookup_code_key")),
        sa.UniqueConstraint("source_id", "their_id", name=op.f("donations_source_id_their_id_key")),
    )
    op.create_index("donations_campaign_id_id_idx", "donations", ["campaign_id", "id"], unique=False)
    op.create_index(
        "donations_suspense_idx",
        "donations",
        ["organization_id", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'suspense'"),
    )
    op.create_table(
        "corrections",
        sa.Column("donation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("old_amount", sa.BigInteger(), nullable=False),
        sa.Column("new_amount", sa.BigInteger(), nullable=False),
        sa.Column("old_entry_id", sa.Uuid(), nullable=False),
        sa.Column("new_entry_id", sa.Uuid(), nullable=True),
        sa.Column("old_campaign_id", sa.Uuid(), nullable=True),
        sa.Column("new_campaign_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["donation_id"], ["donations.id"], name=op.f("corrections_donation_id_fkey")),
        sa.ForeignKeyConstraint(
            ["new_campaign_id"], ["campaigns.id"], name=op.f("corrections_new_campaign_id_fkey")
        ),
        sa.ForeignKeyConstraint(["new_entry_id"], ["entries.id"], name=op.f("corrections_new_entry_id_fkey")),
        sa.ForeignKeyConstraint(
            ["old_campaign_id"], ["campaigns.id"], name=op.f("corrections_old_campaign_id_fkey")
        ),
        sa.ForeignKeyConstraint(["old_entry_id"], ["entries.id"], name=op.f("corrections_old_entry_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("corrections_pkey")),
        sa.UniqueConstraint("donation_id", "number", name=op.f("corrections_donation_id_number_key")),
    )
    op.create_table(
        "refunds",
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("their_id", sa.Text(), nullable=False),
        sa.Column("their_gift_id", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("refunded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "donor_request",
                "duplicate_payment",
                "wrong_amount",
                "campaign_cancelled",
                "dispute_lost",
                "own_fault",
                "other",
                name="refundreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "posted",
                "excess",
                name="refundstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("donation_id", sa.Uuid(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'posted') = (entry_id is not null)", name=op.f("refunds_entry_check")),
        sa.CheckConstraint("amount between 1 and 1000000000000000", name=op.f("refunds_amount_check")),
        sa.ForeignKeyConstraint(["donation_id"], ["donations.id"], name=op.f("refunds_donation_id_fkey")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("refunds_entry_id_fkey")),
        sa.ForeignKeyConstraint(["source_id"], ["dimensions.id"], name=op.f("refunds_source_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("refunds_pkey")),
        sa.UniqueConstraint("source_id", "their_id", name=op.f("refunds_source_id_their_id_key")),
    )
    op.create_index("refunds_donation_id_idx", "refunds", ["donation_id"], unique=False)
    op.create_index(
        "refunds_pending_idx",
        "refunds",
        ["source_id", "their_gift_id"],
        unique=False,
        postgresql_where=sa.text("state = 'pending'"),
    )

    rights.append_only("channels", updating="name, closed_at")
    rights.append_only(
        "campaigns",
        updating="title, purpose, starts_on, ends_on, target_minor, filing_no, state, opened_at, closed_at,"
        " version",
    )
    rights.append_only("designations", updating="title, is_default")
    rights.append_only("partner_gifts", "campaign_donors", "corrections")
    rights.lockable("partner_gifts", "their_id")
    rights.append_only("donors", updating="external_index, kind")
    rights.append_only(
        "donations",
        updating="amount, state, campaign_id, channel_id, entry_id, refunded, correction_count, sealed,"
        " show_name, show_amount, show_message, anonymous",
    )
    rights.append_only("refunds", updating="state, donation_id, entry_id")
    rights.append_only("disputes", updating="state")
    rights.append_only("campaign_days", updating="raised, gift_count, refunded, refund_count")
    rights.append_only("campaign_totals", updating="donor_count")


def downgrade() -> None:
    op.drop_index("refunds_pending_idx", table_name="refunds", postgresql_where=sa.text("state = 'pending'"))
    op.drop_index("refunds_donation_id_idx", table_name="refunds")
    op.drop_table("refunds")
    op.drop_table("corrections")
    op.drop_index(
        "donations_suspense_idx", table_name="donations", postgresql_where=sa.text("state = 'suspense'")
    )
    op.drop_index("donations_campaign_id_id_idx", table_name="donations")
    op.drop_table("donations")
    op.drop_table("campaign_days")
    op.drop_index(
        "designations_default_idx", table_name="designations", postgresql_where=sa.text("is_default")
    )
    op.drop_table("designations")
    op.drop_table("channels")
    op.drop_table("campaign_totals")
    op.drop_table("campaign_donors")
    op.drop_table("partner_gifts")
    op.drop_table("donors")
    op.drop_table("disputes")
    op.drop_index("campaigns_organization_id_idx", table_name="campaigns")
    op.drop_table("campaigns")
