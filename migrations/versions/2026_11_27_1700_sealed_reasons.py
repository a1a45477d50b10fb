"""Sealed reasons: why a gift was corrected leaves the clear; no key is known here, so the worker seals it."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "sealed_reasons"
down_revision = "statement_notes"
branch_labels = None
depends_on = None

# What was written before the giver was erased is gone with them; what came after is about nobody known.
_TAKE = """
insert into unsealed_values (person_id, field, value)
select case when p.erased_at is null then d.person_id else c.id end, 'correction_reason:' || c.id, c.reason
from corrections c join donations d on d.id = c.donation_id left join vault_people p on p.id = d.person_id
where (p.erased_at is null or c.created_at > p.erased_at) and c.reason <> '（加密保存）'
"""
_GIVE_BACK = """
update corrections c set reason = u.value from unsealed_values u where u.field = 'correction_reason:' || c.id
"""


def upgrade() -> None:
    op.create_table(
        "unsealed_values",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "field", name=op.f("unsealed_values_pkey")),
    )
    op.execute(f"grant select, delete on unsealed_values to {rights.SERVICE_ROLE}")
    op.execute(_TAKE)
    op.drop_column("corrections", "reason")


def downgrade() -> None:
    # What is sealed stays so: it is read again after the next way up.
    op.add_column(
        "corrections", sa.Column("reason", sa.Text(), nullable=False, server_default="（加密保存）")
    )
    op.alter_column("corrections", "reason", server_default=None)
    op.execute("alter table corrections disable trigger corrections_append_only")
    op.execute(_GIVE_BACK)
    op.execute("alter table corrections enable trigger corrections_append_only")
    op.drop_table("unsealed_values")
