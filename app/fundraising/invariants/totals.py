"""Invariants: what must be true of donations and campaigns, each as the query that finds what breaks it."""

from app.ledger.invariants.rules import Invariant

INVARIANTS = (
    Invariant(
        "campaign_days",
        "Every day's totals are the sums of its gifts and refunds",
        "每日汇总等于当日捐赠与退款之和",
        "select count(*) from campaign_days",
        """
        with moved as (
          select campaign_id, (donated_at at time zone 'Asia/Shanghai')::date as day, channel_id,
                 amount as raised, 1 as gift_count, 0 as refunded, 0 as refund_count
          from donations where state = 'posted' and campaign_id is not null
          union all
          select d.campaign_id, (r.refunded_at at time zone 'Asia/Shanghai')::date, d.channel_id,
                 0, 0, r.amount, 1
          from refunds r join donations d on d.id = r.donation_id
          where r.state = 'posted' and d.state = 'posted' and d.campaign_id is not null
        ), sums as (
          select campaign_id, day, channel_id, sum(raised) as raised, sum(gift_count) as gift_count,
                 sum(refunded) as refunded, sum(refund_count) as refund_count
          from moved group by campaign_id, day, channel_id
        )
        select 'campaign', coalesce(c.campaign_id, s.campaign_id), coalesce(c.day, s.day)
        from sums s full join campaign_days c using (campaign_id, day, channel_id)
        where (coalesce(c.raised, 0), coalesce(c.gift_count, 0), coalesce(c.refunded, 0),
               coalesce(c.refund_count, 0))
          <> (coalesce(s.raised, 0), coalesce(s.gift_count, 0), coalesce(s.refunded, 0),
              coalesce(s.refund_count, 0))
        """,
    ),
    Invariant(
        "campaign_donors",
        "Every identified donor of a campaign is counted once, while a gift of theirs stands in it",
        "每位可识别的捐赠人，只要在活动中仍有有效捐赠，即计一次且只计一次",
        "select count(*) from campaign_totals",
        """
        select 'campaign', coalesce(t.campaign_id, s.campaign_id)
        from campaign_totals t full join (
          select d.campaign_id, count(distinct coalesce(g.root_id, d.donor_id)) as donor_count
          from donations d
          left join donor_groups g on g.donor_id = d.donor_id and g.organization_id = d.organization_id
          where d.state = 'posted' and d.campaign_id is not null and d.donor_id is not null
          group by d.campaign_id
        ) s using (campaign_id)
        where coalesce(t.donor_count, 0) <> coalesce(s.donor_count, 0)
        """,
    ),
    Invariant(
        "donations",
        "Every gift stands in the books with what is left of it, and a voided one with nothing",
        "每笔捐赠的账面余额等于其未退部分，已作废的为零",
        "select count(*) from donations",
        """
        select 'donation', d.id from donations d
        left join lateral (
          select sum(p.amount - coalesce((
            select sum(x.amount) from postings x
            where x.follows_posting_id = p.id and x.follows_kind = 'exchange'), 0)) as amount
          from postings p where p.entry_id = d.entry_id and p.direction = 'in'
        ) b on true
        where coalesce(b.amount, 0) <> case d.state when 'posted' then d.amount - d.refunded else 0 end
        """,
    ),
    Invariant(
        "first_entries",
        "Every gift was booked when it came, with its first amount and its day",
        "每笔捐赠均按最初金额与日期入账",
        "select count(*) from donations",
        """
        select 'donation', d.id from donations d
        left join entries e on e.reference = 'donation:' || d.id
        left join lateral (select sum(amount) as amount from postings where entry_id = e.id) p on true
        where e.organization_id is distinct from d.organization_id or e.occurred_at <> d.donated_at
           or p.amount is distinct from d.first_amount
           or (d.correction_count = 0 and d.amount <> d.first_amount)
        """,
    ),
    Invariant(
        "refund_entries",
        "Every refund that moved money has its entry, and that pays as much",
        "每笔已付退款均有对应分录且金额一致",
        "select count(*) from refunds where state = 'posted'",
        """
        select 'refund', r.id from refunds r
        left join entries e on e.id = r.entry_id
        left join lateral (
          select amount from postings where entry_id = e.id order by line desc limit 1
        ) p on true
        where r.state = 'posted'
          and (e.reference is distinct from 'refund:' || r.id or p.amount is distinct from r.amount)
        """,
    ),
    Invariant(
        "refunds",
        "What went back of a gift is the sum of its refunds",
        "每笔捐赠的已退金额等于其退款之和",
        "select count(*) from refunds",
        """
        select 'donation', d.id from donations d
        left join refunds r on r.donation_id = d.id and r.state = 'posted'
        group by d.id, d.refunded having d.refunded <> coalesce(sum(r.amount), 0)
        """,
    ),
)
