"""The register of projects: programmes, projects, partners, the steps of their lives, aid standards."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "projects"
down_revision = "asking_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programmes",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "education",
                "health",
                "industry",
                "transport",
                "consumption",
                "emergency",
                "medical_aid",
                "livelihood",
                "elderly",
                "children",
                "disability",
                "community",
                "environment",
                "culture",
                "other",
                name="projectcategory",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("brand", sa.Text(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name=op.f("programmes_code_check")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("programmes_dates_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("programmes_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("programmes_pkey")),
        sa.UniqueConstraint("organization_id", "code", name=op.f("programmes_organization_id_code_key")),
    )
    op.create_table(
        "projects",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "education",
                "health",
                "industry",
                "transport",
                "consumption",
                "emergency",
                "medical_aid",
                "livelihood",
                "elderly",
                "children",
                "disability",
                "community",
                "environment",
                "culture",
                "other",
                name="projectcategory",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("planned_from", sa.Date(), nullable=False),
        sa.Column("planned_to", sa.Date(), nullable=False),
        sa.Column("beneficiary_rule", sa.Text(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.Column("brand", sa.Text(), nullable=True),
        sa.Column("town", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "proposed",
                "approved",
                "running",
                "closing",
                "closed",
                "stopped",
                name="projectstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("executed_from", sa.Date(), nullable=True),
        sa.Column("executed_to", sa.Date(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "dimension_kind", sa.String(length=40), sa.Computed("'project'", persisted=True), nullable=False
        ),
        sa.CheckConstraint(
            "case when state in ('draft', 'proposed', 'approved') then executed_from is null when state = 'running' then executed_from is not null and executed_to is null when state in ('closing', 'closed') then executed_from is not null and executed_to is not null else (executed_from is null) = (executed_to is null) end",
            name=op.f("projects_execution_check"),
        ),
        sa.CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name=op.f("projects_code_check")),
        sa.CheckConstraint("executed_to >= executed_from", name=op.f("projects_executed_check")),
        sa.CheckConstraint("planned_to >= planned_from", name=op.f("projects_planned_check")),
        sa.ForeignKeyConstraint(
            ["id", "dimension_kind"], ["dimensions.id", "dimensions.kind"], name="projects_dimension_fkey"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("projects_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("projects_owner_id_fkey")),
        sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name=op.f("projects_programme_id_fkey")),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("projects_region_code_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("projects_pkey")),
        sa.UniqueConstraint("code", name=op.f("projects_code_key")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("projects_id_organization_id_key")),
    )
    op.create_index("projects_organization_id_idx", "projects", ["organization_id", "id"], unique=False)
    op.create_index("projects_programme_id_idx", "projects", ["programme_id"], unique=False)
    op.create_index("projects_region_code_idx", "projects", ["region_code"], unique=False)
    op.create_table(
        "aid_standards",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("workflow", sa.Text(), nullable=False),
        sa.Column("norms", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("cap_episode_minor", sa.BigInteger(), nullable=True),
        sa.Column("cap_year_minor", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "cap_episode_minor between 1 and 1000000000000000", name=op.f("aid_standards_cap_episode_check")
        ),
        sa.CheckConstraint(
            "cap_year_minor between 1 and 1000000000000000", name=op.f("aid_standards_cap_year_check")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("aid_standards_number_check")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("aid_standards_project_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("aid_standards_pkey")),
        sa.UniqueConstraint("project_id", "number", name=op.f("aid_standards_project_id_number_key")),
        sa.UniqueConstraint("project_id", "valid_from", name=op.f("aid_standards_project_id_valid_from_key")),
    )
    op.create_table(
        "project_partners",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(organization_id is null) <> (name is null)", name=op.f("project_partners_who_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("project_partners_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("project_partners_project_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("project_partners_pkey")),
    )
    op.create_index(
        "project_partners_member_idx",
        "project_partners",
        ["organization_id", "project_id"],
        unique=True,
        postgresql_where=sa.text("organization_id is not null"),
    )
    op.create_index(
        "project_partners_name_idx",
        "project_partners",
        ["project_id", "name"],
        unique=True,
        postgresql_where=sa.text("name is not null"),
    )
    op.create_index("project_partners_project_id_idx", "project_partners", ["project_id", "id"], unique=False)
    op.create_table(
        "project_steps",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column(
            "to_state",
            sa.Enum(
                "draft",
                "proposed",
                "approved",
                "running",
                "closing",
                "closed",
                "stopped",
                name="projectstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column(
            "from_state",
            sa.Enum(
                "draft",
                "proposed",
                "approved",
                "running",
                "closing",
                "closed",
                "stopped",
                name="fromstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("from_state <> to_state", name=op.f("project_steps_states_check")),
        sa.CheckConstraint("number >= 1", name=op.f("project_steps_number_check")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("project_steps_project_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("project_steps_pkey")),
        sa.UniqueConstraint("project_id", "number", name=op.f("project_steps_project_id_number_key")),
    )
    op.create_table(
        "aid_standard_notices",
        sa.Column("standard_id", sa.Uuid(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("told_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["aid_standards.id"], name=op.f("aid_standard_notices_standard_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("aid_standard_notices_pkey")),
    )
    op.create_index(
        "aid_standard_notices_standard_id_idx",
        "aid_standard_notices",
        ["standard_id", "told_on"],
        unique=False,
    )
    rights.append_only("programmes", updating="title, category, purpose, starts_on, ends_on, brand, version")
    # The code and the organization stand in the books; what was approved stays by the rules.
    rights.append_only(
        "projects",
        updating="title, category, content, region_code, planned_from, planned_to, beneficiary_rule,"
        " programme_id, brand, town, village, owner_id, state, executed_from, executed_to, version",
    )
    rights.append_only("project_partners", "project_steps", "aid_standards", "aid_standard_notices")


def downgrade() -> None:

    op.drop_index("aid_standard_notices_standard_id_idx", table_name="aid_standard_notices")
    op.drop_table("aid_standard_notices")
    op.drop_table("project_steps")
    op.drop_index("project_partners_project_id_idx", table_name="project_partners")
    op.drop_index(
        "project_partners_name_idx",
        table_name="project_partners",
        postgresql_where=sa.text("name is not null"),
    )
    op.drop_index(
        "project_partners_member_idx",
        table_name="project_partners",
        postgresql_where=sa.text("organization_id is not null"),
    )
    op.drop_table("project_partners")
    op.drop_table("aid_standards")
    op.drop_index("projects_region_code_idx", table_name="projects")
    op.drop_index("projects_programme_id_idx", table_name="projects")
    op.drop_index("projects_organization_id_idx", table_name="projects")
    op.drop_table("projects")
    op.drop_table("programmes")
