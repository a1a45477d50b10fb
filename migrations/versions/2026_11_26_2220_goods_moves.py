"""Goods moves: disposals with their proceeds, and shipments between members with their differences."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "goods_moves"
down_revision = "goods_lists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "goods_shipments",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("shipped_on", sa.Date(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("warehouse_id", sa.Uuid(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.Text(), nullable=True),
        sa.Column("received_entry_id", sa.Uuid(), nullable=True),
        sa.Column("lost_minor", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(value_minor > 0) = (entry_id is not null)", name=op.f("goods_shipments_booked_check")
        ),
        sa.CheckConstraint("lost_minor between 0 and value_minor", name=op.f("goods_shipments_lost_check")),
        sa.CheckConstraint(
            "num_nulls(received_on, received_by, warehouse_id) in (0, 3)",
            name=op.f("goods_shipments_received_check"),
        ),
        sa.CheckConstraint("organization_id <> receiver_id", name=op.f("goods_shipments_two_members_check")),
        sa.CheckConstraint("received_on >= shipped_on", name=op.f("goods_shipments_received_on_check")),
        sa.CheckConstraint("value_minor >= 0", name=op.f("goods_shipments_value_check")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("goods_shipments_entry_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("goods_shipments_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["received_entry_id"], ["entries.id"], name=op.f("goods_shipments_received_entry_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["dimensions.id"], name=op.f("goods_shipments_receiver_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id", "receiver_id"],
            ["warehouses.id", "warehouses.organization_id"],
            name=op.f("goods_shipments_warehouse_id_receiver_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("goods_shipments_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("goods_shipments_id_organization_id_key")),
        sa.UniqueConstraint(
            "organization_id", "reference", name=op.f("goods_shipments_organization_id_reference_key")
        ),
    )
    op.create_index("goods_shipments_receiver_id_idx", "goods_shipments", ["receiver_id", "id"], unique=False)
    op.create_table(
        "goods_disposals",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sold",
                "destroyed",
                "lost",
                name="disposalkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("disposed_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        sa.Column("proceeds_minor", sa.BigInteger(), nullable=True),
        sa.Column("channel_id", sa.Uuid(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "num_nulls(proceeds_minor, channel_id) = case kind when 'sold' then 0 else 2 end",
            name=op.f("goods_disposals_sold_check"),
        ),
        sa.CheckConstraint(
            "(value_minor > 0 or proceeds_minor is not null) = (entry_id is not null)",
            name=op.f("goods_disposals_booked_check"),
        ),
        sa.CheckConstraint(
            "proceeds_minor between 1 and 1000000000000000", name=op.f("goods_disposals_proceeds_check")
        ),
        sa.CheckConstraint("value_minor >= 0", name=op.f("goods_disposals_value_check")),
        sa.ForeignKeyConstraint(
            ["channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("goods_disposals_channel_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("goods_disposals_entry_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("goods_disposals_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["dimensions.id"], name=op.f("goods_disposals_project_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("goods_disposals_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("goods_disposals_id_organization_id_key")),
        sa.UniqueConstraint(
            "organization_id", "reference", name=op.f("goods_disposals_organization_id_reference_key")
        ),
    )
    op.create_table(
        "goods_shipment_lines",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("received_count", sa.BigInteger(), nullable=True),
        sa.Column("difference_reason", sa.Text(), nullable=True),
        sa.Column("received_lot_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(received_count > 0) = (received_lot_id is not null)",
            name=op.f("goods_shipment_lines_received_lot_check"),
        ),
        sa.CheckConstraint(
            "count between 1 and 1000000000000", name=op.f("goods_shipment_lines_count_check")
        ),
        sa.CheckConstraint(
            "received_count = count or difference_reason is not null",
            name=op.f("goods_shipment_lines_difference_check"),
        ),
        sa.CheckConstraint(
            "received_count between 0 and count", name=op.f("goods_shipment_lines_received_check")
        ),
        sa.CheckConstraint("value_minor >= 0", name=op.f("goods_shipment_lines_value_check")),
        sa.ForeignKeyConstraint(["lot_id"], ["goods_lots.id"], name=op.f("goods_shipment_lines_lot_id_fkey")),
        sa.ForeignKeyConstraint(
            ["received_lot_id"], ["goods_lots.id"], name=op.f("goods_shipment_lines_received_lot_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["shipment_id", "organization_id"],
            ["goods_shipments.id", "goods_shipments.organization_id"],
            name=op.f("goods_shipment_lines_shipment_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("goods_shipment_lines_pkey")),
        sa.UniqueConstraint(
            "shipment_id", "lot_id", name=op.f("goods_shipment_lines_shipment_id_lot_id_key")
        ),
    )
    op.create_index("goods_shipment_lines_lot_id_idx", "goods_shipment_lines", ["lot_id"], unique=False)
    op.create_table(
        "goods_disposal_lines",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("disposal_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "count between 1 and 1000000000000", name=op.f("goods_disposal_lines_count_check")
        ),
        sa.CheckConstraint("value_minor >= 0", name=op.f("goods_disposal_lines_value_check")),
        sa.ForeignKeyConstraint(
            ["disposal_id", "organization_id"],
            ["goods_disposals.id", "goods_disposals.organization_id"],
            name=op.f("goods_disposal_lines_disposal_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["goods_lots.id"], name=op.f("goods_disposal_lines_lot_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("goods_disposal_lines_pkey")),
        sa.UniqueConstraint(
            "disposal_id", "lot_id", name=op.f("goods_disposal_lines_disposal_id_lot_id_key")
        ),
    )
    op.create_index("goods_disposal_lines_lot_id_idx", "goods_disposal_lines", ["lot_id"], unique=False)
    rights.append_only("goods_disposals", "goods_disposal_lines")
    rights.append_only(
        "goods_shipments",
        updating="warehouse_id, received_on, received_by, received_entry_id, lost_minor",
    )
    rights.append_only("goods_shipment_lines", updating="received_count, difference_reason, received_lot_id")


def downgrade() -> None:
    op.drop_table("goods_shipment_lines")
    op.drop_table("goods_shipments")
    op.drop_table("goods_disposal_lines")
    op.drop_table("goods_disposals")
