"""Answers: what platforms were told stands in the books, each as the query that finds what breaks it."""

from app.ledger.invariants.rules import Invariant

INVARIANTS = (
    Invariant(
        "events",
        "Every event and every gift of a platform has one effect",
        "平台的每个事件、每笔捐赠只入账一次",
        "select count(*) from deliveries where accepted",
        """
        select 'event', event_id, 'platform', platform_id from deliveries where accepted
        group by platform_id, event_id having count(*) > 1
        union all
        select 'gift', their_id, 'source', source_id from donations
        group by source_id, their_id having count(*) > 1
        """,
    ),
    Invariant(
        "answers",
        "Whatever a platform was answered stands in the books as it was answered",
        "平台得到的每个答复均与账面一致",
        "select count(*) from deliveries where accepted and donation_id is not null",
        """
        select 'delivery', d.id from deliveries d
        left join donations g on g.id = d.donation_id
        left join entries e on e.id = d.entry_id
        where d.accepted and d.donation_id is not null and (
          g.id is null or g.source_id <> d.platform_id
          or (d.lookup_code is not null and g.lookup_code <> d.lookup_code)
          or (d.entry_id is not null and (e.id is null or e.organization_id <> g.organization_id))
          or (d.type = 'donation.succeeded' and d.outcome in ('posted', 'suspense')
              and e.reference is distinct from 'donation:' || d.donation_id)
        )
        order by d.id
        """,
    ),
)
