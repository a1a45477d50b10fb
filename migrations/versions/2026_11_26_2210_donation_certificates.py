"""Yearly certificates of donations, and the last number that each organization gave one."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "donation_certificates"
down_revision = "receipts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "donation_certificates",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        sa.Column("gift_count", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "valid",
                "replaced",
                name="donationcertificatestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0 and gift_count > 0", name=op.f("donation_certificates_amount_check")),
        sa.CheckConstraint(
            "year between 2000 and 2999 and serial > 0", name=op.f("donation_certificates_serial_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("donation_certificates_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("donation_certificates_pkey")),
        sa.UniqueConstraint("code_index", name=op.f("donation_certificates_code_index_key")),
        sa.UniqueConstraint("number", name=op.f("donation_certificates_number_key")),
        sa.UniqueConstraint(
            "organization_id",
            "year",
            "serial",
            name=op.f("donation_certificates_organization_id_year_serial_key"),
        ),
    )
    op.create_table(
        "donation_certificate_serials",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["dimensions.id"],
            name=op.f("donation_certificate_serials_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "year", name=op.f("donation_certificate_serials_pkey")),
    )
    op.create_index(
        "donation_certificates_person_id_idx", "donation_certificates", ["person_id", "id"], unique=False
    )
    op.create_index(
        "donation_certificates_valid_idx",
        "donation_certificates",
        ["organization_id", "person_id", "year"],
        unique=True,
        postgresql_where=sa.text("state = 'valid'"),
    )
    rights.append_only("donation_certificates", updating="state")
    rights.append_only("donation_certificate_serials", updating="last")


def downgrade() -> None:
    op.drop_table("donation_certificates")
    op.drop_table("donation_certificate_serials")
