"""Reached: contacts, channels, internal systems, how units keep books; and that people were told of a term's end."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from migrations import rights

revision = "reached"
down_revision = "ended_organizations"
branch_labels = None
depends_on = None

_AUDIT_KEY = "council_elections_audit_id_key"
_AUDIT_BODY_KEY = "council_elections_audit_id_body_key"
_UNIT_KEY = "organization_units_id_organization_id_kind_key"


def _codes(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def _record() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def upgrade() -> None:
    _contacts()
    _channels()
    _systems()
    op.create_unique_constraint(op.f(_UNIT_KEY), "organization_units", ["id", "organization_id", "kind"])
    _unit_books()
    _term_alerts()
    # One audit of the finances serves the re-election of the council and of those who supervise it.
    op.drop_constraint(op.f(_AUDIT_KEY), "council_elections", type_="unique")
    op.create_unique_constraint(op.f(_AUDIT_BODY_KEY), "council_elections", ["audit_id", "body"])
    rights.append_only("public_contacts", "council_term_alerts")
    rights.append_only("official_channels", updating="closed_on")
    rights.append_only("management_systems", updating="ends_on")
    rights.append_only("unit_books", updating="effective_to")


def downgrade() -> None:
    op.drop_constraint(op.f(_AUDIT_BODY_KEY), "council_elections", type_="unique")
    op.create_unique_constraint(op.f(_AUDIT_KEY), "council_elections", ["audit_id"])
    for table in (
        *("council_term_alerts", "unit_books", "management_systems", "official_channels", "public_contacts"),
    ):
        op.drop_table(table)
    op.drop_constraint(op.f(_UNIT_KEY), "organization_units", type_="unique")


def _contacts() -> None:
    op.create_table(
        "public_contacts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        *_record(),
        sa.ForeignKeyConstraint(
            ["officer_id", "organization_id"],
            ["officers.id", "officers.organization_id"],
            name=op.f("public_contacts_officer_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("public_contacts_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("public_contacts_pkey")),
        sa.UniqueConstraint(
            "organization_id",
            "effective_from",
            "version",
            name=op.f("public_contacts_organization_id_effective_from_version_key"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("public_contacts_version_check")),
    )


def _channels() -> None:
    op.create_table(
        "official_channels",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            _codes(
                "officialchannelkind",
                *("website", "wechat_account", "mini_program", "weibo"),
                *("video_account", "mobile_app", "other"),
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        *_record(),
        sa.CheckConstraint("closed_on >= opened_on", name=op.f("official_channels_closed_check")),
        ExcludeConstraint(
            ("organization_id", "="),
            ("kind", "="),
            ("address", "="),
            (sa.text("daterange(opened_on, closed_on, '[]')"), "&&"),
            using="gist",
            name="official_channels_overlap_excl",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("official_channels_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("official_channels_pkey")),
    )
    op.create_index(
        "official_channels_organization_id_idx",
        "official_channels",
        ["organization_id", "opened_on", "id"],
        unique=False,
    )


def _systems() -> None:
    op.create_table(
        "management_systems",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            _codes(
                "systemkind",
                *("disclosure", "projects", "finance_and_assets", "personnel"),
                *("volunteers", "archives", "other"),
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("adopted_by", sa.Text(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        *_record(),
        sa.CheckConstraint("effective_from >= adopted_on", name=op.f("management_systems_dates_check")),
        sa.CheckConstraint("ends_on >= effective_from", name=op.f("management_systems_ended_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("management_systems_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("management_systems_pkey")),
        sa.UniqueConstraint(
            "id", "organization_id", "kind", name=op.f("management_systems_id_organization_id_kind_key")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id", "organization_id", "kind"],
            ["management_systems.id", "management_systems.organization_id", "management_systems.kind"],
            name="management_systems_replaces_fkey",
        ),
        sa.UniqueConstraint(
            "organization_id",
            "title",
            "effective_from",
            name=op.f("management_systems_organization_id_title_effective_from_key"),
        ),
        sa.UniqueConstraint("replaces_id", name=op.f("management_systems_replaces_id_key")),
    )
    op.create_index(
        "management_systems_organization_id_idx",
        "management_systems",
        ["organization_id", "effective_from", "id"],
        unique=False,
    )


def _unit_books() -> None:
    op.create_table(
        "unit_books",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "unit_kind", _codes("unitkind", "department", "branch", "representative_office"), nullable=False
        ),
        sa.Column("bookkeeping", _codes("bookkeeping", "unified", "own_fund", "own_books"), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=True),
        sa.Column("keeper", sa.Text(), nullable=True),
        sa.Column("effective_to", sa.Date(), nullable=True),
        *_record(),
        sa.CheckConstraint(
            "(bookkeeping = 'own_books') = (keeper is not null)", name=op.f("unit_books_keeper_check")
        ),
        sa.CheckConstraint(
            "(bookkeeping = 'own_fund') = (fund_id is not null)", name=op.f("unit_books_fund_check")
        ),
        sa.CheckConstraint("effective_to >= effective_from", name=op.f("unit_books_dates_check")),
        sa.CheckConstraint(
            "unit_kind <> 'department' or bookkeeping <> 'own_books'",
            name=op.f("unit_books_department_check"),
        ),
        ExcludeConstraint(
            ("unit_id", "="),
            (sa.text("daterange(effective_from, effective_to, '[]')"), "&&"),
            using="gist",
            name="unit_books_one_way_excl",
        ),
        ExcludeConstraint(
            ("fund_id", "="),
            (sa.text("daterange(effective_from, effective_to, '[]')"), "&&"),
            using="gist",
            where=sa.text("fund_id is not null"),
            name="unit_books_one_unit_excl",
        ),
        sa.ForeignKeyConstraint(
            ["fund_id", "organization_id"],
            ["funds.id", "funds.organization_id"],
            name=op.f("unit_books_fund_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id", "organization_id", "unit_kind"],
            ["organization_units.id", "organization_units.organization_id", "organization_units.kind"],
            name=op.f("unit_books_unit_id_organization_id_unit_kind_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("unit_books_pkey")),
    )


def _term_alerts() -> None:
    op.create_table(
        "council_term_alerts",
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("days_ahead", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["term_id"], ["council_terms.id"], name=op.f("council_term_alerts_term_id_fkey")
        ),
        sa.PrimaryKeyConstraint("term_id", "days_ahead", name=op.f("council_term_alerts_pkey")),
    )
