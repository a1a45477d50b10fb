"""Replaced records: a charter or a unit that was recorded wrongly gives its place to another and stays."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "replaced_records"
down_revision = "naming_consents"
branch_labels = None
depends_on = None

_REPLACED = "replaced_on, replaced_by, replaced_reason"
_DAYS = {
    "charters": {
        "charters_number_idx": ["organization_id", "number"],
        "charters_effective_from_idx": ["organization_id", "effective_from"],
    },
    "organization_units": {"organization_units_name_idx": ["organization_id", "name", "founded_on"]},
}
_KEYS = {
    "charters": {
        "charters_organization_id_number_key": ["organization_id", "number"],
        "charters_organization_id_effective_from_key": ["organization_id", "effective_from"],
    },
    "organization_units": {
        "organization_units_organization_id_name_founded_on_key": ["organization_id", "name", "founded_on"]
    },
}


def upgrade() -> None:
    for table, indexes in _DAYS.items():
        for name in _KEYS[table]:
            op.drop_constraint(op.f(name), table, type_="unique")
        op.add_column(table, sa.Column("replaces_id", sa.Uuid(), nullable=True))
        op.add_column(table, sa.Column("replaced_on", sa.Date(), nullable=True))
        op.add_column(table, sa.Column("replaced_by", sa.Text(), nullable=True))
        op.add_column(table, sa.Column("replaced_reason", sa.Text(), nullable=True))
        op.create_unique_constraint(op.f(f"{table}_id_organization_id_key"), table, ["id", "organization_id"])
        op.create_unique_constraint(op.f(f"{table}_replaces_id_key"), table, ["replaces_id"])
        op.create_foreign_key(
            op.f(f"{table}_replaces_id_organization_id_fkey"),
            *(table, table),
            ["replaces_id", "organization_id"],
            ["id", "organization_id"],
        )
        op.create_check_constraint(
            op.f(f"{table}_replaced_check"),
            table,
            "num_nonnulls(replaced_on, replaced_by, replaced_reason) in (0, 3)",
        )
        for name, columns in indexes.items():
            counts = sa.text("replaced_on is null")
            op.create_index(name, table, columns, unique=True, postgresql_where=counts)
        op.execute(f"grant update ({_REPLACED}) on {table} to {rights.SERVICE_ROLE}")
    # How a unit keeps its books is said of whichever row stands for it.
    op.execute(f"grant update (unit_id, unit_kind) on unit_books to {rights.SERVICE_ROLE}")
    _charters("delete or truncate")


def downgrade() -> None:
    _charters("update or delete or truncate")
    op.execute(f"revoke update (unit_id, unit_kind) on unit_books from {rights.SERVICE_ROLE}")
    for table, indexes in _DAYS.items():
        for name in indexes:
            op.drop_index(name, table_name=table)
        for column in ("replaced_reason", "replaced_by", "replaced_on", "replaces_id"):
            op.drop_column(table, column)
        op.drop_constraint(op.f(f"{table}_id_organization_id_key"), table, type_="unique")
        for name, columns in _KEYS[table].items():
            op.create_unique_constraint(op.f(name), table, columns)


def _charters(refused: str) -> None:
    # No version could advance in anything before; now three columns may, and nothing else.
    op.execute("drop trigger charters_append_only on charters")
    op.execute(
        f"create trigger charters_append_only before {refused} on charters"
        " for each statement execute function refuse_change()"
    )
