"""Publications: drafts, and what was published for ever, with who stands behind its commitments."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rights

revision = "publications"
down_revision = "village_reckonings"
branch_labels = None
depends_on = None

_KINDS = (
    *("campaign_progress", "campaign_final", "project_progress", "project_final", "emergency_receipts"),
    *("annual_work_report", "annual_financial_report", "major_event", "related_parties", "basic_information"),
)
_STATES = ("draft", "reviewed", "published", "withdrawn")
_THING = ("organization_id", "kind", "subject_id", "period_from", "period_to")


def _codes(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def _record() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def _about() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _codes("publicationkind", *_KINDS), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("as_of_on", sa.Date(), nullable=False),
    )


def _checks(table: str, rules: dict[str, str]) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(rule, name=op.f(f"{table}_{name}_check")) for name, rule in rules.items()]


def _references(table: str, **targets: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [target], name=op.f(f"{table}_{column}_fkey"))
        for column, target in targets.items()
    ]


def upgrade() -> None:
    _drafts()
    _publications()
    op.create_table(
        "publication_people",
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        *_references("publication_people", publication_id="publications.id"),
        sa.PrimaryKeyConstraint("publication_id", "commitment", name=op.f("publication_people_pkey")),
    )
    # Few gifts are as large, so that it costs the recording of gifts next to nothing.
    op.create_index(
        "donations_major_idx",
        "donations",
        ["campaign_id", "amount"],
        postgresql_where=sa.text("amount >= 1000000"),
    )
    rights.append_only(
        "publication_drafts",
        updating="title, as_of_on, content, missing_count, compiled_by, compiled_at, people, obligation_id,"
        " state, reviewed_by, reviewed_at, review_note, withdrawn_reason, version",
    )
    rights.append_only("publications", "publication_people")


def _drafts() -> None:
    op.create_table(
        "publication_drafts",
        *_about(),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("missing_count", sa.BigInteger(), nullable=False),
        sa.Column("drafted_by", sa.Text(), nullable=False),
        sa.Column("compiled_by", sa.Text(), nullable=False),
        sa.Column("compiled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject_code", sa.Text(), nullable=True),
        sa.Column("people", postgresql.JSONB(), nullable=False),
        sa.Column("obligation_id", sa.Uuid(), nullable=True),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("state", _codes("publicationdraftstate", *_STATES), nullable=False),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        *_record(),
        *_checks(
            "publication_drafts",
            {
                "reviewer": "reviewed_by <> drafted_by and reviewed_by <> compiled_by",
                "reviewed": "state not in ('reviewed', 'published') or reviewed_by is not null",
                "fresh": "state <> 'draft' or reviewed_by is null",
                "review": "num_nulls(reviewed_by, reviewed_at) in (0, 2)",
                "period": "period_to >= period_from",
                "correction": "(corrects_id is null) = (reason is null)",
            },
        ),
        *_references(
            "publication_drafts", organization_id="organizations.id", obligation_id="obligations.id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("publication_drafts_pkey")),
        sa.UniqueConstraint(
            *("id", "compiled_by", "reviewed_by"),
            name=op.f("publication_drafts_id_compiled_by_reviewed_by_key"),
        ),
    )
    op.create_index(
        "publication_drafts_open_idx",
        "publication_drafts",
        _THING,
        unique=True,
        postgresql_where=sa.text("state in ('draft', 'reviewed')"),
    )


def _publications() -> None:
    line = ("id", "organization_id", "kind", "subject_id", "root_id")
    op.create_table(
        "publications",
        *_about(),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("compiled_by", sa.Text(), nullable=False),
        sa.Column("reviewed_by", sa.Text(), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False),
        sa.Column("snapshot_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("subject_code", sa.Text(), nullable=True),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        *_record(),
        *_checks(
            "publications",
            {
                "reviewer": "reviewed_by <> compiled_by",
                "root": "(corrects_id is null) = (root_id = id)",
                "snapshot": "sha256(snapshot) = snapshot_sha256",
                "period": "period_to >= period_from",
            },
        ),
        *_references("publications", organization_id="organizations.id", submission_id="log_submissions.id"),
        sa.ForeignKeyConstraint(
            ["draft_id", "compiled_by", "reviewed_by"],
            [f"publication_drafts.{name}" for name in ("id", "compiled_by", "reviewed_by")],
            name=op.f("publications_draft_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id", *line[1:]],
            [f"publications.{name}" for name in line],
            name=op.f("publications_corrects_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("publications_pkey")),
        sa.UniqueConstraint("draft_id", name=op.f("publications_draft_id_key")),
        sa.UniqueConstraint("corrects_id", name=op.f("publications_corrects_id_key")),
        sa.UniqueConstraint(*line, name=op.f(f"publications_{'_'.join(line)}_key")),
    )
    op.create_index(
        "publications_first_idx",
        "publications",
        _THING,
        unique=True,
        postgresql_where=sa.text("corrects_id is null"),
    )
    op.create_index("publications_root_id_idx", "publications", ["root_id", "id"])
    op.create_index("publications_published_on_idx", "publications", ["published_on", "id"])


def downgrade() -> None:
    op.drop_index("donations_major_idx", table_name="donations")
    for table in ("publication_people", "publications", "publication_drafts"):
        op.drop_table(table)
