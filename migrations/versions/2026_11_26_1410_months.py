"""Months: closed by two people, reopened with a reason; a published year stays as it is."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rights

revision = "months"
down_revision = "openings"
branch_labels = None
depends_on = None

_GUARD = """
create function periods_published() returns trigger language plpgsql as $$
begin
  if old.state = 'closed' and new.state <> 'closed' and exists (
       select from published_years y where y.organization_id = new.organization_id
       and y.year = extract(year from new.month)) then
    raise exception 'the year of % is published', new.month
      using errcode = '23514', constraint = 'periods_published';
  end if;
  return new;
end $$
"""


def upgrade() -> None:
    op.create_table(
        "month_steps",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "asked",
                "closed",
                "reopened",
                name="stepkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("taken_by", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("checklist", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("asked_by <> taken_by", name=op.f("month_steps_two_people_check")),
        sa.CheckConstraint(
            "(kind = 'closed') = (asked_by is not null)", name=op.f("month_steps_asked_by_check")
        ),
        sa.CheckConstraint("kind <> 'reopened' or reason is not null", name=op.f("month_steps_reason_check")),
        sa.ForeignKeyConstraint(
            ["organization_id", "month"],
            ["periods.organization_id", "periods.month"],
            name=op.f("month_steps_organization_id_month_fkey"),
        ),
        sa.ForeignKeyConstraint(["taken_by"], ["staff.id"], name=op.f("month_steps_taken_by_fkey")),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("month_steps_asked_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("month_steps_pkey")),
    )
    op.create_index(
        "month_steps_organization_id_month_idx", "month_steps", ["organization_id", "month", "id"]
    )
    op.create_table(
        "published_years",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("publication", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("published_years_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "year", name=op.f("published_years_pkey")),
    )
    rights.append_only("month_steps", "published_years")
    op.execute(_GUARD)
    op.execute(
        "create trigger periods_published before update on periods"
        " for each row execute function periods_published()"
    )


def downgrade() -> None:
    op.execute("drop trigger periods_published on periods")
    op.execute("drop function periods_published()")
    op.drop_table("published_years")
    op.drop_index("month_steps_organization_id_month_idx", table_name="month_steps")
    op.drop_table("month_steps")
