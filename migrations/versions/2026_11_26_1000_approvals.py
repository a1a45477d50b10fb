"""Approvals: requests with their steps and decisions, the policies that choose steps, and deputies."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "approvals"
down_revision = "volunteers"
branch_labels = None
depends_on = None

TABLES = (
    "approval_policies",
    "approvals",
    "approval_steps",
    "approval_tiers",
    "deputyships",
    "approval_decisions",
)

# An end is an end: what was approved, rejected or withdrawn is asked for anew, never reopened.
FINAL = """
create function refuse_reopening() returns trigger language plpgsql as $$
begin
  raise exception 'a request that has ended does not change' using errcode = 'restrict_violation';
end $$;
create trigger approvals_final before update on approvals for each row
  when (old.state <> 'waiting') execute function refuse_reopening();
"""


def upgrade() -> None:
    op.create_table(
        "approval_policies",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind ~ '^[a-z][a-z_]{0,39}$'", name=op.f("approval_policies_kind_check")),
        sa.CheckConstraint("version > 0", name=op.f("approval_policies_version_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("approval_policies_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "kind", "version", name=op.f("approval_policies_pkey")),
    )
    op.create_table(
        "approvals",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("step_count", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "approved",
                "rejected",
                "withdrawn",
                name="approvalstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("agreed_count", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'approved') = (agreed_count = step_count)", name=op.f("approvals_approved_check")
        ),
        sa.CheckConstraint("(state = 'waiting') = (ended_at is null)", name=op.f("approvals_ended_check")),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_by is not null)", name=op.f("approvals_withdrawn_check")
        ),
        sa.CheckConstraint("kind ~ '^[a-z][a-z_]{0,39}$'", name=op.f("approvals_kind_check")),
        sa.CheckConstraint("title <> ''", name=op.f("approvals_title_check")),
        sa.CheckConstraint(
            "agreed_count between 0 and step_count", name=op.f("approvals_agreed_count_check")
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("approvals_amount_check")),
        sa.CheckConstraint("step_count between 1 and 5", name=op.f("approvals_step_count_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("approvals_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("approvals_pkey")),
        sa.UniqueConstraint("id", "asked_by", name=op.f("approvals_id_asked_by_key")),
    )
    op.create_index("approvals_organization_id_idx", "approvals", ["organization_id", "id"], unique=False)
    op.create_index("approvals_subject_id_idx", "approvals", ["subject_id", "kind"], unique=False)
    op.create_index(
        "approvals_waiting_idx",
        "approvals",
        ["kind", "subject_id"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "approval_steps",
        sa.Column("approval_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "admin",
                "accountant",
                "reviewer",
                "cashier",
                "fundraising_officer",
                "project_officer",
                "volunteer_coordinator",
                "disclosure_officer",
                "auditor",
                "viewer",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("number between 1 and 5", name=op.f("approval_steps_number_check")),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approvals.id"], name=op.f("approval_steps_approval_id_fkey")
        ),
        sa.PrimaryKeyConstraint("approval_id", "number", name=op.f("approval_steps_pkey")),
    )
    op.create_table(
        "approval_tiers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("roles", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("up_to_minor", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "roles <@ array['admin', 'accountant', 'reviewer', 'cashier', 'fundraising_officer', 'project_officer', 'volunteer_coordinator', 'disclosure_officer', 'auditor', 'viewer'] and cardinality(roles) between 1 and 5",
            name=op.f("approval_tiers_roles_check"),
        ),
        sa.CheckConstraint("up_to_minor > 0", name=op.f("approval_tiers_up_to_check")),
        sa.ForeignKeyConstraint(
            ["organization_id", "kind", "version"],
            ["approval_policies.organization_id", "approval_policies.kind", "approval_policies.version"],
            name="approval_tiers_policy_fkey",
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "kind", "version", "number", name=op.f("approval_tiers_pkey")
        ),
    )
    op.create_table(
        "deputyships",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("deputy_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("exception_reason", sa.Text(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("exception_reason <> ''", name=op.f("deputyships_exception_reason_check")),
        sa.CheckConstraint("reason <> ''", name=op.f("deputyships_reason_check")),
        sa.CheckConstraint(
            "(revoked_at is null) = (revoked_by is null)", name=op.f("deputyships_revoked_check")
        ),
        sa.CheckConstraint("principal_id <> deputy_id", name=op.f("deputyships_two_people_check")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("deputyships_valid_check")),
        sa.ForeignKeyConstraint(["deputy_id"], ["staff.id"], name=op.f("deputyships_deputy_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("deputyships_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["principal_id"], ["staff.id"], name=op.f("deputyships_principal_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("deputyships_pkey")),
    )
    op.create_index(
        "deputyships_deputy_id_idx", "deputyships", ["deputy_id", "organization_id"], unique=False
    )
    op.create_index("deputyships_organization_id_idx", "deputyships", ["organization_id"], unique=False)
    op.create_table(
        "approval_decisions",
        sa.Column("approval_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "approve", "reject", name="verdict", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("held_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("deputyship_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("approval_decisions_words_check")),
        sa.CheckConstraint(
            "verdict = 'approve' or reason is not null", name=op.f("approval_decisions_reason_check")
        ),
        sa.CheckConstraint(
            "(deputyship_id is null) = (decided_by = held_by)", name=op.f("approval_decisions_deputy_check")
        ),
        sa.CheckConstraint(
            "decided_by <> asked_by and held_by <> asked_by", name=op.f("approval_decisions_asker_check")
        ),
        sa.ForeignKeyConstraint(
            ["approval_id", "asked_by"],
            ["approvals.id", "approvals.asked_by"],
            name="approval_decisions_asked_by_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["approval_id", "number"],
            ["approval_steps.approval_id", "approval_steps.number"],
            name="approval_decisions_step_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["deputyship_id"], ["deputyships.id"], name=op.f("approval_decisions_deputyship_id_fkey")
        ),
        sa.PrimaryKeyConstraint("approval_id", "number", name=op.f("approval_decisions_pkey")),
        sa.UniqueConstraint(
            "approval_id", "decided_by", name=op.f("approval_decisions_approval_id_decided_by_key")
        ),
        sa.UniqueConstraint(
            "approval_id", "held_by", name=op.f("approval_decisions_approval_id_held_by_key")
        ),
    )
    op.execute(FINAL)
    rights.append_only("approvals", updating="state, agreed_count, ended_at, withdrawn_by")
    rights.append_only("deputyships", updating="revoked_at, revoked_by")
    rights.append_only("approval_policies", "approval_tiers", "approval_steps", "approval_decisions")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("drop function refuse_reopening()")
