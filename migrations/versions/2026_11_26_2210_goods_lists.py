"""Goods lists and collections: imported lists with what became of each row, used clothing by weight."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "goods_lists"
down_revision = "goods"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "collection_points",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("collection_points_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("collection_points_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("collection_points_id_organization_id_key")),
        sa.UniqueConstraint(
            "organization_id", "code", name=op.f("collection_points_organization_id_code_key")
        ),
    )
    op.create_table(
        "collection_stocks",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "item",
            sa.Enum(
                "clothing",
                "shoes",
                "bags",
                "bedding",
                "other",
                name="collecteditem",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("collected_grams", sa.BigInteger(), nullable=False),
        sa.Column("gone_grams", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "gone_grams between 0 and collected_grams", name=op.f("collection_stocks_gone_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("collection_stocks_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "item", name=op.f("collection_stocks_pkey")),
    )
    op.create_table(
        "collection_years",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column(
            "item",
            sa.Enum(
                "clothing",
                "shoes",
                "bags",
                "bedding",
                "other",
                name="collecteditem",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("weight_grams", sa.BigInteger(), nullable=False),
        sa.Column("collection_count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "weight_grams >= 0 and collection_count >= 0", name=op.f("collection_years_sums_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("collection_years_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "year", "item", name=op.f("collection_years_pkey")),
    )
    op.create_table(
        "collections",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column(
            "item",
            sa.Enum(
                "clothing",
                "shoes",
                "bags",
                "bedding",
                "other",
                name="collecteditem",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("collected_on", sa.Date(), nullable=False),
        sa.Column("weight_grams", sa.BigInteger(), nullable=False),
        sa.Column("collector", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Text(), nullable=True),
        sa.Column("voided_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "num_nulls(voided_at, voided_by, voided_reason) in (0, 3)", name=op.f("collections_voided_check")
        ),
        sa.CheckConstraint("weight_grams between 1 and 1000000000000", name=op.f("collections_weight_check")),
        sa.ForeignKeyConstraint(
            ["point_id", "organization_id"],
            ["collection_points.id", "collection_points.organization_id"],
            name=op.f("collections_point_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("collections_pkey")),
        sa.UniqueConstraint(
            "organization_id", "reference", name=op.f("collections_organization_id_reference_key")
        ),
    )
    op.create_index("collections_point_id_idx", "collections", ["point_id", "id"], unique=False)
    op.create_table(
        "goods_imports",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "received",
                "handed_out",
                name="goodsimportkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("row_count", sa.BigInteger(), nullable=False),
        sa.Column("recorded_count", sa.BigInteger(), nullable=False),
        sa.Column("duplicate_count", sa.BigInteger(), nullable=False),
        sa.Column("unmatched_count", sa.BigInteger(), nullable=False),
        sa.Column("faulty_count", sa.BigInteger(), nullable=False),
        sa.Column("heading_count", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "row_count = recorded_count + duplicate_count + unmatched_count + faulty_count + heading_count",
            name=op.f("goods_imports_accounted_check"),
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id", "organization_id"],
            ["warehouses.id", "warehouses.organization_id"],
            name=op.f("goods_imports_warehouse_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("goods_imports_pkey")),
    )
    op.create_table(
        "goods_import_rows",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "recorded",
                "duplicate",
                "unmatched",
                "faulty",
                "heading",
                name="goodsrowoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("sheet_column", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("gift_id", sa.Uuid(), nullable=True),
        sa.Column("handout_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome <> 'recorded' or num_nonnulls(gift_id, handout_id) = 1",
            name=op.f("goods_import_rows_recorded_check"),
        ),
        sa.CheckConstraint(
            "outcome not in ('unmatched', 'faulty') or reason is not null",
            name=op.f("goods_import_rows_reason_check"),
        ),
        sa.ForeignKeyConstraint(["gift_id"], ["goods_gifts.id"], name=op.f("goods_import_rows_gift_id_fkey")),
        sa.ForeignKeyConstraint(
            ["handout_id"], ["goods_handouts.id"], name=op.f("goods_import_rows_handout_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["goods_imports.id"], name=op.f("goods_import_rows_import_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("goods_import_rows_pkey")),
        sa.UniqueConstraint("import_id", "line", name=op.f("goods_import_rows_import_id_line_key")),
    )
    op.create_table(
        "collection_disposals",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "item",
            sa.Enum(
                "clothing",
                "shoes",
                "bags",
                "bedding",
                "other",
                name="collecteditem",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "sold",
                "donated",
                "recycled",
                name="collectionoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("disposed_on", sa.Date(), nullable=False),
        sa.Column("weight_grams", sa.BigInteger(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("proceeds_minor", sa.BigInteger(), nullable=True),
        sa.Column("channel_id", sa.Uuid(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "num_nulls(proceeds_minor, channel_id, entry_id) = case outcome when 'sold' then 0 else 3 end",
            name=op.f("collection_disposals_sold_check"),
        ),
        sa.CheckConstraint(
            "proceeds_minor between 1 and 1000000000000000", name=op.f("collection_disposals_proceeds_check")
        ),
        sa.CheckConstraint(
            "weight_grams between 1 and 1000000000000", name=op.f("collection_disposals_weight_check")
        ),
        sa.ForeignKeyConstraint(
            ["channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("collection_disposals_channel_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("collection_disposals_entry_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("collection_disposals_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("collection_disposals_pkey")),
        sa.UniqueConstraint(
            "organization_id", "reference", name=op.f("collection_disposals_organization_id_reference_key")
        ),
    )
    rights.append_only("goods_imports", "goods_import_rows", "collection_disposals")
    rights.append_only("collection_points", updating="name, address, closed_at")
    rights.append_only("collections", updating="voided_at, voided_by, voided_reason")
    rights.append_only("collection_stocks", updating="collected_grams, gone_grams")
    rights.append_only("collection_years", updating="weight_grams, collection_count")


def downgrade() -> None:
    op.drop_table("collection_years")
    op.drop_table("collection_stocks")
    op.drop_table("collection_disposals")
    op.drop_table("collections")
    op.drop_table("collection_points")
    op.drop_table("goods_import_rows")
    op.drop_table("goods_imports")
