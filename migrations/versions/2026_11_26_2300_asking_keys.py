"""Asking keys: our own private key at a payment platform, by which we ask it to collect an order."""

from alembic import op

revision = "asking_keys"
down_revision = "bank_whole"
branch_labels = None
depends_on = None

_TABLE = "platform_secrets"


def upgrade() -> None:
    _purposes("'signs', 'verifies', 'decrypts', 'asks'", serials="'verifies', 'asks'")


def downgrade() -> None:
    op.execute("delete from platform_secrets where purpose = 'asks'")
    _purposes("'signs', 'verifies', 'decrypts'", serials="'verifies'")


def _purposes(known: str, *, serials: str) -> None:
    op.drop_constraint("platform_secrets_secretpurpose_check", _TABLE)
    op.create_check_constraint(op.f("platform_secrets_secretpurpose_check"), _TABLE, f"purpose in ({known})")
    op.drop_constraint("platform_secrets_serial_check", _TABLE)
    op.create_check_constraint(
        op.f("platform_secrets_serial_check"), _TABLE, f"serial is null or purpose in ({serials})"
    )
