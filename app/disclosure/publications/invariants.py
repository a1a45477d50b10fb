"""Invariants: what must be true of publications, each as the query that finds what breaks it."""

from functools import partial

from app.ledger import verification
from app.ledger.invariants.rules import Invariant

INVARIANTS = (
    Invariant(
        "publications",
        "Every publication is what its hash says, and that is what was handed to the public log",
        "每份公开文件与其摘要一致，且与送入公开日志的摘要一致",
        "select count(*) from publications",
        """
        select 'publication', p.id from publications p
        left join log_submissions s on s.id = p.submission_id
        cross join lateral (
          select convert_from(s.body, 'UTF8')::jsonb as leaf, convert_from(p.snapshot, 'UTF8')::jsonb as said
        ) x
        where sha256(p.snapshot) <> p.snapshot_sha256
           or s.reference is distinct from 'publication:' || p.id
           or x.leaf ->> 'sha256' is distinct from encode(p.snapshot_sha256, 'hex')
           or (x.leaf ->> 'publication', x.leaf ->> 'kind', x.leaf ->> 'subject')
              is distinct from (p.id::text, p.kind, p.subject_code)
           or (x.said ->> 'as_of', x.said ->> 'published_on', x.said -> 'period' ->> 'from',
               x.said -> 'period' ->> 'to', x.said -> 'subject' ->> 'title')
              is distinct from (p.as_of_on::text, p.published_on::text, p.period_from::text,
                                p.period_to::text, p.title)
        order by p.id
        """,
    ),
)

CHECKS = [partial(verification.examine, invariant=invariant) for invariant in INVARIANTS]
