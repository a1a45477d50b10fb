"""Volunteers: people under seal, teams with their members, and the totals that statistics read."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "volunteers"
down_revision = "statements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hours_months",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "elderly",
                "children",
                "disability",
                "poverty",
                "health",
                "education",
                "culture",
                "environment",
                "emergency",
                "community",
                "other",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("record_count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("hours_months_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "month", "category", name=op.f("hours_months_pkey")),
        postgresql_with={"fillfactor": "50"},
    )
    op.create_table(
        "registry_months",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("volunteer_count", sa.BigInteger(), nullable=False),
        sa.Column("team_count", sa.BigInteger(), nullable=False),
        sa.Column("dissolved_count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("registry_months_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "month", name=op.f("registry_months_pkey")),
        postgresql_with={"fillfactor": "50"},
    )
    op.create_table(
        "volunteers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column(
            "document_kind",
            sa.Enum(
                "resident_id",
                "residence_permit",
                "travel_permit",
                "passport",
                name="documentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("document_index", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(), nullable=True),
        sa.Column("region_code", sa.Text(), nullable=True),
        sa.Column("national_number", sa.Text(), nullable=True),
        sa.Column("skills", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("categories", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("languages", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("publish_scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by", sa.Text(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(checked_at is null) = (checked_by is null)", name=op.f("volunteers_checked_check")
        ),
        sa.CheckConstraint(
            "(erased_at is null) = (document_index is not null)", name=op.f("volunteers_erased_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("volunteers_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("volunteers_region_code_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("volunteers_pkey")),
        sa.UniqueConstraint("document_index", name=op.f("volunteers_document_index_key")),
        sa.UniqueConstraint("national_number", name=op.f("volunteers_national_number_key")),
        sa.UniqueConstraint("number", name=op.f("volunteers_number_key")),
    )
    op.create_index(
        "volunteers_organization_id_idx", "volunteers", ["organization_id", "registered_on"], unique=False
    )
    op.create_index("volunteers_phone_index_idx", "volunteers", ["phone_index"], unique=False)
    op.create_table(
        "enrolments",
        sa.Column("volunteer_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("enrolled_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("enrolments_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name=op.f("enrolments_volunteer_id_fkey")
        ),
        sa.PrimaryKeyConstraint("volunteer_id", "organization_id", name=op.f("enrolments_pkey")),
    )
    op.create_index(
        "enrolments_organization_id_idx", "enrolments", ["organization_id", "volunteer_id"], unique=False
    )
    op.create_table(
        "sign_in_codes",
        sa.Column("volunteer_id", sa.Uuid(), nullable=False),
        sa.Column("code_mac", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("try_count", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("try_count between 0 and 5", name=op.f("sign_in_codes_tries_check")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name=op.f("sign_in_codes_volunteer_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("sign_in_codes_pkey")),
    )
    op.create_index("sign_in_codes_volunteer_id_idx", "sign_in_codes", ["volunteer_id"], unique=False)
    op.create_table(
        "teams",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("founded_on", sa.Date(), nullable=False),
        sa.Column("depth", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("parent_depth", sa.BigInteger(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=True),
        sa.Column("fund_id", sa.Uuid(), nullable=True),
        sa.Column("dissolved_on", sa.Date(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name=op.f("teams_code_check")),
        sa.CheckConstraint("(parent_id is null) = (parent_depth is null)", name=op.f("teams_parent_check")),
        sa.CheckConstraint(
            "depth = coalesce(parent_depth, 0) + 1 and depth <= 9", name=op.f("teams_depth_check")
        ),
        sa.CheckConstraint("dissolved_on >= founded_on", name=op.f("teams_dissolved_check")),
        sa.ForeignKeyConstraint(
            ["fund_id", "organization_id"], ["funds.id", "funds.organization_id"], name="teams_fund_fkey"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("teams_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id", "organization_id", "parent_depth"],
            ["teams.id", "teams.organization_id", "teams.depth"],
            name="teams_parent_fkey",
        ),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("teams_region_code_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("teams_pkey")),
        sa.UniqueConstraint("fund_id", name=op.f("teams_fund_id_key")),
        sa.UniqueConstraint(
            "id", "organization_id", "depth", name=op.f("teams_id_organization_id_depth_key")
        ),
        sa.UniqueConstraint("id", "organization_id", name=op.f("teams_id_organization_id_key")),
        sa.UniqueConstraint("organization_id", "code", name=op.f("teams_organization_id_code_key")),
    )
    op.create_index("teams_parent_id_idx", "teams", ["parent_id"], unique=False)
    op.create_table(
        "volunteer_consents",
        sa.Column("volunteer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "publish",
                "guardian",
                name="consentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name=op.f("volunteer_consents_volunteer_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("volunteer_consents_pkey")),
    )
    op.create_index(
        "volunteer_consents_volunteer_id_idx", "volunteer_consents", ["volunteer_id", "id"], unique=False
    )
    op.create_table(
        "volunteer_stays",
        sa.Column("volunteer_id", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name=op.f("volunteer_stays_volunteer_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("volunteer_stays_pkey")),
    )
    op.create_index(
        op.f("volunteer_stays_volunteer_id_idx"), "volunteer_stays", ["volunteer_id"], unique=False
    )
    op.create_table(
        "volunteer_totals",
        sa.Column("volunteer_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("record_count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("volunteer_totals_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name=op.f("volunteer_totals_volunteer_id_fkey")
        ),
        sa.PrimaryKeyConstraint("volunteer_id", "organization_id", name=op.f("volunteer_totals_pkey")),
        postgresql_with={"fillfactor": "50"},
    )
    op.create_table(
        "memberships",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("volunteer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "active",
                "declined",
                "ended",
                name="memberstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "role",
            sa.Enum(
                "member", "leader", name="memberrole", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'ended') = (left_on is not null)", name=op.f("memberships_ended_check")),
        sa.CheckConstraint(
            "state <> 'active' or joined_on is not null", name=op.f("memberships_joined_check")
        ),
        sa.CheckConstraint("left_on >= joined_on", name=op.f("memberships_dates_check")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("memberships_team_id_fkey")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name=op.f("memberships_volunteer_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("memberships_pkey")),
    )
    op.create_index(
        "memberships_live_idx",
        "memberships",
        ["team_id", "volunteer_id"],
        unique=True,
        postgresql_where=sa.text("state in ('asked', 'active')"),
    )
    op.create_index("memberships_team_id_idx", "memberships", ["team_id", "id"], unique=False)
    op.create_index("memberships_volunteer_id_idx", "memberships", ["volunteer_id"], unique=False)
    op.create_table(
        "team_months",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("record_count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("team_months_team_id_fkey")),
        sa.PrimaryKeyConstraint("team_id", "month", name=op.f("team_months_pkey")),
        postgresql_with={"fillfactor": "50"},
    )
    op.create_table(
        "volunteer_refresh_tokens",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["stay_id"], ["volunteer_stays.id"], name=op.f("volunteer_refresh_tokens_stay_id_fkey")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("volunteer_refresh_tokens_pkey")),
    )
    op.create_index(
        op.f("volunteer_refresh_tokens_stay_id_idx"), "volunteer_refresh_tokens", ["stay_id"], unique=False
    )

    rights.append_only(
        "volunteers",
        updating="document_kind, document_index, phone_index, region_code, national_number, skills,"
        " categories, languages, publish_scopes, checked_at, checked_by, erased_at, version",
    )
    rights.append_only("enrolments", "volunteer_consents")
    rights.append_only("sign_in_codes", updating="try_count, used_at")
    rights.append_only("volunteer_stays", updating="ended_at, ended_because")
    rights.append_only("volunteer_refresh_tokens", updating="spent_at")
    rights.append_only(
        "teams",
        updating="name, purpose, region_code, parent_id, parent_depth, depth, fund_id, dissolved_on, version",
    )
    rights.append_only("memberships", updating="state, role, joined_on, left_on, changed_by, changed_at")
    rights.writable("registry_months", "hours_months", "team_months", "volunteer_totals")


def downgrade() -> None:
    op.drop_index(op.f("volunteer_refresh_tokens_stay_id_idx"), table_name="volunteer_refresh_tokens")
    op.drop_table("volunteer_refresh_tokens")
    op.drop_table("team_months")
    op.drop_index("memberships_volunteer_id_idx", table_name="memberships")
    op.drop_index("memberships_team_id_idx", table_name="memberships")
    op.drop_index(
        "memberships_live_idx",
        table_name="memberships",
        postgresql_where=sa.text("state in ('asked', 'active')"),
    )
    op.drop_table("memberships")
    op.drop_table("volunteer_totals")
    op.drop_index(op.f("volunteer_stays_volunteer_id_idx"), table_name="volunteer_stays")
    op.drop_table("volunteer_stays")
    op.drop_index("volunteer_consents_volunteer_id_idx", table_name="volunteer_consents")
    op.drop_table("volunteer_consents")
    op.drop_index("teams_parent_id_idx", table_name="teams")
    op.drop_table("teams")
    op.drop_index("sign_in_codes_volunteer_id_idx", table_name="sign_in_codes")
    op.drop_table("sign_in_codes")
    op.drop_index("enrolments_organization_id_idx", table_name="enrolments")
    op.drop_table("enrolments")
    op.drop_index("volunteers_phone_index_idx", table_name="volunteers")
    op.drop_index("volunteers_organization_id_idx", table_name="volunteers")
    op.drop_table("volunteers")
    op.drop_table("registry_months")
    op.drop_table("hours_months")
