"""Activities of volunteers: sign-ups, check-ins, records of time given, certificates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rights

revision = "volunteers_activities"
down_revision = "net_assets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Trusted since PostgreSQL 13: the database's owner may. It lets one constraint compare persons and times.
    op.execute("create extension if not exists btree_gist")
    op.create_table(
        "certificate_serials",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("certificate_serials_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "year", name=op.f("certificate_serials_pkey")),
    )
    op.create_table(
        "insurance_policies",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("insurer", sa.Text(), nullable=False),
        sa.Column("policy_no", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("everybody", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("insurance_policies_dates_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("insurance_policies_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("insurance_policies_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("insurance_policies_id_organization_id_key")),
        sa.UniqueConstraint(
            "organization_id", "policy_no", name=op.f("insurance_policies_organization_id_policy_no_key")
        ),
    )
    op.create_table(
        "star_rules",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("hours", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cardinality(hours) between 1 and 5", name=op.f("star_rules_levels_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("star_rules_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("star_rules_pkey")),
        sa.UniqueConstraint(
            "organization_id", "valid_from", name=op.f("star_rules_organization_id_valid_from_key")
        ),
    )
    op.create_table(
        "certificates",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("volunteer_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("record_count", sa.BigInteger(), nullable=False),
        sa.Column("served_from", sa.Date(), nullable=False),
        sa.Column("served_to", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "valid",
                "revoked",
                "replaced",
                name="certificatestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Text(), nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=True),
        sa.Column("replaced_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'replaced') = (replaced_by_id is not null)", name=op.f("certificates_replaced_check")
        ),
        sa.CheckConstraint(
            "(state = 'valid') = (revoked_at is null)", name=op.f("certificates_revoked_check")
        ),
        sa.CheckConstraint("minutes > 0 and record_count > 0", name=op.f("certificates_minutes_check")),
        sa.CheckConstraint(
            "num_nulls(revoked_at, revoked_by, revoked_reason) in (0, 3)",
            name=op.f("certificates_reason_check"),
        ),
        sa.CheckConstraint("served_to >= served_from", name=op.f("certificates_dates_check")),
        sa.CheckConstraint(
            "year between 2000 and 2999 and serial > 0", name=op.f("certificates_serial_check")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("certificates_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"], ["certificates.id"], name=op.f("certificates_replaced_by_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name=op.f("certificates_volunteer_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("certificates_pkey")),
        sa.UniqueConstraint("code_index", name=op.f("certificates_code_index_key")),
        sa.UniqueConstraint(
            "id",
            "organization_id",
            "volunteer_id",
            name=op.f("certificates_id_organization_id_volunteer_id_key"),
        ),
        sa.UniqueConstraint("number", name=op.f("certificates_number_key")),
        sa.UniqueConstraint(
            "organization_id", "year", "serial", name=op.f("certificates_organization_id_year_serial_key")
        ),
    )
    op.create_index("certificates_volunteer_id_idx", "certificates", ["volunteer_id", "id"], unique=False)
    op.create_table(
        "commendations",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("volunteer_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("commended_on", sa.Date(), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("commendations_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name=op.f("commendations_volunteer_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("commendations_pkey")),
    )
    op.create_index("commendations_volunteer_id_idx", "commendations", ["volunteer_id", "id"], unique=False)
    op.create_table(
        "insured_people",
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("volunteer_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["insurance_policies.id"], name=op.f("insured_people_policy_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name=op.f("insured_people_volunteer_id_fkey")
        ),
        sa.PrimaryKeyConstraint("policy_id", "volunteer_id", name=op.f("insured_people_pkey")),
    )
    op.create_table(
        "qualifications",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("volunteer_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("qualifications_valid_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("qualifications_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name=op.f("qualifications_volunteer_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("qualifications_pkey")),
    )
    op.create_index(
        "qualifications_volunteer_id_idx", "qualifications", ["volunteer_id", "code"], unique=False
    )
    op.create_table(
        "trainings",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("volunteer_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("organizer", sa.Text(), nullable=False),
        sa.Column("trained_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes between 1 and 100000", name=op.f("trainings_minutes_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("trainings_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name=op.f("trainings_volunteer_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("trainings_pkey")),
    )
    op.create_index("trainings_volunteer_id_idx", "trainings", ["volunteer_id", "id"], unique=False)
    op.create_table(
        "activities",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "elderly",
                "children",
                "disability",
                "poverty",
                "health",
                "education",
                "culture",
                "environment",
                "emergency",
                "community",
                "other",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("served_group", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("latitude_microdegrees", sa.BigInteger(), nullable=True),
        sa.Column("longitude_microdegrees", sa.BigInteger(), nullable=True),
        sa.Column("radius_metres", sa.BigInteger(), nullable=True),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("dangerous", sa.Boolean(), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "cancelled",
                name="activitystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'draft') = (published_at is null)", name=op.f("activities_published_check")
        ),
        sa.CheckConstraint(
            "state = 'draft' or (risks <> '' and content <> '')", name=op.f("activities_told_check")
        ),
        sa.CheckConstraint(
            "state = 'draft' or not dangerous or policy_id is not null", name=op.f("activities_insured_check")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("activities_times_check")),
        sa.CheckConstraint(
            "latitude_microdegrees between -90000000 and 90000000", name=op.f("activities_latitude_check")
        ),
        sa.CheckConstraint(
            "longitude_microdegrees between -180000000 and 180000000", name=op.f("activities_longitude_check")
        ),
        sa.CheckConstraint(
            "num_nulls(latitude_microdegrees, longitude_microdegrees, radius_metres) in (0, 3)",
            name=op.f("activities_spot_check"),
        ),
        sa.CheckConstraint("radius_metres between 10 and 5000", name=op.f("activities_radius_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("activities_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["policy_id", "organization_id"],
            ["insurance_policies.id", "insurance_policies.organization_id"],
            name="activities_policy_fkey",
        ),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("activities_region_code_fkey")),
        sa.ForeignKeyConstraint(
            ["team_id", "organization_id"], ["teams.id", "teams.organization_id"], name="activities_team_fkey"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("activities_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("activities_id_organization_id_key")),
        sa.UniqueConstraint("organization_id", "code", name=op.f("activities_organization_id_code_key")),
    )
    op.create_index(
        "activities_organization_id_idx", "activities", ["organization_id", "starts_at"], unique=False
    )
    op.create_index("activities_starts_at_idx", "activities", ["starts_at", "id"], unique=False)
    op.create_table(
        "activity_needs",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("skills", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("qualifications", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("age_min", sa.BigInteger(), nullable=True),
        sa.Column("age_max", sa.BigInteger(), nullable=True),
        sa.Column("taken_count", sa.BigInteger(), nullable=False),
        sa.Column("asked_count", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("age_max >= age_min", name=op.f("activity_needs_age_order_check")),
        sa.CheckConstraint(
            "age_min between 0 and 120 and age_max between 0 and 120", name=op.f("activity_needs_ages_check")
        ),
        sa.CheckConstraint("capacity between 1 and 100000", name=op.f("activity_needs_capacity_check")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("activity_needs_times_check")),
        sa.CheckConstraint("taken_count between 0 and capacity", name=op.f("activity_needs_taken_check")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("activity_needs_activity_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("activity_needs_pkey")),
        sa.UniqueConstraint(
            "id",
            "activity_id",
            "starts_at",
            "ends_at",
            name=op.f("activity_needs_id_activity_id_starts_at_ends_at_key"),
        ),
    )
    op.create_index("activity_needs_activity_id_idx", "activity_needs", ["activity_id"], unique=False)
    op.create_table(
        "sign_ups",
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("volunteer_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "confirmed",
                "waiting",
                "declined",
                "cancelled",
                name="signupstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        postgresql.ExcludeConstraint(
            ("volunteer_id", "="),
            (sa.text("tstzrange(starts_at, ends_at)"), "&&"),
            where=sa.text("state = 'confirmed'"),
            using="gist",
            name="sign_ups_overlap_excl",
        ),
        sa.ForeignKeyConstraint(
            ["need_id", "activity_id", "starts_at", "ends_at"],
            [
                "activity_needs.id",
                "activity_needs.activity_id",
                "activity_needs.starts_at",
                "activity_needs.ends_at",
            ],
            name="sign_ups_need_fkey",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["volunteer_id"], ["volunteers.id"], name=op.f("sign_ups_volunteer_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("sign_ups_pkey")),
        sa.UniqueConstraint("need_id", "place", name=op.f("sign_ups_need_id_place_key")),
    )
    op.create_index("sign_ups_activity_id_idx", "sign_ups", ["activity_id", "id"], unique=False)
    op.create_index(
        "sign_ups_live_idx",
        "sign_ups",
        ["need_id", "volunteer_id"],
        unique=True,
        postgresql_where=sa.text("state in ('asked', 'confirmed', 'waiting')"),
    )
    op.create_index("sign_ups_volunteer_id_idx", "sign_ups", ["volunteer_id", "starts_at"], unique=False)
    op.create_table(
        "check_ins",
        sa.Column("sign_up_id", sa.Uuid(), nullable=False),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "in_method",
            sa.Enum(
                "code",
                "place",
                "leader",
                "staff",
                name="checkmethod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("in_by", sa.Text(), nullable=False),
        sa.Column("checked_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("out_method", sa.Text(), nullable=True),
        sa.Column("out_by", sa.Text(), nullable=True),
        sa.Column("excluded_minutes", sa.BigInteger(), nullable=False),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("checked_out_at > checked_in_at", name=op.f("check_ins_times_check")),
        sa.CheckConstraint(
            "out_method in ('code', 'place', 'leader', 'staff')", name=op.f("check_ins_out_method_check")
        ),
        sa.CheckConstraint("excluded_minutes between 0 and 1440", name=op.f("check_ins_excluded_check")),
        sa.CheckConstraint(
            "num_nulls(checked_out_at, out_method, out_by) in (0, 3)", name=op.f("check_ins_out_check")
        ),
        sa.ForeignKeyConstraint(["sign_up_id"], ["sign_ups.id"], name=op.f("check_ins_sign_up_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("check_ins_pkey")),
        sa.UniqueConstraint("sign_up_id", name=op.f("check_ins_sign_up_id_key")),
    )
    op.create_index(
        "check_ins_open_idx",
        "check_ins",
        ["id"],
        unique=False,
        postgresql_where=sa.text("checked_out_at is null"),
    )
    op.create_table(
        "evaluations",
        sa.Column("sign_up_id", sa.Uuid(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "organization", "volunteer", name="side", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score between 1 and 5", name=op.f("evaluations_score_check")),
        sa.ForeignKeyConstraint(["sign_up_id"], ["sign_ups.id"], name=op.f("evaluations_sign_up_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("evaluations_pkey")),
        sa.UniqueConstraint("sign_up_id", "side", name=op.f("evaluations_sign_up_id_side_key")),
    )
    op.create_table(
        "time_records",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("volunteer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "elderly",
                "children",
                "disability",
                "poverty",
                "health",
                "education",
                "culture",
                "environment",
                "emergency",
                "community",
                "other",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "check_in",
                "hand",
                "sheet",
                name="recordsource",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("served_group", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("sign_up_id", sa.Uuid(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "reported",
                "confirmed",
                "certified",
                "declined",
                "voided",
                name="recordstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("correction_count", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'certified') = (certificate_id is not null)", name=op.f("time_records_certified_check")
        ),
        sa.CheckConstraint(
            "state not in ('confirmed', 'certified') or confirmed_at is not null",
            name=op.f("time_records_confirmed_check"),
        ),
        sa.CheckConstraint("minutes between 1 and 1440", name=op.f("time_records_minutes_check")),
        sa.ForeignKeyConstraint(
            ["activity_id", "organization_id"],
            ["activities.id", "activities.organization_id"],
            name="time_records_activity_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id", "organization_id", "volunteer_id"],
            ["certificates.id", "certificates.organization_id", "certificates.volunteer_id"],
            name="time_records_certificate_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("time_records_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["sign_up_id"], ["sign_ups.id"], name=op.f("time_records_sign_up_id_fkey")),
        sa.ForeignKeyConstraint(
            ["team_id", "organization_id"],
            ["teams.id", "teams.organization_id"],
            name="time_records_team_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name=op.f("time_records_volunteer_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("time_records_pkey")),
        sa.UniqueConstraint(
            "organization_id", "reference", name=op.f("time_records_organization_id_reference_key")
        ),
        sa.UniqueConstraint("sign_up_id", name=op.f("time_records_sign_up_id_key")),
    )
    op.create_index(
        "time_records_organization_id_idx",
        "time_records",
        ["organization_id", "served_on", "id"],
        unique=False,
    )
    op.create_index(
        "time_records_volunteer_id_idx", "time_records", ["volunteer_id", "served_on", "id"], unique=False
    )
    op.create_table(
        "record_corrections",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("old_minutes", sa.BigInteger(), nullable=False),
        sa.Column("new_minutes", sa.BigInteger(), nullable=False),
        sa.Column("old_served_on", sa.Date(), nullable=False),
        sa.Column("new_served_on", sa.Date(), nullable=False),
        sa.Column("old_category", sa.Text(), nullable=False),
        sa.Column("new_category", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["time_records.id"], name=op.f("record_corrections_record_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("record_corrections_pkey")),
        sa.UniqueConstraint("record_id", "number", name=op.f("record_corrections_record_id_number_key")),
    )
    op.create_table(
        "record_objections",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("wanted_minutes", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "num_nulls(answered_at, answered_by, accepted) in (0, 3)",
            name=op.f("record_objections_answered_check"),
        ),
        sa.CheckConstraint("wanted_minutes between 0 and 1440", name=op.f("record_objections_wanted_check")),
        sa.ForeignKeyConstraint(
            ["record_id"], ["time_records.id"], name=op.f("record_objections_record_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("record_objections_pkey")),
    )
    op.create_index(
        "record_objections_open_idx",
        "record_objections",
        ["record_id"],
        unique=True,
        postgresql_where=sa.text("answered_at is null"),
    )

    rights.append_only("insured_people", "trainings", "qualifications", "commendations", "evaluations")
    rights.append_only("insurance_policies", "star_rules", "record_corrections")
    rights.append_only(
        "activities",
        updating="title, place, content, risks, served_group, responsible, contact, region_code, team_id,"
        " latitude_microdegrees, longitude_microdegrees, radius_metres, needs_approval, dangerous,"
        " policy_id, state, published_at, version",
    )
    rights.append_only("activity_needs", updating="capacity, starts_at, ends_at, taken_count, asked_count")
    rights.append_only("sign_ups", updating="starts_at, ends_at, state, changed_at, changed_by")
    rights.append_only(
        "check_ins",
        updating="checked_out_at, out_method, out_by, excluded_minutes, flagged_at, settled_reason",
    )
    rights.append_only(
        "time_records",
        updating="category, served_on, minutes, state, confirmed_at, confirmed_by, certificate_id,"
        " correction_count",
    )
    rights.append_only("record_objections", updating="answered_at, answered_by, accepted")
    rights.append_only(
        "certificates", updating="state, revoked_at, revoked_by, revoked_reason, replaced_by_id"
    )
    rights.writable("certificate_serials")


def downgrade() -> None:
    op.drop_index(
        "record_objections_open_idx",
        table_name="record_objections",
        postgresql_where=sa.text("answered_at is null"),
    )
    op.drop_table("record_objections")
    op.drop_table("record_corrections")
    op.drop_index("time_records_volunteer_id_idx", table_name="time_records")
    op.drop_index("time_records_organization_id_idx", table_name="time_records")
    op.drop_table("time_records")
    op.drop_table("evaluations")
    op.drop_index(
        "check_ins_open_idx", table_name="check_ins", postgresql_where=sa.text("checked_out_at is null")
    )
    op.drop_table("check_ins")
    op.drop_index("sign_ups_volunteer_id_idx", table_name="sign_ups")
    op.drop_index(
        "sign_ups_live_idx",
        table_name="sign_ups",
        postgresql_where=sa.text("state in ('asked', 'confirmed', 'waiting')"),
    )
    op.drop_index("sign_ups_activity_id_idx", table_name="sign_ups")
    op.drop_table("sign_ups")
    op.drop_index("activity_needs_activity_id_idx", table_name="activity_needs")
    op.drop_table("activity_needs")
    op.drop_index("activities_starts_at_idx", table_name="activities")
    op.drop_index("activities_organization_id_idx", table_name="activities")
    op.drop_table("activities")
    op.drop_index("trainings_volunteer_id_idx", table_name="trainings")
    op.drop_table("trainings")
    op.drop_index("qualifications_volunteer_id_idx", table_name="qualifications")
    op.drop_table("qualifications")
    op.drop_table("insured_people")
    op.drop_index("commendations_volunteer_id_idx", table_name="commendations")
    op.drop_table("commendations")
    op.drop_index("certificates_volunteer_id_idx", table_name="certificates")
    op.drop_table("certificates")
    op.drop_table("star_rules")
    op.drop_table("insurance_policies")
    op.drop_table("certificate_serials")
    op.execute("drop extension btree_gist")
