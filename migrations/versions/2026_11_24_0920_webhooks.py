"""Webhooks: the messages of platforms, kept as they came."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "webhooks"
down_revision = "fundraising"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("platform_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "posted",
                "duplicate",
                "suspense",
                "pending",
                "ignored",
                "conflict",
                "rejected",
                name="deliveryoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("body_mac", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("donation_id", sa.Uuid(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("lookup_code", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "accepted = (outcome not in ('conflict', 'rejected'))", name=op.f("deliveries_accepted_check")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["vault_people.id"], name=op.f("deliveries_person_id_fkey")),
        sa.ForeignKeyConstraint(["platform_id"], ["dimensions.id"], name=op.f("deliveries_platform_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("deliveries_pkey")),
    )
    op.create_index(
        "deliveries_event_idx",
        "deliveries",
        ["platform_id", "event_id"],
        unique=True,
        postgresql_where=sa.text("accepted"),
    )
    op.create_index("deliveries_platform_id_id_idx", "deliveries", ["platform_id", "id"], unique=False)
    op.create_index(
        "deliveries_refused_idx",
        "deliveries",
        ["platform_id", "id"],
        unique=False,
        postgresql_where=sa.text("not accepted"),
    )

    # A replay changes what became of a message, and may tell whose it is; retention empties its body.
    rights.append_only(
        "deliveries",
        updating="outcome, accepted, donation_id, entry_id, lookup_code, problem, person_id, body_sealed",
    )


def downgrade() -> None:
    op.drop_index("deliveries_refused_idx", table_name="deliveries", postgresql_where=sa.text("not accepted"))
    op.drop_index("deliveries_platform_id_id_idx", table_name="deliveries")
    op.drop_index("deliveries_event_idx", table_name="deliveries", postgresql_where=sa.text("accepted"))
    op.drop_table("deliveries")
