"""Regions with their dates: since when each code stands, the former codes since 1984, and names given up."""

import sqlalchemy as sa
from alembic import op

from app.organizations import regions

revision = "region_dates"
down_revision = "refunded_parts"
branch_labels = None
depends_on = None

_DATING = sa.Enum(
    "decision",
    "list",
    "first_list",
    name="regiondating",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    op.drop_constraint("regions_valid_check", "regions")
    op.add_column("regions", sa.Column("dated_by", _DATING, nullable=True))
    op.add_column("regions", sa.Column("earlier_name", sa.Text(), nullable=True))
    op.add_column("regions", sa.Column("named_from", sa.Date(), nullable=True))
    columns = (*regions.COLUMNS, *regions.DATING)
    # The rows that stand already, in whatever state of the data they were shipped, become these.
    op.get_bind().exec_driver_sql(
        f"insert into regions ({', '.join(columns)}) values ({', '.join(f'%({one})s' for one in columns)})"
        f" on conflict (code) do update set {', '.join(f'{one} = excluded.{one}' for one in columns[1:])}",
        regions.shipped(columns),
    )
    op.alter_column("regions", "valid_from", nullable=False)
    op.alter_column("regions", "dated_by", nullable=False)
    op.create_check_constraint(op.f("regions_valid_check"), "regions", "valid_to > valid_from")
    op.create_check_constraint(
        op.f("regions_given_up_check"), "regions", "successor_code is null or valid_to is not null"
    )
    op.create_check_constraint(
        op.f("regions_earlier_name_check"), "regions", "(earlier_name is null) = (named_from is null)"
    )
    op.create_check_constraint(op.f("regions_named_check"), "regions", "named_from > valid_from")


def downgrade() -> None:
    # The former codes stay: records may name them by now, and the program of before lists none that has ended.
    for name in ("named", "earlier_name", "given_up", "valid"):
        op.drop_constraint(f"regions_{name}_check", "regions")
    op.create_check_constraint(op.f("regions_valid_check"), "regions", "valid_to >= valid_from")
    op.alter_column("regions", "valid_from", nullable=True)
    for column in ("named_from", "earlier_name", "dated_by"):
        op.drop_column("regions", column)
