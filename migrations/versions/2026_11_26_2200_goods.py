"""Goods: gifts in kind, their stock by lots, what they are worth, and whom they were handed out to."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "goods"
down_revision = "donation_certificates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "warehouses",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("warehouses_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("warehouses_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("warehouses_id_organization_id_key")),
        sa.UniqueConstraint("organization_id", "code", name=op.f("warehouses_organization_id_code_key")),
    )
    op.create_table(
        "goods_funds",
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("stock_fund_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("fund_id <> stock_fund_id", name=op.f("goods_funds_two_funds_check")),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("goods_funds_fund_id_fkey")),
        sa.ForeignKeyConstraint(["stock_fund_id"], ["funds.id"], name=op.f("goods_funds_stock_fund_id_fkey")),
        sa.PrimaryKeyConstraint("fund_id", name=op.f("goods_funds_pkey")),
        sa.UniqueConstraint("stock_fund_id", name=op.f("goods_funds_stock_fund_id_key")),
    )
    op.create_table(
        "goods_gifts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column(
            "giver_kind",
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
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("show_name", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("inspected_on", sa.Date(), nullable=True),
        sa.Column("inspected_by", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("inspected_on >= received_on", name=op.f("goods_gifts_inspected_on_check")),
        sa.CheckConstraint(
            "num_nulls(inspected_on, inspected_by) in (0, 2)", name=op.f("goods_gifts_inspected_check")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "organization_id"],
            ["campaigns.id", "campaigns.organization_id"],
            name=op.f("goods_gifts_campaign_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["fund_id", "organization_id"],
            ["funds.id", "funds.organization_id"],
            name=op.f("goods_gifts_fund_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("goods_gifts_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("goods_gifts_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("goods_gifts_id_organization_id_key")),
        sa.UniqueConstraint(
            "organization_id", "reference", name=op.f("goods_gifts_organization_id_reference_key")
        ),
    )
    op.create_index("goods_gifts_campaign_id_idx", "goods_gifts", ["campaign_id", "id"], unique=False)
    op.create_table(
        "goods_handouts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column(
            "recipient_kind",
            sa.Enum(
                "organization",
                "person",
                name="recipientkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        sa.Column("counterparty_id", sa.Uuid(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_recorded_by", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(recipient_kind = 'person') = (recipient is null)", name=op.f("goods_handouts_recipient_check")
        ),
        sa.CheckConstraint(
            "(value_minor > 0) = (entry_id is not null)", name=op.f("goods_handouts_booked_check")
        ),
        sa.CheckConstraint(
            "num_nulls(signed_on, signed_recorded_by) in (0, 2)", name=op.f("goods_handouts_signed_check")
        ),
        sa.CheckConstraint("signed_on >= handed_on", name=op.f("goods_handouts_signed_on_check")),
        sa.CheckConstraint("value_minor >= 0", name=op.f("goods_handouts_value_check")),
        sa.ForeignKeyConstraint(
            ["counterparty_id"], ["dimensions.id"], name=op.f("goods_handouts_counterparty_id_fkey")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("goods_handouts_entry_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("goods_handouts_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["dimensions.id"], name=op.f("goods_handouts_project_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("goods_handouts_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("goods_handouts_id_organization_id_key")),
        sa.UniqueConstraint(
            "organization_id", "reference", name=op.f("goods_handouts_organization_id_reference_key")
        ),
    )
    op.create_table(
        "goods_lots",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("received_count", sa.BigInteger(), nullable=False),
        sa.Column(
            "asset_class",
            sa.Enum(
                "inventory",
                "fixed_asset",
                "intangible",
                "heritage",
                name="assetclass",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("gift_id", sa.Uuid(), nullable=True),
        sa.Column("origin_lot_id", sa.Uuid(), nullable=True),
        sa.Column("spec", sa.Text(), nullable=True),
        sa.Column("batch_number", sa.Text(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("package_unit", sa.Text(), nullable=True),
        sa.Column("package_size", sa.BigInteger(), nullable=True),
        sa.Column("accepted_count", sa.BigInteger(), nullable=True),
        sa.Column("refused_reason", sa.Text(), nullable=True),
        sa.Column("left_count", sa.BigInteger(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "document",
                "fair_value",
                "nominal",
                name="valuationmethod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("value_minor", sa.BigInteger(), nullable=True),
        sa.Column("left_minor", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "method <> 'nominal' or (asset_class <> 'inventory' and value_minor = 100 * accepted_count)",
            name=op.f("goods_lots_nominal_check"),
        ),
        sa.CheckConstraint(
            "accepted_count between 0 and received_count", name=op.f("goods_lots_accepted_check")
        ),
        sa.CheckConstraint("left_count > 0 or left_minor = 0", name=op.f("goods_lots_nothing_left_check")),
        sa.CheckConstraint(
            "left_count between 0 and coalesce(accepted_count, 0)", name=op.f("goods_lots_left_check")
        ),
        sa.CheckConstraint(
            "left_minor between 0 and coalesce(value_minor, 0)", name=op.f("goods_lots_left_value_check")
        ),
        sa.CheckConstraint("num_nulls(gift_id, origin_lot_id) = 1", name=op.f("goods_lots_origin_check")),
        sa.CheckConstraint(
            "num_nulls(method, value_minor, basis) in (0, 3)", name=op.f("goods_lots_valued_check")
        ),
        sa.CheckConstraint(
            "num_nulls(package_unit, package_size) in (0, 2)", name=op.f("goods_lots_package_check")
        ),
        sa.CheckConstraint(
            "package_size >= 2 and package_unit <> unit", name=op.f("goods_lots_package_size_check")
        ),
        sa.CheckConstraint(
            "received_count between 1 and 1000000000000", name=op.f("goods_lots_received_check")
        ),
        sa.CheckConstraint("value_minor between 1 and 1000000000000000", name=op.f("goods_lots_value_check")),
        sa.ForeignKeyConstraint(
            ["fund_id", "organization_id"],
            ["funds.id", "funds.organization_id"],
            name=op.f("goods_lots_fund_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["gift_id", "organization_id"],
            ["goods_gifts.id", "goods_gifts.organization_id"],
            name=op.f("goods_lots_gift_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["origin_lot_id"], ["goods_lots.id"], name=op.f("goods_lots_origin_lot_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id", "organization_id"],
            ["warehouses.id", "warehouses.organization_id"],
            name=op.f("goods_lots_warehouse_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("goods_lots_pkey")),
        sa.UniqueConstraint("gift_id", "number", name=op.f("goods_lots_gift_id_number_key")),
    )
    op.create_index(
        "goods_lots_expires_on_idx", "goods_lots", ["organization_id", "expires_on", "id"], unique=False
    )
    op.create_index(
        "goods_lots_organization_id_idx",
        "goods_lots",
        ["organization_id", "warehouse_id", "item", "id"],
        unique=False,
    )
    op.create_table(
        "goods_valuations",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("gift_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount between 1 and 1000000000000000", name=op.f("goods_valuations_amount_check")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("goods_valuations_entry_id_fkey")),
        sa.ForeignKeyConstraint(
            ["gift_id", "organization_id"],
            ["goods_gifts.id", "goods_gifts.organization_id"],
            name=op.f("goods_valuations_gift_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("goods_valuations_pkey")),
    )
    op.create_index("goods_valuations_gift_id_idx", "goods_valuations", ["gift_id"], unique=False)
    op.create_table(
        "goods_handout_lines",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("handout_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("count between 1 and 1000000000000", name=op.f("goods_handout_lines_count_check")),
        sa.CheckConstraint("value_minor >= 0", name=op.f("goods_handout_lines_value_check")),
        sa.ForeignKeyConstraint(
            ["handout_id", "organization_id"],
            ["goods_handouts.id", "goods_handouts.organization_id"],
            name=op.f("goods_handout_lines_handout_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["goods_lots.id"], name=op.f("goods_handout_lines_lot_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("goods_handout_lines_pkey")),
        sa.UniqueConstraint("handout_id", "lot_id", name=op.f("goods_handout_lines_handout_id_lot_id_key")),
    )
    op.create_index("goods_handout_lines_lot_id_idx", "goods_handout_lines", ["lot_id"], unique=False)
    rights.append_only("goods_funds", "goods_valuations", "goods_handout_lines")
    rights.append_only("warehouses", updating="name, address, closed_at")
    rights.append_only("goods_gifts", updating="inspected_on, inspected_by")
    rights.append_only(
        "goods_lots",
        updating="accepted_count, refused_reason, left_count, method, basis, value_minor, left_minor",
    )
    rights.append_only("goods_handouts", updating="signed_on, signed_recorded_by")


def downgrade() -> None:
    op.drop_table("goods_handout_lines")
    op.drop_table("goods_handouts")
    op.drop_table("goods_lots")
    op.drop_table("goods_valuations")
    op.drop_table("goods_gifts")
    op.drop_table("goods_funds")
    op.drop_table("warehouses")
