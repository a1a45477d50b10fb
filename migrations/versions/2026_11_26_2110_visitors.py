"""Visitors: who was proven to be somebody through a front end, and the codes sent on the way there."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "visitors"
down_revision = "factor_demands"
branch_labels = None
depends_on = None

_BEFORE = (
    "'audit', 'partner', 'organizations', 'accounting', 'fundraising', 'projects', 'volunteers',"
    " 'disclosure', 'platforms'"
)


def upgrade() -> None:
    op.execute("alter table api_keys drop constraint api_keys_scopes_check")
    op.execute(
        "alter table api_keys add constraint api_keys_scopes_check"
        f" check (scopes <@ array[{_BEFORE}, 'front_end'] and cardinality(scopes) > 0)"
    )
    op.create_table(
        "visitors",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("visitors_pkey")),
    )
    op.create_table(
        "visitor_identities",
        sa.Column(
            "kind",
            sa.Enum(
                "phone",
                "platform",
                name="identitykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("index", sa.LargeBinary(), nullable=False),
        sa.Column("visitor_id", sa.Uuid(), nullable=False),
        sa.Column("proven_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["visitors.id"], name=op.f("visitor_identities_visitor_id_fkey")
        ),
        sa.PrimaryKeyConstraint("kind", "index", name=op.f("visitor_identities_pkey")),
    )
    op.create_index("visitor_identities_visitor_id_idx", "visitor_identities", ["visitor_id"])
    op.create_table(
        "visits",
        sa.Column("visitor_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["api_keys.id"], name=op.f("visits_key_id_fkey")),
        sa.ForeignKeyConstraint(["visitor_id"], ["visitors.id"], name=op.f("visits_visitor_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("visits_pkey")),
    )
    op.create_index("visits_visitor_id_idx", "visits", ["visitor_id"])
    op.create_table(
        "visitor_codes",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("phone_index", sa.LargeBinary(), nullable=False),
        sa.Column("code_mac", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("try_count", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("try_count between 0 and 5", name=op.f("visitor_codes_tries_check")),
        sa.ForeignKeyConstraint(["key_id"], ["api_keys.id"], name=op.f("visitor_codes_key_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("visitor_codes_pkey")),
    )
    op.create_index("visitor_codes_phone_index_idx", "visitor_codes", ["phone_index", "created_at"])
    op.create_index("visitor_codes_created_at_idx", "visitor_codes", ["created_at"])
    rights.writable("visitors", "visitor_identities", "visitor_codes")
    rights.append_only("visits", updating="ended_at")


def downgrade() -> None:
    for table in ("visitor_codes", "visits", "visitor_identities", "visitors"):
        op.drop_table(table)
    # Keys are kept for ever, but those of a door that is taken away have nothing left that they open.
    op.execute("alter table api_keys disable trigger user")
    op.execute("delete from api_keys where 'front_end' = any (scopes)")
    op.execute("alter table api_keys enable trigger user")
    op.execute("alter table api_keys drop constraint api_keys_scopes_check")
    op.execute(
        "alter table api_keys add constraint api_keys_scopes_check"
        f" check (scopes <@ array[{_BEFORE}] and cardinality(scopes) > 0)"
    )
