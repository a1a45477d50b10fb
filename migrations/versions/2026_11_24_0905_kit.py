"""The kit: people's keys and values in the vault, answers given before, what there is to tell, the job queue."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects.postgresql import JSONB

from app.kit.database import Xid8
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
    op.create_table(
        "outbox_events",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("payload", JSONB(), nullable=False),
        sa.Column("xid", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("outbox_events_pkey")),
    )
    op.create_index(op.f("outbox_events_xid_id_idx"), "outbox_events", ["xid", "id"])
    rights.writable("vault_people", "vault_values", "idempotency_keys", "outbox_events")
    _create_queue()


def _create_queue() -> None:
    # Past SQLAlchemy: the schema is many statements at once, with colons and per cents of its own.
    op.get_bind().connection.cursor().execute(SchemaManager.get_schema())
    rights.writable(*_queue("r"))
    for sequence in _queue("S"):
        op.execute(f"grant usage on sequence {sequence} to {rights.SERVICE_ROLE}")


def _queue(kind: str) -> list[str]:
    found = sa.text(
        "select relname from pg_class where relkind = :kind and relnamespace = 'public'::regnamespace"
        " and starts_with(relname, 'procrastinate_') order by relname"
    )
    return list(op.get_bind().scalars(found, {"kind": kind}))


DROP_QUEUE = """
do $$
declare target text;
begin
  for target in select oid::regclass::text from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and starts_with(relname, 'procrastinate_')
  loop execute 'drop table ' || target || ' cascade'; end loop;
  for target in select oid::regprocedure::text from pg_proc
    where pronamespace = 'public'::regnamespace and starts_with(proname, 'procrastinate_')
  loop execute 'drop function ' || target || ' cascade'; end loop;
  for target in select oid::regtype::text from pg_type
    where typnamespace = 'public'::regnamespace and typtype in ('e', 'c') and starts_with(typname, 'procrastinate_')
  loop execute 'drop type ' || target || ' cascade'; end loop;
end $$
"""


def downgrade() -> None:
    op.execute(DROP_QUEUE)
    op.drop_table("outbox_events")
    op.drop_table("idempotency_keys")
    op.drop_table("vault_values")
    op.drop_table("vault_people")
