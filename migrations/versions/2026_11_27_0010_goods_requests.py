"""Requests for hand-outs: what others decide before it leaves, and the goods set aside for it."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "goods_requests"
down_revision = "project_progress"
branch_labels = None
depends_on = None

_STATES = ("waiting", "approved", "rejected", "withdrawn")


def _one_of(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "goods_requests",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("approval_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("recipient_kind", _one_of("recipientkind", "organization", "person"), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        sa.Column("counterparty_id", sa.Uuid(), nullable=True),
        sa.Column("state", _one_of("goodsrequeststate", *_STATES), nullable=False),
        sa.Column("rejected_reason", sa.Text(), nullable=True),
        sa.Column("handout_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(recipient_kind = 'person') = (recipient is null)", name=op.f("goods_requests_recipient_check")
        ),
        sa.CheckConstraint("value_minor >= 0", name=op.f("goods_requests_value_check")),
        sa.CheckConstraint(
            "(state = 'approved') = (handout_id is not null)", name=op.f("goods_requests_handed_out_check")
        ),
        sa.CheckConstraint("handout_id = id", name=op.f("goods_requests_handout_check")),
        sa.CheckConstraint(
            "(state = 'rejected') = (rejected_reason is not null)", name=op.f("goods_requests_rejected_check")
        ),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"goods_requests_{column}_fkey"))
            for column, target in (
                ("organization_id", "dimensions.id"),
                ("approval_id", "approvals.id"),
                ("project_id", "dimensions.id"),
                ("counterparty_id", "dimensions.id"),
                ("handout_id", "goods_handouts.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("goods_requests_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("goods_requests_id_organization_id_key")),
        sa.UniqueConstraint("approval_id", name=op.f("goods_requests_approval_id_key")),
        sa.UniqueConstraint("handout_id", name=op.f("goods_requests_handout_id_key")),
    )
    op.create_index(
        "goods_requests_reference_idx",
        "goods_requests",
        ["organization_id", "reference"],
        unique=True,
        postgresql_where=sa.text("state in ('waiting', 'approved')"),
    )
    op.create_index("goods_requests_organization_id_idx", "goods_requests", ["organization_id", "id"])
    op.create_table(
        "goods_request_lines",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("count between 1 and 1000000000000", name=op.f("goods_request_lines_count_check")),
        sa.CheckConstraint("value_minor >= 0", name=op.f("goods_request_lines_value_check")),
        sa.ForeignKeyConstraint(
            ["request_id", "organization_id"],
            ["goods_requests.id", "goods_requests.organization_id"],
            name=op.f("goods_request_lines_request_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["goods_lots.id"], name=op.f("goods_request_lines_lot_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("goods_request_lines_pkey")),
        sa.UniqueConstraint("request_id", "lot_id", name=op.f("goods_request_lines_request_id_lot_id_key")),
    )
    op.create_index("goods_request_lines_lot_id_idx", "goods_request_lines", ["lot_id"])
    rights.append_only("goods_requests", updating="state, rejected_reason, handout_id")
    rights.append_only("goods_request_lines")


def downgrade() -> None:
    op.drop_table("goods_request_lines")
    op.drop_table("goods_requests")
