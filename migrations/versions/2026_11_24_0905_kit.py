"""The kit: people's keys and values in the vault, answers given before."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "kit"
down_revision = "ledger"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vault_people",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(wrapped_key is null) = (erased_at is not null)", name=op.f("vault_people_key_or_erased_check")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("vault_people_pkey")),
    )
    op.create_table(
        "vault_values",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["vault_people.id"], name=op.f("vault_values_person_id_fkey")),
        sa.PrimaryKeyConstraint("person_id", "field", name=op.f("vault_values_pkey")),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("idempotency_keys_pkey")),
    )
    op.create_index(op.f("idempotency_keys_created_at_idx"), "idempotency_keys", ["created_at"])
    op.create_index(op.f("idempotency_keys_person_id_idx"), "idempotency_keys", ["person_id"])
    rights.writable("vault_people", "vault_values", "idempotency_keys")


def downgrade() -> None:
    op.drop_table("idempotency_keys")
    op.drop_table("vault_values")
    op.drop_table("vault_people")
