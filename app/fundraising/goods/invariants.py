"""Invariants: what must be true of goods, each as the query that finds what breaks it."""

from app.ledger.invariants.rules import Invariant

INVARIANTS = (
    Invariant(
        "goods_lots",
        "Of every lot as much is left as was accepted less what left it or is set aside, pieces and value",
        "每批物资的库存数量与价值等于验收减去流出与预留",
        "select count(*) from goods_lots",
        """
        select 'lot', l.id from goods_lots l
        left join (
          select lot_id, sum(count) as count, sum(value_minor) as value from (
            select h.lot_id, h.count, h.value_minor from goods_handout_lines h
            join goods_handouts g on g.id = h.handout_id where g.reversed_on is null
            union all select lot_id, count, value_minor from goods_move_lines
            union all select lot_id, count, value_minor from goods_disposal_lines
            union all select lot_id, count, value_minor from goods_shipment_lines
            union all select a.lot_id, a.count, a.value_minor from goods_request_lines a
            join goods_requests r on r.id = a.request_id where r.state = 'waiting'
          ) gone group by lot_id
        ) o on o.lot_id = l.id
        where l.left_count <> coalesce(l.accepted_count, 0) - coalesce(o.count, 0)
           or l.left_minor <> coalesce(l.value_minor, 0) - coalesce(o.value, 0)
        order by l.id
        """,
    ),
    Invariant(
        "goods_funds",
        "Every stock fund holds what is left of its lots' value or set aside of it, and nothing else",
        "各物资基金余额等于其批次的库存与预留价值",
        "select count(*) from goods_funds",
        """
        select 'fund', g.stock_fund_id from goods_funds g
        join fund_counters c on c.fund_id = g.stock_fund_id
        left join (select fund_id, sum(left_minor) as value from goods_lots group by fund_id) l
          on l.fund_id = g.fund_id
        left join (
          select o.fund_id, sum(a.value_minor) as value from goods_request_lines a
          join goods_requests r on r.id = a.request_id join goods_lots o on o.id = a.lot_id
          where r.state = 'waiting' group by o.fund_id
        ) s on s.fund_id = g.fund_id
        where c.received - c.spent <> coalesce(l.value, 0) + coalesce(s.value, 0)
        order by g.stock_fund_id
        """,
    ),
    Invariant(
        "collection_years",
        "Every yearly weight is the sum of its weighings",
        "各年度回收重量等于有效称重之和",
        "select count(*) from collection_years",
        """
        select 'organization', y.organization_id, y.year, y.item from collection_years y
        left join (
          select organization_id, extract(year from collected_on)::bigint as year, item,
                 sum(weight_grams) as grams, count(*) as count
          from collections where voided_at is null group by 1, 2, 3
        ) s using (organization_id, year, item)
        where (y.weight_grams, y.collection_count) <> (coalesce(s.grams, 0), coalesce(s.count, 0))
        """,
    ),
)
