"""Progress of projects: indicators, reports with figures, inspections with findings, closures."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "project_progress"
down_revision = "project_sites"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "indicators",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name=op.f("indicators_code_check")),
        sa.CheckConstraint("target between 1 and 1000000000000000", name=op.f("indicators_target_check")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("indicators_project_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("indicators_pkey")),
        sa.UniqueConstraint("id", "project_id", name=op.f("indicators_id_project_id_key")),
        sa.UniqueConstraint("project_id", "code", name=op.f("indicators_project_id_code_key")),
    )
    op.create_table(
        "progress_reports",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=True),
        sa.Column("person_count", sa.BigInteger(), nullable=False),
        sa.Column("person_times", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "accepted",
                "returned",
                name="reportstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_reason", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'submitted') = (decided_by is null)", name=op.f("progress_reports_decided_check")
        ),
        sa.CheckConstraint(
            "published_on is null or state = 'accepted'", name=op.f("progress_reports_published_check")
        ),
        sa.CheckConstraint(
            "state <> 'returned' or decided_reason is not null", name=op.f("progress_reports_reason_check")
        ),
        sa.CheckConstraint("decided_by <> made_by", name=op.f("progress_reports_apart_check")),
        sa.CheckConstraint("period_to >= period_from", name=op.f("progress_reports_period_check")),
        sa.CheckConstraint(
            "person_count >= 0 and person_times >= person_count", name=op.f("progress_reports_persons_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("progress_reports_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("progress_reports_project_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("progress_reports_pkey")),
        sa.UniqueConstraint("id", "project_id", name=op.f("progress_reports_id_project_id_key")),
        sa.UniqueConstraint("project_id", "number", name=op.f("progress_reports_project_id_number_key")),
    )
    op.create_index(
        "progress_reports_period_idx",
        "progress_reports",
        ["project_id", "organization_id", "period_from"],
        unique=True,
        postgresql_where=sa.text("state <> 'returned'"),
    )
    op.create_table(
        "project_closures",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("evaluation", sa.Text(), nullable=False),
        sa.Column("lessons", sa.Text(), nullable=False),
        sa.Column("rating", sa.BigInteger(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.CheckConstraint("rating between 1 and 5", name=op.f("project_closures_rating_check")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("project_closures_project_id_fkey")
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("project_closures_pkey")),
    )
    op.create_table(
        "inspections",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("inspections_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("inspections_project_id_fkey")),
        sa.ForeignKeyConstraint(
            ["site_id", "project_id"],
            ["sites.id", "sites.project_id"],
            name=op.f("inspections_site_id_project_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("inspections_site_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("inspections_pkey")),
        sa.UniqueConstraint("id", "project_id", name=op.f("inspections_id_project_id_key")),
    )
    op.create_index("inspections_project_id_idx", "inspections", ["project_id", "id"], unique=False)
    op.create_table(
        "progress_figures",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("value between 0 and 1000000000000000", name=op.f("progress_figures_value_check")),
        sa.ForeignKeyConstraint(
            ["indicator_id", "project_id"],
            ["indicators.id", "indicators.project_id"],
            name=op.f("progress_figures_indicator_id_project_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["report_id", "project_id"],
            ["progress_reports.id", "progress_reports.project_id"],
            name=op.f("progress_figures_report_id_project_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("report_id", "indicator_id", name=op.f("progress_figures_pkey")),
    )
    op.create_table(
        "findings",
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("defect", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "answered",
                "settled",
                name="findingstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'open') = (answer is null)", name=op.f("findings_answer_check")),
        sa.CheckConstraint(
            "(state = 'settled') = (settled_by is not null)", name=op.f("findings_settled_check")
        ),
        sa.CheckConstraint(
            "(answer is null) = (answered_by is null)", name=op.f("findings_answered_by_check")
        ),
        sa.CheckConstraint("settled_by <> answered_by", name=op.f("findings_apart_check")),
        sa.ForeignKeyConstraint(
            ["inspection_id", "project_id"],
            ["inspections.id", "inspections.project_id"],
            name=op.f("findings_inspection_id_project_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("findings_project_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("findings_pkey")),
        sa.UniqueConstraint("inspection_id", "number", name=op.f("findings_inspection_id_number_key")),
    )
    op.create_index(
        "findings_open_idx",
        "findings",
        ["due_on", "id"],
        unique=False,
        postgresql_where=sa.text("state <> 'settled'"),
    )
    op.create_index("findings_project_id_idx", "findings", ["project_id", "id"], unique=False)
    rights.append_only("indicators", "progress_figures", "inspections", "project_closures")
    rights.append_only("progress_reports", updating="state, decided_by, decided_reason, published_on")
    rights.append_only("findings", updating="state, answer, answered_by, answered_on, settled_by, settled_on")


def downgrade() -> None:

    op.drop_index("findings_project_id_idx", table_name="findings")
    op.drop_index("findings_open_idx", table_name="findings", postgresql_where=sa.text("state <> 'settled'"))
    op.drop_table("findings")
    op.drop_table("progress_figures")
    op.drop_index("inspections_project_id_idx", table_name="inspections")
    op.drop_table("inspections")
    op.drop_table("project_closures")
    op.drop_index(
        "progress_reports_period_idx",
        table_name="progress_reports",
        postgresql_where=sa.text("state <> 'returned'"),
    )
    op.drop_table("progress_reports")
    op.drop_table("indicators")
