"""Payment platforms: they sign with keys of their own, and tell of refunds by their running total."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "payment_platforms"
down_revision = "legal_objects"
branch_labels = None
depends_on = None

_KINDS = sa.Enum(
    "standard",
    "wechat_pay",
    "alipay",
    name="platformkind",
    native_enum=False,
    create_constraint=True,
    length=40,
)
_PURPOSES = sa.Enum(
    "signs",
    "verifies",
    "decrypts",
    name="secretpurpose",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    op.add_column("platforms", sa.Column("kind", _KINDS, nullable=False, server_default="standard"))
    op.alter_column("platforms", "kind", server_default=None)
    op.add_column("platforms", sa.Column("app_id", sa.Text(), nullable=True))
    op.add_column("platforms", sa.Column("merchant_no", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("platforms_terms_check"),
        "platforms",
        "(kind = 'standard') = (app_id is null) and (kind = 'standard') = (merchant_no is null)",
    )
    op.add_column("platform_secrets", sa.Column("purpose", _PURPOSES, nullable=False, server_default="signs"))
    op.alter_column("platform_secrets", "purpose", server_default=None)
    op.add_column("platform_secrets", sa.Column("serial", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("platform_secrets_serial_check"), "platform_secrets", "serial is null or purpose = 'verifies'"
    )
    op.create_index(
        "platform_secrets_serial_idx",
        "platform_secrets",
        ["platform_id", "serial"],
        unique=True,
        postgresql_where=sa.text("serial is not null"),
    )
    op.add_column("refunds", sa.Column("so_far", sa.Boolean(), nullable=False, server_default="false"))
    op.alter_column("refunds", "so_far", server_default=None)
    op.drop_constraint("refunds_refundstate_check", "refunds")
    op.create_check_constraint(
        op.f("refunds_refundstate_check"), "refunds", "state in ('pending', 'posted', 'excess', 'covered')"
    )
    # A running total becomes the part of it that was new, once: when it is booked.
    op.execute(f"grant update (amount) on refunds to {rights.SERVICE_ROLE}")
    op.execute(
        "create trigger refunds_amount before update of amount on refunds for each row"
        " when (new.amount <> old.amount"
        " and not (old.so_far and old.state = 'pending' and new.amount between 1 and old.amount))"
        " execute function refuse_change()"
    )


def downgrade() -> None:
    op.execute("drop trigger refunds_amount on refunds")
    op.execute(f"revoke update (amount) on refunds from {rights.SERVICE_ROLE}")
    op.drop_constraint("refunds_refundstate_check", "refunds")
    op.create_check_constraint(
        op.f("refunds_refundstate_check"), "refunds", "state in ('pending', 'posted', 'excess')"
    )
    op.drop_column("refunds", "so_far")
    op.drop_index("platform_secrets_serial_idx", table_name="platform_secrets")
    op.drop_constraint("platform_secrets_serial_check", "platform_secrets")
    op.drop_column("platform_secrets", "serial")
    op.drop_column("platform_secrets", "purpose")
    op.drop_constraint("platforms_terms_check", "platforms")
    op.drop_column("platforms", "merchant_no")
    op.drop_column("platforms", "app_id")
    op.drop_column("platforms", "kind")
