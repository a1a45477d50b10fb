"""Needs and offers: needs that are counted, offers of goods, and matches that both sides agree to."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "needs_and_offers"
down_revision = "agency_chains"
branch_labels = None
depends_on = None

_COUNT_MAX = 1_000_000_000_000


def _state(name: str, *states: str) -> sa.Column[str]:
    kind = sa.Enum(*states, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column("state", kind, nullable=False)


def upgrade() -> None:
    _needs()
    _offers()
    _matches()


def _needs() -> None:
    op.add_column("community_needs", sa.Column("unit", sa.Text(), nullable=True))
    op.add_column("community_needs", sa.Column("count", sa.BigInteger(), nullable=True))
    op.add_column("community_needs", sa.Column("left_count", sa.BigInteger(), nullable=True))
    for name, rule in {
        "counted": "num_nulls(unit, count, left_count) in (0, 3)",
        "count": f"count between 1 and {_COUNT_MAX}",
        "left": "left_count between 0 and count",
    }.items():
        op.create_check_constraint(op.f(f"community_needs_{name}_check"), "community_needs", rule)
    op.create_unique_constraint(
        op.f("community_needs_id_organization_id_key"), "community_needs", ["id", "organization_id"]
    )
    op.create_index(
        "community_needs_open_idx",
        "community_needs",
        ["unit", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.execute(f"grant update (left_count) on community_needs to {rights.SERVICE_ROLE}")


def _offers() -> None:
    op.create_table(
        "goods_offers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("left_count", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=True),
        sa.Column("open_until", sa.Date(), nullable=True),
        _state("offerstate", "open", "withdrawn"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"count between 1 and {_COUNT_MAX}", name=op.f("goods_offers_count_check")),
        sa.CheckConstraint("left_count between 0 and count", name=op.f("goods_offers_left_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("goods_offers_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("goods_offers_region_code_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("goods_offers_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("goods_offers_id_organization_id_key")),
    )
    op.create_index(
        "goods_offers_organization_id_idx", "goods_offers", ["organization_id", "id"], unique=False
    )
    op.create_index(
        "goods_offers_open_idx",
        "goods_offers",
        ["unit", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    rights.append_only("goods_offers", updating="left_count, state")


def _matches() -> None:
    op.create_table(
        "need_matches",
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("need_organization_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("offer_organization_id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        _state("needmatchstate", "proposed", "agreed", "delivered", "declined", "fallen_through"),
        sa.Column("need_agreed_by", sa.Text(), nullable=True),
        sa.Column("need_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offer_agreed_by", sa.Text(), nullable=True),
        sa.Column("offer_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"count between 1 and {_COUNT_MAX}", name=op.f("need_matches_count_check")),
        sa.CheckConstraint(
            "num_nulls(need_agreed_by, need_agreed_at) in (0, 2)",
            name=op.f("need_matches_need_agreed_check"),
        ),
        sa.CheckConstraint(
            "num_nulls(offer_agreed_by, offer_agreed_at) in (0, 2)",
            name=op.f("need_matches_offer_agreed_check"),
        ),
        sa.CheckConstraint(
            "state in ('declined', 'fallen_through')"
            " or (state = 'proposed') = (num_nulls(need_agreed_at, offer_agreed_at) > 0)",
            name=op.f("need_matches_agreed_check"),
        ),
        sa.CheckConstraint(
            "(state = 'delivered') = (delivered_on is not null)", name=op.f("need_matches_delivered_check")
        ),
        sa.CheckConstraint(
            "(state in ('declined', 'fallen_through')) = (ended_by is not null)"
            " and num_nulls(ended_by, ended_reason) in (0, 2)",
            name=op.f("need_matches_ended_check"),
        ),
        sa.ForeignKeyConstraint(
            ["need_id", "need_organization_id"],
            ["community_needs.id", "community_needs.organization_id"],
            name="need_matches_need_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["offer_id", "offer_organization_id"],
            ["goods_offers.id", "goods_offers.organization_id"],
            name="need_matches_offer_fkey",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("need_matches_pkey")),
    )
    op.create_index(
        "need_matches_standing_idx",
        "need_matches",
        ["need_id", "offer_id"],
        unique=True,
        postgresql_where=sa.text("state in ('proposed', 'agreed')"),
    )
    for side in ("need", "offer"):
        op.create_index(
            f"need_matches_{side}_organization_id_idx",
            "need_matches",
            [f"{side}_organization_id", "id"],
            unique=False,
        )
    op.create_index("need_matches_offer_id_idx", "need_matches", ["offer_id"], unique=False)
    rights.append_only(
        "need_matches",
        updating="state, need_agreed_by, need_agreed_at, offer_agreed_by, offer_agreed_at, delivered_on,"
        " ended_by, ended_reason",
    )


def downgrade() -> None:
    op.drop_table("need_matches")
    op.drop_table("goods_offers")
    op.drop_index("community_needs_open_idx", "community_needs")
    op.drop_constraint("community_needs_id_organization_id_key", "community_needs")
    for name in ("left", "count", "counted"):
        op.drop_constraint(f"community_needs_{name}_check", "community_needs")
    for column in ("left_count", "count", "unit"):
        op.drop_column("community_needs", column)
