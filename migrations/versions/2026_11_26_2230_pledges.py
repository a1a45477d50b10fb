"""Pledges: what somebody promised to give, in instalments, and by which gifts it was paid."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "pledges"
down_revision = "matching"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pledges",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("donor_kind", _enum("donorkind", "individual", "organization"), nullable=False),
        sa.Column("ground", _enum("enforceableground", "public_media", "written_agreement"), nullable=True),
        sa.Column("written_off_on", sa.Date(), nullable=True),
        sa.Column("written_off_reason", sa.Text(), nullable=True),
        sa.Column("written_off_by", sa.Text(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount between 1 and 1000000000000000", name=op.f("pledges_amount_check")),
        sa.CheckConstraint(
            "num_nulls(written_off_on, written_off_reason, written_off_by) in (0, 3)",
            name=op.f("pledges_written_off_check"),
        ),
        sa.CheckConstraint(
            "written_off_on is null or ground is null or reported_on is not null",
            name=op.f("pledges_reported_check"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "organization_id"],
            ["campaigns.id", "campaigns.organization_id"],
            name=op.f("pledges_campaign_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pledges_pkey")),
        sa.UniqueConstraint("organization_id", "number", name=op.f("pledges_organization_id_number_key")),
    )
    op.create_index("pledges_organization_id_id_idx", "pledges", ["organization_id", "id"])
    op.create_table(
        "pledge_instalments",
        sa.Column("pledge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "amount between 1 and 1000000000000000", name=op.f("pledge_instalments_amount_check")
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["pledges.id"], name=op.f("pledge_instalments_pledge_id_fkey")
        ),
        sa.PrimaryKeyConstraint("pledge_id", "number", name=op.f("pledge_instalments_pkey")),
    )
    op.create_table(
        "pledge_payments",
        sa.Column("pledge_id", sa.Uuid(), nullable=False),
        sa.Column("donation_id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("pledge_payments_pledge_id_fkey")),
        sa.ForeignKeyConstraint(
            ["donation_id"], ["donations.id"], name=op.f("pledge_payments_donation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pledge_payments_pkey")),
        sa.UniqueConstraint("donation_id", name=op.f("pledge_payments_donation_id_key")),
    )
    op.create_index(op.f("pledge_payments_pledge_id_idx"), "pledge_payments", ["pledge_id"])
    rights.append_only("pledges", updating="written_off_on, written_off_reason, written_off_by, reported_on")
    rights.append_only("pledge_instalments", "pledge_payments")


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    op.drop_table("pledge_payments")
    op.drop_table("pledge_instalments")
    op.drop_table("pledges")
