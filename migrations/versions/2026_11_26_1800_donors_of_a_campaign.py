"""Donors of a campaign: counted while a gift of theirs stands in it, and no longer."""

from alembic import op

from migrations import rights

revision = "donors_of_a_campaign"
down_revision = "volunteers_activities"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("drop trigger campaign_donors_append_only on campaign_donors")
    op.execute(f"grant delete on campaign_donors to {rights.SERVICE_ROLE}")
    # Those whose only gift was voided or moved before this was counted.
    op.execute(
        """
        delete from campaign_donors c where not exists (
          select from donations d
          where d.donor_id = c.donor_id and d.campaign_id = c.campaign_id and d.state = 'posted'
        )
        """
    )
    op.execute(
        """
        update campaign_totals t set donor_count = s.donor_count from (
          select campaign_id, count(c.donor_id) as donor_count
          from campaign_totals left join campaign_donors c using (campaign_id) group by campaign_id
        ) s
        where t.campaign_id = s.campaign_id and t.donor_count <> s.donor_count
        """
    )


def downgrade() -> None:
    op.execute(f"revoke delete on campaign_donors from {rights.SERVICE_ROLE}")
    op.execute(
        "create trigger campaign_donors_append_only before update or delete or truncate on campaign_donors"
        " for each statement execute function refuse_change()"
    )
