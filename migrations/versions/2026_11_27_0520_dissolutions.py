"""Dissolutions and lost receipts: what sets the last clocks off that had no table."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "dissolutions"
down_revision = "council_meetings"
branch_labels = None
depends_on = None

_BEFORE = (
    *("organization", "year", "campaign", "plan", "plan_change", "voucher", "trust", "trusteeship"),
    *("basic_information", "project", "disbursement", "transfer", "related_party_event"),
)
_NEW = ("certificate", "dissolution", "receipt_loss")
_SUBJECTS = "obligations_subjectkind_check"
_GROUNDS = ("charter", "merger_or_division", "inactive", "registration_revoked", "other_by_law")


def _subjects(*kinds: str) -> None:
    op.drop_constraint(op.f(_SUBJECTS), "obligations", type_="check")
    known = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_check_constraint(op.f(_SUBJECTS), "obligations", f"subject_kind in ({known})")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    _dissolutions()
    _receipt_losses()
    _subjects(*_BEFORE, *_NEW)
    rights.append_only(
        "dissolutions",
        updating="group_formed_on, announced_on, announced_in, formed_by, liquidated_on, remainder_minor,"
        " remainder_to, remainder_basis, liquidated_by, deregistered_on, deregistration_no, deregistered_by,"
        " withdrawn_on, withdrawn_by, withdrawn_reason",
    )
    rights.append_only(
        "receipt_losses",
        updating="declared_on, declared_in, declared_by, withdrawn_on, withdrawn_by, withdrawn_reason",
    )


def downgrade() -> None:
    # What was done about them stays on record.
    new = ", ".join(f"'{kind}'" for kind in _NEW)
    op.execute(f"update obligations set subject_kind = 'organization' where subject_kind in ({new})")
    _subjects(*_BEFORE)
    op.drop_table("receipt_losses")
    op.drop_table("dissolutions")


def _dissolutions() -> None:
    op.create_table(
        "dissolutions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("ground", _one_of("dissolutionground", *_GROUNDS), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("group_formed_on", sa.Date(), nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("announced_in", sa.Text(), nullable=True),
        sa.Column("formed_by", sa.Text(), nullable=True),
        sa.Column("liquidated_on", sa.Date(), nullable=True),
        sa.Column("remainder_minor", sa.BigInteger(), nullable=True),
        sa.Column("remainder_to", sa.Text(), nullable=True),
        sa.Column("remainder_basis", _one_of("remainderbasis", "charter", "authority"), nullable=True),
        sa.Column("liquidated_by", sa.Text(), nullable=True),
        sa.Column("deregistered_on", sa.Date(), nullable=True),
        sa.Column("deregistration_no", sa.Text(), nullable=True),
        sa.Column("deregistered_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(group_formed_on, announced_on, announced_in, formed_by) in (0, 4)",
            name=op.f("dissolutions_formed_check"),
        ),
        sa.CheckConstraint(
            "group_formed_on >= occurred_on and announced_on >= group_formed_on",
            name=op.f("dissolutions_formed_order_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(liquidated_on, remainder_minor, liquidated_by) in (0, 3)",
            name=op.f("dissolutions_liquidated_check"),
        ),
        sa.CheckConstraint(
            "liquidated_on is null or (group_formed_on is not null and liquidated_on >= group_formed_on)",
            name=op.f("dissolutions_liquidated_order_check"),
        ),
        sa.CheckConstraint(
            "remainder_minor between 0 and 1000000000000000", name=op.f("dissolutions_remainder_check")
        ),
        sa.CheckConstraint(
            "num_nonnulls(remainder_to, remainder_basis)"
            " = case when coalesce(remainder_minor, 0) > 0 then 2 else 0 end",
            name=op.f("dissolutions_destination_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(deregistered_on, deregistration_no, deregistered_by) in (0, 3)",
            name=op.f("dissolutions_deregistered_check"),
        ),
        sa.CheckConstraint(
            "deregistered_on is null or (liquidated_on is not null and deregistered_on >= liquidated_on)",
            name=op.f("dissolutions_deregistered_order_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(withdrawn_on, withdrawn_by, withdrawn_reason) in (0, 3)",
            name=op.f("dissolutions_withdrawn_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(withdrawn_on, deregistered_on) < 2", name=op.f("dissolutions_over_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("dissolutions_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("dissolutions_pkey")),
    )
    op.create_index(
        "dissolutions_live_idx",
        "dissolutions",
        ["organization_id"],
        unique=True,
        postgresql_where=sa.text("withdrawn_on is null"),
    )
    op.create_index(
        "dissolutions_organization_id_idx",
        "dissolutions",
        ["organization_id", "occurred_on", "id"],
        unique=False,
    )


def _receipt_losses() -> None:
    op.create_table(
        "receipt_losses",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _one_of("lostreceiptkind", "blank", "written", "stub"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("lost_on", sa.Date(), nullable=False),
        sa.Column("circumstances", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("receipt_id", sa.Uuid(), nullable=True),
        sa.Column("declared_on", sa.Date(), nullable=True),
        sa.Column("declared_in", sa.Text(), nullable=True),
        sa.Column("declared_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(declared_on, declared_in, declared_by) in (0, 3)",
            name=op.f("receipt_losses_declared_check"),
        ),
        sa.CheckConstraint("declared_on >= lost_on", name=op.f("receipt_losses_order_check")),
        sa.CheckConstraint(
            "num_nonnulls(withdrawn_on, withdrawn_by, withdrawn_reason) in (0, 3)",
            name=op.f("receipt_losses_withdrawn_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(declared_on, withdrawn_on) < 2", name=op.f("receipt_losses_over_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("receipt_losses_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id", "organization_id"],
            ["receipts.id", "receipts.organization_id"],
            name=op.f("receipt_losses_receipt_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("receipt_losses_pkey")),
    )
    op.create_index(
        "receipt_losses_live_idx",
        "receipt_losses",
        ["organization_id", "code", "number"],
        unique=True,
        postgresql_where=sa.text("withdrawn_on is null"),
    )
    op.create_index(
        "receipt_losses_organization_id_idx",
        "receipt_losses",
        ["organization_id", "lost_on", "id"],
        unique=False,
    )
