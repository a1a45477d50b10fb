"""Subscriptions: who is told of events, with which secrets, what each was told, and which topics are wanted."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rights

revision = "subscriptions"
down_revision = "volunteer_notices"
branch_labels = None
depends_on = None

_CHANGING = (
    "name, url, event_types, with_subtree, cursor, version, attempt_count, failing_since_at, next_attempt_at,"
    " lease_id, leased_until, disabled_at, disabled_because"
)


def upgrade() -> None:
    op.create_table(
        "outbox_topics",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("topic", name=op.f("outbox_topics_pkey")),
    )
    op.create_table(
        "subscriptions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("event_types", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("with_subtree", sa.Boolean(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("attempt_count", sa.BigInteger(), nullable=False),
        sa.Column("failing_since_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_id", sa.Uuid(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "disabled_because",
            sa.Enum(
                *("by_hand", "gone", "undeliverable"),
                name="disabledbecause",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("char_length(url) between 1 and 2000", name=op.f("subscriptions_url_check")),
        sa.CheckConstraint(
            "(disabled_at is null) = (disabled_because is null)", name=op.f("subscriptions_disabled_check")
        ),
        sa.CheckConstraint(
            "(lease_id is null) = (leased_until is null)", name=op.f("subscriptions_lease_check")
        ),
        sa.CheckConstraint("attempt_count >= 0", name=op.f("subscriptions_attempt_count_check")),
        sa.CheckConstraint(
            "(attempt_count = 0) = (failing_since_at is null)", name=op.f("subscriptions_failing_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("subscriptions_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("subscriptions_pkey")),
    )
    op.create_index("subscriptions_organization_id_id_idx", "subscriptions", ["organization_id", "id"])
    op.create_table(
        "subscription_secrets",
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name=op.f("subscription_secrets_subscription_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("subscription_secrets_pkey")),
    )
    op.create_index(
        op.f("subscription_secrets_subscription_id_idx"), "subscription_secrets", ["subscription_id"]
    )
    op.create_table(
        "dispatches",
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *("waiting", "delivered", "withdrawn"),
                name="dispatchstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempt_count", sa.BigInteger(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'delivered') = (delivered_at is not null)", name=op.f("dispatches_delivered_check")
        ),
        sa.CheckConstraint(
            "asked_again_at is null or state <> 'waiting'", name=op.f("dispatches_asked_again_check")
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name=op.f("dispatches_subscription_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("dispatches_pkey")),
        sa.UniqueConstraint(
            "subscription_id", "event_id", name=op.f("dispatches_subscription_id_event_id_key")
        ),
    )
    op.create_index("dispatches_subscription_id_id_idx", "dispatches", ["subscription_id", "id"])
    op.create_index(
        "dispatches_asked_again_idx",
        "dispatches",
        ["subscription_id"],
        postgresql_where=sa.text("asked_again_at is not null"),
    )
    op.create_index("dispatches_created_at_idx", "dispatches", ["created_at"])
    op.create_table(
        "dispatch_attempts",
        sa.Column("dispatch_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                *("accepted", "refused", "gone", "unreachable", "timed_out", "address_refused"),
                name="attemptoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("status_code", sa.BigInteger(), nullable=True),
        sa.Column("took_ms", sa.BigInteger(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status_code between 100 and 999", name=op.f("dispatch_attempts_status_code_check")
        ),
        sa.CheckConstraint(
            "(outcome in ('accepted', 'refused', 'gone')) = (status_code is not null)",
            name=op.f("dispatch_attempts_answered_check"),
        ),
        sa.CheckConstraint("took_ms >= 0", name=op.f("dispatch_attempts_took_ms_check")),
        sa.ForeignKeyConstraint(
            ["dispatch_id"],
            ["dispatches.id"],
            name=op.f("dispatch_attempts_dispatch_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("dispatch_attempts_pkey")),
    )
    op.create_index(op.f("dispatch_attempts_dispatch_id_idx"), "dispatch_attempts", ["dispatch_id"])
    rights.append_only("subscriptions", updating=_CHANGING)
    rights.append_only("subscription_secrets", updating="expires_at")
    # The log of what was told is deleted when its time is over.
    rights.writable("outbox_topics", "dispatches", "dispatch_attempts")


def downgrade() -> None:
    for table in (
        *("dispatch_attempts", "dispatches", "subscription_secrets", "subscriptions", "outbox_topics"),
    ):
        op.drop_table(table)
