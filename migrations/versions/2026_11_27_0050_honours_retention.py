"""Honours, ambassadors and commendations behind their gate; what is kept how long, and what was erased."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "honours_retention"
down_revision = "project_obligations"
branch_labels = None
depends_on = None


def _codes(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def _record() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def upgrade() -> None:
    _retention_rounds()
    _ambassadors()
    _award_schemes()
    _honours()
    _retention_acts()
    _retention_holds()
    _award_nominees()
    _award_objections()
    rights.append_only("honours", updating="withdrawn_on, withdrawn_reason")
    rights.append_only(
        "ambassadors",
        updating="withdrawn_on, reviewed_by, reviewed_on, is_advertisement, finding, ended_on, ended_reason",
    )
    rights.append_only(
        "award_schemes",
        updating="stage, approval_document, list_item, rating, free_declared_by, publicity_from, publicity_to,"
        " decided_on, decided_by, resolution, filed_on, filing_place, filing_number",
    )
    rights.append_only("award_nominees", updating="state, reviewed_by, withdrawn_on")
    rights.append_only("award_objections", updating="upheld, settled_by, settled_on")
    rights.append_only("retention_holds", updating="released_at, released_by, released_reason")
    rights.append_only("retention_acts", "retention_rounds")


def _retention_rounds() -> None:
    op.create_table(
        "retention_rounds",
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("act_count", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("done_on", name=op.f("retention_rounds_pkey")),
    )


def _ambassadors() -> None:
    op.create_table(
        "ambassadors",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("is_advertisement", sa.Boolean(), nullable=True),
        sa.Column("finding", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        *_record(),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ambassadors_term_check")),
        sa.CheckConstraint(
            "num_nonnulls(ended_on, ended_reason) in (0, 2)", name=op.f("ambassadors_ended_check")
        ),
        sa.CheckConstraint(
            "num_nonnulls(reviewed_by, reviewed_on, is_advertisement, finding) in (0, 4)",
            name=op.f("ambassadors_review_check"),
        ),
        sa.CheckConstraint("reviewed_by <> recorded_by", name=op.f("ambassadors_reviewer_check")),
        sa.CheckConstraint(
            "withdrawn_on is null or consented_on is not null", name=op.f("ambassadors_consent_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("ambassadors_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("ambassadors_pkey")),
        sa.UniqueConstraint("person_id", name=op.f("ambassadors_person_id_key")),
    )
    op.create_index("ambassadors_organization_id_idx", "ambassadors", ["organization_id", "id"], unique=False)


def _award_schemes() -> None:
    op.create_table(
        "award_schemes",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column(
            "category", _codes("awardcategory", "cyberspace", "publicity", "volunteering"), nullable=False
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column(
            "stage",
            _codes("awardstage", "planned", "nominating", "publicised", "decided", "filed"),
            nullable=False,
        ),
        sa.Column("approval_document", sa.Text(), nullable=True),
        sa.Column("list_item", sa.Text(), nullable=True),
        sa.Column("rating", sa.BigInteger(), nullable=True),
        sa.Column("free_declared_by", sa.Text(), nullable=True),
        sa.Column("publicity_from", sa.Date(), nullable=True),
        sa.Column("publicity_to", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("filing_place", sa.Text(), nullable=True),
        sa.Column("filing_number", sa.Text(), nullable=True),
        *_record(),
        sa.CheckConstraint(
            "(stage = 'filed') = (num_nonnulls(filed_on, filing_place, filing_number) = 3)",
            name=op.f("award_schemes_filed_check"),
        ),
        sa.CheckConstraint(
            "(stage in ('decided', 'filed')) = (num_nonnulls(decided_on, decided_by, resolution) = 3)",
            name=op.f("award_schemes_decided_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(approval_document, list_item, rating, free_declared_by) = case when stage = 'planned' then 0 else 4 end",
            name=op.f("award_schemes_gate_check"),
        ),
        sa.CheckConstraint(
            "stage in ('planned', 'nominating') or num_nonnulls(publicity_from, publicity_to) = 2",
            name=op.f("award_schemes_shown_check"),
        ),
        sa.CheckConstraint("decided_on > publicity_to", name=op.f("award_schemes_after_publicity_check")),
        sa.CheckConstraint("publicity_to > publicity_from", name=op.f("award_schemes_publicity_check")),
        sa.CheckConstraint("rating between 4 and 5", name=op.f("award_schemes_rating_check")),
        sa.CheckConstraint("year between 1900 and 2999", name=op.f("award_schemes_year_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("award_schemes_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("award_schemes_pkey")),
        sa.UniqueConstraint(
            "organization_id",
            "year",
            "category",
            name=op.f("award_schemes_organization_id_year_category_key"),
        ),
    )


def _honours() -> None:
    op.create_table(
        "honours",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("awarded_by", sa.Text(), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        *_record(),
        sa.CheckConstraint("expires_on > awarded_on", name=op.f("honours_expires_check")),
        sa.CheckConstraint(
            "num_nonnulls(withdrawn_on, withdrawn_reason) in (0, 2)", name=op.f("honours_withdrawn_check")
        ),
        sa.CheckConstraint("withdrawn_on >= awarded_on", name=op.f("honours_withdrawal_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("honours_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("honours_pkey")),
    )
    op.create_index("honours_awarded_on_idx", "honours", ["awarded_on", "id"], unique=False)


def _retention_acts() -> None:
    op.create_table(
        "retention_acts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("fate", _codes("fate", "keep", "erase", "delete"), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=False),
        *_record(),
        sa.CheckConstraint("fate <> 'keep'", name=op.f("retention_acts_ended_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("retention_acts_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("retention_acts_pkey")),
        sa.UniqueConstraint("rule_id", "subject_id", name=op.f("retention_acts_rule_id_subject_id_key")),
    )
    op.create_index(
        "retention_acts_organization_id_idx", "retention_acts", ["organization_id", "id"], unique=False
    )


def _retention_holds() -> None:
    op.create_table(
        "retention_holds",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.Text(), nullable=True),
        sa.Column("released_reason", sa.Text(), nullable=True),
        *_record(),
        sa.CheckConstraint(
            "num_nonnulls(released_at, released_by, released_reason) in (0, 3)",
            name=op.f("retention_holds_released_check"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("retention_holds_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("retention_holds_pkey")),
    )
    op.create_index(
        "retention_holds_live_idx",
        "retention_holds",
        ["organization_id", "rule_id"],
        unique=False,
        postgresql_where=sa.text("released_at is null"),
    )


def _award_nominees() -> None:
    op.create_table(
        "award_nominees",
        sa.Column("commendation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _codes("nomineekind", "unit", "person"), nullable=False),
        sa.Column("merits", sa.Text(), nullable=False),
        sa.Column("nominated_by", sa.Text(), nullable=False),
        sa.Column("unit_name", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            _codes("nomineestate", "nominated", "shortlisted", "dropped", "commended", "passed_over"),
            nullable=False,
        ),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        *_record(),
        sa.CheckConstraint(
            "(kind = 'person') = (person_id is not null)", name=op.f("award_nominees_person_check")
        ),
        sa.CheckConstraint(
            "(kind = 'unit') = (unit_name is not null)", name=op.f("award_nominees_unit_check")
        ),
        sa.CheckConstraint(
            "(state = 'nominated') = (reviewed_by is null)", name=op.f("award_nominees_reviewed_check")
        ),
        sa.CheckConstraint("reviewed_by <> nominated_by", name=op.f("award_nominees_reviewer_check")),
        sa.CheckConstraint(
            "withdrawn_on is null or consented_on is not null", name=op.f("award_nominees_consent_check")
        ),
        sa.ForeignKeyConstraint(
            ["commendation_id"], ["award_schemes.id"], name=op.f("award_nominees_commendation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("award_nominees_pkey")),
        sa.UniqueConstraint("id", "commendation_id", name=op.f("award_nominees_id_commendation_id_key")),
        sa.UniqueConstraint("person_id", name=op.f("award_nominees_person_id_key")),
    )
    op.create_index(
        "award_nominees_commendation_id_idx", "award_nominees", ["commendation_id", "id"], unique=False
    )


def _award_objections() -> None:
    op.create_table(
        "award_objections",
        sa.Column("commendation_id", sa.Uuid(), nullable=False),
        sa.Column("nominee_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        *_record(),
        sa.CheckConstraint(
            "num_nonnulls(upheld, settled_by, settled_on) in (0, 3)",
            name=op.f("award_objections_settled_check"),
        ),
        sa.ForeignKeyConstraint(
            ["nominee_id", "commendation_id"],
            ["award_nominees.id", "award_nominees.commendation_id"],
            name="award_objections_nominee_fkey",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("award_objections_pkey")),
        sa.UniqueConstraint("person_id", name=op.f("award_objections_person_id_key")),
    )
    op.create_index(
        "award_objections_commendation_id_idx", "award_objections", ["commendation_id", "id"], unique=False
    )


def downgrade() -> None:
    for table in (
        "award_objections",
        "award_nominees",
        "retention_holds",
        "retention_acts",
        "honours",
        "award_schemes",
        "ambassadors",
        "retention_rounds",
    ):
        op.drop_table(table)
