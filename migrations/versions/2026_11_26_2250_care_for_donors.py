"""Care for donors: merges, contacts, thanks, consent to a photo, and by what a giver's name is found."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "care_for_donors"
down_revision = "settlement_notices"
branch_labels = None
depends_on = None


def _codes(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


_WAYS = ("phone", "letter", "email", "message", "visit", "event", "other")


def upgrade() -> None:
    op.add_column(
        "donations", sa.Column("show_photo", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("donations", sa.Column("name_index", sa.LargeBinary(), nullable=True))
    op.create_index(
        "donations_name_idx",
        "donations",
        ["name_index", "organization_id", "id"],
        postgresql_where=sa.text("name_index is not null"),
    )
    op.execute(f"grant update (show_photo, name_index) on donations to {rights.SERVICE_ROLE}")
    _create_merges()
    op.create_table(
        "donor_contacts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("donor_id", sa.Uuid(), nullable=False),
        sa.Column("way", _codes("contactway", *_WAYS), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("donor_contacts_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["donor_id"], ["donors.id"], name=op.f("donor_contacts_donor_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("donor_contacts_pkey")),
    )
    op.create_index("donor_contacts_donor_idx", "donor_contacts", ["organization_id", "donor_id", "id"])
    op.create_table(
        "gift_thanks",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("donation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _codes("thankskind", "thanks", "feedback"), nullable=False),
        sa.Column("way", _codes("contactway", *_WAYS), nullable=False),
        sa.Column("told_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("gift_thanks_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["donation_id"], ["donations.id"], name=op.f("gift_thanks_donation_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("gift_thanks_pkey")),
    )
    op.create_index(
        "gift_thanks_once_idx",
        "gift_thanks",
        ["donation_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'thanks'"),
    )
    op.create_index("gift_thanks_organization_idx", "gift_thanks", ["organization_id", "id"])
    rights.append_only("donor_contacts", "gift_thanks")


def _create_merges() -> None:
    op.create_table(
        "donor_merges",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column(
            "ground",
            _codes("mergeground", "donor_said", "same_phone", "same_name", "same_receipt_title", "other"),
            nullable=False,
        ),
        sa.Column("merged_by", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kept_id <> merged_id", name=op.f("donor_merges_two_check")),
        sa.CheckConstraint(
            "(undone_at is null) = (undone_by is null)", name=op.f("donor_merges_undone_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("donor_merges_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["kept_id"], ["donors.id"], name=op.f("donor_merges_kept_id_fkey")),
        sa.ForeignKeyConstraint(["merged_id"], ["donors.id"], name=op.f("donor_merges_merged_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("donor_merges_pkey")),
    )
    op.create_index(
        "donor_merges_standing_idx",
        "donor_merges",
        ["organization_id", "merged_id"],
        unique=True,
        postgresql_where=sa.text("undone_at is null"),
    )
    op.create_index("donor_merges_kept_idx", "donor_merges", ["organization_id", "kept_id"])
    op.create_table(
        "donor_groups",
        sa.Column("donor_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("donor_id <> root_id", name=op.f("donor_groups_two_check")),
        sa.ForeignKeyConstraint(["donor_id"], ["donors.id"], name=op.f("donor_groups_donor_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("donor_groups_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["root_id"], ["donors.id"], name=op.f("donor_groups_root_id_fkey")),
        sa.PrimaryKeyConstraint("donor_id", "organization_id", name=op.f("donor_groups_pkey")),
    )
    op.create_index("donor_groups_root_idx", "donor_groups", ["root_id", "organization_id"])
    rights.append_only("donor_merges", updating="undone_at, undone_by")
    rights.writable("donor_groups")


def downgrade() -> None:
    op.drop_table("gift_thanks")
    op.drop_table("donor_contacts")
    op.drop_table("donor_groups")
    op.drop_table("donor_merges")
    op.drop_index("donations_name_idx", table_name="donations")
    op.drop_column("donations", "name_index")
    op.drop_column("donations", "show_photo")
