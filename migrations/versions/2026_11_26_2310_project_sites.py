"""Budgets of projects, co-funding shares, leftovers; sites with milestones, acceptances, plaques and upkeep."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "project_sites"
down_revision = "beneficiaries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programme_targets",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column(
            "site_kind",
            sa.Enum(
                "bridge",
                "road",
                "water",
                "school",
                "clinic",
                "care_centre",
                "station",
                "equipment",
                "other",
                name="sitekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("site_count", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "site_count between 1 and 1000000", name=op.f("programme_targets_site_count_check")
        ),
        sa.CheckConstraint("year between 1990 and 2999", name=op.f("programme_targets_year_check")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("programme_targets_programme_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("programme_targets_pkey")),
        sa.UniqueConstraint(
            "programme_id",
            "year",
            "site_kind",
            name=op.f("programme_targets_programme_id_year_site_kind_key"),
        ),
    )
    op.create_table(
        "leftover_decisions",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column(
            "use",
            sa.Enum(
                "similar_project",
                "as_agreed",
                "returned",
                name="leftoveruse",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("target_project_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "approved",
                "rejected",
                name="leftoverstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'approved') = (decided_on is not null)", name=op.f("leftover_decisions_decided_check")
        ),
        sa.CheckConstraint(
            "(use = 'similar_project') = (target_project_id is not null)",
            name=op.f("leftover_decisions_target_check"),
        ),
        sa.CheckConstraint(
            "amount between 1 and 1000000000000000", name=op.f("leftover_decisions_amount_check")
        ),
        sa.CheckConstraint(
            "target_project_id <> project_id", name=op.f("leftover_decisions_elsewhere_check")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("leftover_decisions_project_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["target_project_id"], ["projects.id"], name=op.f("leftover_decisions_target_project_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("leftover_decisions_pkey")),
    )
    op.create_index(
        "leftover_decisions_open_idx",
        "leftover_decisions",
        ["project_id"],
        unique=True,
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_index(
        "leftover_decisions_project_id_idx", "leftover_decisions", ["project_id", "id"], unique=False
    )
    op.create_table(
        "project_budgets",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "proposed",
                "approved",
                "replaced",
                "rejected",
                name="budgetversionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("project_budgets_number_check")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("project_budgets_project_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("project_budgets_pkey")),
        sa.UniqueConstraint("project_id", "number", name=op.f("project_budgets_project_id_number_key")),
    )
    op.create_index(
        "project_budgets_approved_idx",
        "project_budgets",
        ["project_id"],
        unique=True,
        postgresql_where=sa.text("state = 'approved'"),
    )
    op.create_index(
        "project_budgets_open_idx",
        "project_budgets",
        ["project_id"],
        unique=True,
        postgresql_where=sa.text("state in ('draft', 'proposed')"),
    )
    op.create_table(
        "sites",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "bridge",
                "road",
                "water",
                "school",
                "clinic",
                "care_centre",
                "station",
                "equipment",
                "other",
                name="sitekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("village", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=True),
        sa.Column(
            "structure",
            sa.Enum(
                "slab",
                "stone_arch",
                "suspension",
                "steel_pipe",
                "beam",
                "other",
                name="structure",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("length_centimetres", sa.BigInteger(), nullable=True),
        sa.Column("width_centimetres", sa.BigInteger(), nullable=True),
        sa.Column("latitude_microdegrees", sa.BigInteger(), nullable=True),
        sa.Column("longitude_microdegrees", sa.BigInteger(), nullable=True),
        sa.Column("contractor", sa.Text(), nullable=True),
        sa.Column("beneficiary_count", sa.BigInteger(), nullable=True),
        sa.Column("planned_minor", sa.BigInteger(), nullable=True),
        sa.Column("cost_minor", sa.BigInteger(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "surveyed",
                "built",
                "accepted",
                "dropped",
                name="sitestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("dropped_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'accepted') = (accepted_on is not null)", name=op.f("sites_accepted_check")
        ),
        sa.CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name=op.f("sites_code_check")),
        sa.CheckConstraint("structure is null or kind = 'bridge'", name=op.f("sites_of_a_bridge_check")),
        sa.CheckConstraint(
            "(latitude_microdegrees is null) = (longitude_microdegrees is null)",
            name=op.f("sites_place_check"),
        ),
        sa.CheckConstraint("beneficiary_count >= 0", name=op.f("sites_beneficiary_count_check")),
        sa.CheckConstraint("cost_minor between 1 and 1000000000000000", name=op.f("sites_cost_check")),
        sa.CheckConstraint(
            "latitude_microdegrees between -90000000 and 90000000", name=op.f("sites_latitude_check")
        ),
        sa.CheckConstraint("length_centimetres between 1 and 10000000", name=op.f("sites_length_check")),
        sa.CheckConstraint(
            "longitude_microdegrees between -180000000 and 180000000", name=op.f("sites_longitude_check")
        ),
        sa.CheckConstraint(
            "planned_minor between 1 and 1000000000000000", name=op.f("sites_planned_cost_check")
        ),
        sa.CheckConstraint("width_centimetres between 1 and 1000000", name=op.f("sites_width_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("sites_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "organization_id"],
            ["projects.id", "projects.organization_id"],
            name=op.f("sites_project_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("sites_project_id_fkey")),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("sites_region_code_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("sites_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("sites_id_organization_id_key")),
        sa.UniqueConstraint("id", "project_id", name=op.f("sites_id_project_id_key")),
        sa.UniqueConstraint("project_id", "code", name=op.f("sites_project_id_code_key")),
    )
    op.create_index(
        "sites_accepted_on_idx",
        "sites",
        ["kind", "accepted_on"],
        unique=False,
        postgresql_where=sa.text("state = 'accepted'"),
    )
    op.create_index("sites_organization_id_idx", "sites", ["organization_id", "id"], unique=False)
    op.create_index("sites_region_code_idx", "sites", ["region_code"], unique=False)
    op.create_table(
        "funding_shares",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "province",
                "city",
                "county",
                "government",
                "self_raised",
                "donor",
                name="sharesource",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("planned_minor", sa.BigInteger(), nullable=False),
        sa.Column("received_minor", sa.BigInteger(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "planned_minor between 0 and 1000000000000000", name=op.f("funding_shares_planned_check")
        ),
        sa.CheckConstraint(
            "received_minor between 0 and 1000000000000000", name=op.f("funding_shares_received_check")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("funding_shares_project_id_fkey")),
        sa.ForeignKeyConstraint(
            ["site_id", "project_id"],
            ["sites.id", "sites.project_id"],
            name=op.f("funding_shares_site_id_project_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("funding_shares_site_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("funding_shares_pkey")),
        sa.UniqueConstraint(
            "project_id",
            "site_id",
            "source",
            name="funding_shares_place_key",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "milestones",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "survey",
                "construction",
                "quality",
                "acceptance",
                "plaque",
                "file_complete",
                name="milestonekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(done_on is null) = (done_by is null)", name=op.f("milestones_done_check")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("milestones_site_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("milestones_pkey")),
        sa.UniqueConstraint("site_id", "kind", name=op.f("milestones_site_id_kind_key")),
    )
    op.create_index(
        "milestones_due_on_idx",
        "milestones",
        ["due_on", "id"],
        unique=False,
        postgresql_where=sa.text("done_on is null"),
    )
    op.create_table(
        "plaques",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("inscription", sa.Text(), nullable=False),
        sa.Column("set_up_on", sa.Date(), nullable=False),
        sa.Column("names_donor", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("approval_reference", sa.Text(), nullable=True),
        sa.CheckConstraint("not names_donor or consented_on is not null", name=op.f("plaques_consent_check")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("plaques_site_id_fkey")),
        sa.PrimaryKeyConstraint("site_id", name=op.f("plaques_pkey")),
    )
    op.create_table(
        "project_budget_lines",
        sa.Column("budget_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "aid",
                "goods",
                "construction",
                "materials",
                "equipment",
                "services",
                "training",
                "travel",
                "staff",
                "management",
                "other",
                name="costkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount between 1 and 1000000000000000", name=op.f("project_budget_lines_amount_check")
        ),
        sa.CheckConstraint("year between 1990 and 2999", name=op.f("project_budget_lines_year_check")),
        sa.ForeignKeyConstraint(
            ["budget_id"], ["project_budgets.id"], name=op.f("project_budget_lines_budget_id_fkey")
        ),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("project_budget_lines_fund_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("project_budget_lines_pkey")),
        sa.UniqueConstraint(
            "budget_id",
            "year",
            "kind",
            "fund_id",
            name="project_budget_lines_place_key",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index("project_budget_lines_fund_id_idx", "project_budget_lines", ["fund_id"], unique=False)
    op.create_table(
        "site_acceptances",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("inspecting_body", sa.Text(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("recorded_by <> reported_by", name=op.f("site_acceptances_apart_check")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("site_acceptances_site_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("site_acceptances_pkey")),
    )
    op.create_index(
        "site_acceptances_passed_idx",
        "site_acceptances",
        ["site_id"],
        unique=True,
        postgresql_where=sa.text("passed"),
    )
    op.create_index("site_acceptances_site_id_idx", "site_acceptances", ["site_id", "id"], unique=False)
    op.create_table(
        "site_upkeeps",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column(
            "condition",
            sa.Enum(
                "good",
                "worn",
                "unsafe",
                "closed",
                name="sitecondition",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("next_due_on > looked_on", name=op.f("site_upkeeps_next_due_check")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("site_upkeeps_site_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("site_upkeeps_pkey")),
    )
    op.create_index("site_upkeeps_site_id_idx", "site_upkeeps", ["site_id", "looked_on"], unique=False)
    op.create_index(
        "accounts_project_id_idx",
        "accounts",
        ["project_id"],
        unique=False,
        postgresql_where=sa.text("project_id is not null"),
    )
    rights.append_only("project_budgets", updating="reason, state, version")
    # A draft is written anew, line by line; what was proposed is kept by the rules.
    rights.writable("project_budget_lines", "funding_shares")
    rights.append_only("leftover_decisions", updating="state, decided_on")
    rights.append_only(
        "sites",
        updating="title, village, town, structure, length_centimetres, width_centimetres, latitude_microdegrees,"
        " longitude_microdegrees, contractor, beneficiary_count, planned_minor, cost_minor, state, accepted_on,"
        " dropped_reason, version",
    )
    rights.append_only("milestones", updating="due_on, done_on, done_by, note, version")
    rights.append_only("site_acceptances", "plaques", "site_upkeeps", "programme_targets")


def downgrade() -> None:

    op.drop_index(
        "accounts_project_id_idx", table_name="accounts", postgresql_where=sa.text("project_id is not null")
    )
    op.drop_index("site_upkeeps_site_id_idx", table_name="site_upkeeps")
    op.drop_table("site_upkeeps")
    op.drop_index("site_acceptances_site_id_idx", table_name="site_acceptances")
    op.drop_index(
        "site_acceptances_passed_idx", table_name="site_acceptances", postgresql_where=sa.text("passed")
    )
    op.drop_table("site_acceptances")
    op.drop_index("project_budget_lines_fund_id_idx", table_name="project_budget_lines")
    op.drop_table("project_budget_lines")
    op.drop_table("plaques")
    op.drop_index(
        "milestones_due_on_idx", table_name="milestones", postgresql_where=sa.text("done_on is null")
    )
    op.drop_table("milestones")
    op.drop_table("funding_shares")
    op.drop_index("sites_region_code_idx", table_name="sites")
    op.drop_index("sites_organization_id_idx", table_name="sites")
    op.drop_index("sites_accepted_on_idx", table_name="sites", postgresql_where=sa.text("state = 'accepted'"))
    op.drop_table("sites")
    op.drop_index(
        "project_budgets_open_idx",
        table_name="project_budgets",
        postgresql_where=sa.text("state in ('draft', 'proposed')"),
    )
    op.drop_index(
        "project_budgets_approved_idx",
        table_name="project_budgets",
        postgresql_where=sa.text("state = 'approved'"),
    )
    op.drop_table("project_budgets")
    op.drop_index("leftover_decisions_project_id_idx", table_name="leftover_decisions")
    op.drop_index(
        "leftover_decisions_open_idx",
        table_name="leftover_decisions",
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.drop_table("leftover_decisions")
    op.drop_table("programme_targets")
