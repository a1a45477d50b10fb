"""Organizations and access: members, regions, people and machines, their roles, and platforms."""

import sqlalchemy as sa
from alembic import op

from app.organizations import regions
from migrations import rights

revision = "organizations"
down_revision = "kit"
branch_labels = None
depends_on = None

TABLES = (
    "regions",
    "organizations",
    "delegations",
    "platforms",
    "staff",
    "api_keys",
    "grants",
    "logins",
    "password_resets",
    "platform_secrets",
    "refresh_tokens",
)


def upgrade() -> None:
    op.create_table(
        "regions",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "province",
                "city",
                "county",
                name="regionlevel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parent_code", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("successor_code", sa.Text(), nullable=True),
        sa.CheckConstraint("(parent_code is null) = (level = 'province')", name=op.f("regions_parent_check")),
        sa.CheckConstraint("code ~ '^[0-9]{6}$'", name=op.f("regions_code_check")),
        sa.CheckConstraint("successor_code <> code", name=op.f("regions_successor_check")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("regions_valid_check")),
        sa.ForeignKeyConstraint(["parent_code"], ["regions.code"], name=op.f("regions_parent_code_fkey")),
        sa.ForeignKeyConstraint(
            ["successor_code"], ["regions.code"], name=op.f("regions_successor_code_fkey")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("regions_pkey")),
    )
    op.create_index("regions_parent_code_idx", "regions", ["parent_code"], unique=False)
    op.create_table(
        "organizations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "tier",
            sa.Enum(
                "province",
                "city",
                "county",
                name="tier",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column(
            "legal_form",
            sa.Enum(
                "association",
                "foundation",
                "social_service_org",
                "other",
                name="legalform",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("books_from", sa.Date(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("parent_rank", sa.SmallInteger(), nullable=True),
        sa.Column("uscc", sa.Text(), nullable=True),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("chart_version", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "rank",
            sa.SmallInteger(),
            sa.Computed("case tier when 'province' then 1 when 'city' then 2 else 3 end", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "dimension_kind",
            sa.String(length=40),
            sa.Computed("'organization'", persisted=True),
            nullable=False,
        ),
        sa.CheckConstraint(
            "code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name=op.f("organizations_code_check")
        ),
        sa.CheckConstraint("name <> ''", name=op.f("organizations_name_check")),
        sa.CheckConstraint("uscc ~ '^[0-9A-HJ-NP-RT-UW-Y]{18}$'", name=op.f("organizations_uscc_check")),
        sa.CheckConstraint(
            "(parent_id is null) = (parent_rank is null)", name=op.f("organizations_parent_check")
        ),
        sa.CheckConstraint("parent_rank < rank", name=op.f("organizations_acyclic_check")),
        sa.ForeignKeyConstraint(
            ["id", "dimension_kind"],
            ["dimensions.id", "dimensions.kind"],
            name="organizations_dimension_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["parent_id", "parent_rank"],
            ["organizations.id", "organizations.rank"],
            name="organizations_parent_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("organizations_region_code_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("organizations_pkey")),
        sa.UniqueConstraint("code", name=op.f("organizations_code_key")),
        sa.UniqueConstraint("id", "rank", name=op.f("organizations_id_rank_key")),
        sa.UniqueConstraint("uscc", name=op.f("organizations_uscc_key")),
    )
    op.create_index("organizations_parent_id_idx", "organizations", ["parent_id"], unique=False)
    op.create_table(
        "delegations",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("delegate_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("delegations_reason_check")),
        sa.CheckConstraint(
            "(revoked_at is null) = (revoked_by is null)", name=op.f("delegations_revoked_check")
        ),
        sa.CheckConstraint("organization_id <> delegate_id", name=op.f("delegations_two_members_check")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("delegations_valid_check")),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["organizations.id"], name=op.f("delegations_delegate_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("delegations_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("delegations_pkey")),
    )
    op.create_index(
        "delegations_delegate_id_idx",
        "delegations",
        ["delegate_id"],
        unique=False,
        postgresql_where=sa.text("revoked_at is null"),
    )
    op.create_index("delegations_organization_id_idx", "delegations", ["organization_id"], unique=False)
    op.create_table(
        "platforms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("rate_per_second", sa.BigInteger(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "dimension_kind", sa.String(length=40), sa.Computed("'platform'", persisted=True), nullable=False
        ),
        sa.CheckConstraint("slug ~ '^[a-z0-9][a-z0-9-]{0,63}$'", name=op.f("platforms_slug_check")),
        sa.CheckConstraint("rate_per_second between 1 and 100000", name=op.f("platforms_rate_check")),
        sa.ForeignKeyConstraint(
            ["id", "dimension_kind"], ["dimensions.id", "dimensions.kind"], name="platforms_dimension_fkey"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("platforms_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("platforms_pkey")),
        sa.UniqueConstraint("slug", name=op.f("platforms_slug_key")),
    )
    op.create_index(op.f("platforms_organization_id_idx"), "platforms", ["organization_id"], unique=False)
    op.create_table(
        "staff",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("failed_count", sa.BigInteger(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_by", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("username ~ '^[a-z0-9][a-z0-9._-]{1,63}$'", name=op.f("staff_username_check")),
        sa.CheckConstraint("failed_count >= 0", name=op.f("staff_failed_count_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("staff_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("staff_pkey")),
        sa.UniqueConstraint("username", name=op.f("staff_username_key")),
    )
    op.create_index("staff_organization_id_idx", "staff", ["organization_id", "username"], unique=False)
    op.create_table(
        "api_keys",
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "auditor",
                "service",
                "partner",
                name="keykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("platform_id", sa.Uuid(), nullable=True),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'partner') = (platform_id is not null)", name=op.f("api_keys_partner_check")
        ),
        sa.CheckConstraint(
            "case kind when 'auditor' then scopes = array['audit'] when 'partner' then scopes = array['partner'] else not scopes && array['audit', 'partner'] end",
            name=op.f("api_keys_kind_scopes_check"),
        ),
        sa.CheckConstraint(
            "scopes <@ array['audit', 'partner', 'organizations', 'accounting', 'fundraising', 'projects', 'volunteers', 'disclosure', 'platforms'] and cardinality(scopes) > 0",
            name=op.f("api_keys_scopes_check"),
        ),
        sa.CheckConstraint(
            "(revoked_at is null) = (revoked_by is null)", name=op.f("api_keys_revoked_check")
        ),
        sa.CheckConstraint(
            "num_nulls(organization_id, platform_id) = 1", name=op.f("api_keys_mandate_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("api_keys_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["platform_id"], ["platforms.id"], name=op.f("api_keys_platform_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("api_keys_pkey")),
        sa.UniqueConstraint("prefix", name=op.f("api_keys_prefix_key")),
    )
    op.create_index("api_keys_organization_id_idx", "api_keys", ["organization_id"], unique=False)
    op.create_index("api_keys_platform_id_idx", "api_keys", ["platform_id"], unique=False)
    op.create_table(
        "grants",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
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
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("exception_reason", sa.Text(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("exception_reason <> ''", name=op.f("grants_exception_reason_check")),
        sa.CheckConstraint("(revoked_at is null) = (revoked_by is null)", name=op.f("grants_revoked_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("grants_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("grants_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("grants_pkey")),
    )
    op.create_index(
        "grants_live_idx",
        "grants",
        ["staff_id", "organization_id", "role"],
        unique=True,
        postgresql_where=sa.text("revoked_at is null"),
    )
    op.create_index("grants_organization_id_idx", "grants", ["organization_id"], unique=False)
    op.create_index(
        "grants_separation_idx",
        "grants",
        ["staff_id", "organization_id"],
        unique=True,
        postgresql_where=sa.text(
            "revoked_at is null and exception_reason is null and role in ('accountant', 'reviewer', 'cashier')"
        ),
    )
    op.create_table(
        "logins",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("logins_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("logins_pkey")),
    )
    op.create_index(op.f("logins_staff_id_idx"), "logins", ["staff_id"], unique=False)
    op.create_table(
        "password_resets",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("password_resets_staff_id_fkey")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("password_resets_pkey")),
    )
    op.create_index(op.f("password_resets_staff_id_idx"), "password_resets", ["staff_id"], unique=False)
    op.create_table(
        "platform_secrets",
        sa.Column("platform_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id"], ["platforms.id"], name=op.f("platform_secrets_platform_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("platform_secrets_pkey")),
    )
    op.create_index(
        op.f("platform_secrets_platform_id_idx"), "platform_secrets", ["platform_id"], unique=False
    )
    op.create_table(
        "refresh_tokens",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("login_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["login_id"], ["logins.id"], name=op.f("refresh_tokens_login_id_fkey")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("refresh_tokens_pkey")),
    )
    op.create_index(op.f("refresh_tokens_login_id_idx"), "refresh_tokens", ["login_id"], unique=False)
    op.bulk_insert(
        # Untyped on purpose: the driver knows dates from texts.
        sa.table("regions", *(sa.column(name) for name in regions.COLUMNS)),  # pyright: ignore[reportUnknownArgumentType]
        list(regions.shipped()),
    )
    rights.readable("regions")
    rights.append_only(
        "organizations",
        updating="name, name_en, region_code, legal_form, uscc, founded_on, parent_id, parent_rank, version,"
        " changed_at",
    )
    rights.append_only(
        "staff",
        updating="name, password_hash, must_change_password, failed_count, locked_until, disabled_at, disabled_by",
    )
    rights.append_only("grants", "delegations", updating="revoked_at, revoked_by")
    rights.append_only("api_keys", updating="last_used_on, revoked_at, revoked_by")
    rights.append_only("platforms", updating="name, rate_per_second, disabled_at")
    rights.writable("password_resets", "logins", "refresh_tokens", "platform_secrets")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
