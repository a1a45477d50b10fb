"""Guards: what keeps rows from being changed, and who could switch it off."""

from app.ledger.invariants.rules import Invariant

APPEND_ONLY = (
    *("accounts", "arrival_returns", "arrivals", "dimensions", "entries", "funds", "periods", "postings"),
)
"""Tables whose rows nobody deletes; the columns that may advance are granted one by one."""

GUARDS = (
    *(f"{table}_append_only" for table in APPEND_ONLY),
    *(
        "balances_append_only",
        "fund_counters_append_only",
        "fund_counters_grow",
        "entries_in_open_months",
        "postings_fit",
    ),
)
"""Triggers by which PostgreSQL itself refuses what constraints cannot say."""

ADVANCING = {
    "funds": ("title", "usable_from", "usable_until", "cost_share_basis_points"),
    "periods": ("state", "closed_at", "version"),
    "fund_counters": ("received", "spent"),
    "balances": ("debit", "credit", "posting_count"),
}
"""The columns that the service may change in these tables, and no other."""

_ADVANCING = ", ".join(f"('{table}', '{name}')" for table, names in ADVANCING.items() for name in names)
_TABLES = ", ".join(f"'{table}'" for table in (*APPEND_ONLY, "fund_counters", "balances"))
_GUARDS = ", ".join(f"('{name}')" for name in GUARDS)

GUARDED = [
    Invariant(
        "guards",
        "The database's own guards are in place",
        "数据库自身的保护规则齐全有效",
        f"select count(*) from (values {_GUARDS}) g (name)",  # noqa: S608
        f"""
        select 'trigger', g.name from (values {_GUARDS}) g (name)
        where not exists (select from pg_trigger t where t.tgname = g.name and t.tgenabled in ('O', 'A'))
        """,  # noqa: S608
    ),
    Invariant(
        "rights",
        "Nobody but the owner may change or delete what is booked",
        "除库主外无人可以修改或删除账目",
        f"select count(*) from pg_class where relname in ({_TABLES}) and relkind = 'r'",  # noqa: S608
        f"""
        select c.relname, r.privilege_type, coalesce(g.rolname, 'public')
        from pg_class c cross join aclexplode(c.relacl) r left join pg_roles g on g.oid = r.grantee
        where c.relname in ({_TABLES}) and c.relkind = 'r' and r.grantee <> c.relowner
          and r.privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
        union all
        select c.relname || '.' || a.attname, r.privilege_type, coalesce(g.rolname, 'public')
        from pg_class c join pg_attribute a on a.attrelid = c.oid
        cross join aclexplode(a.attacl) r left join pg_roles g on g.oid = r.grantee
        where c.relname in ({_TABLES}) and c.relkind = 'r' and r.grantee <> c.relowner
          and r.privilege_type = 'UPDATE' and (c.relname, a.attname) not in (values {_ADVANCING})
        union all
        select c.relname, 'owner', current_user from pg_class c
        where c.relname in ({_TABLES}) and c.relkind = 'r' and pg_has_role(c.relowner, 'member')
        order by 1, 2
        """,  # noqa: S608
    ),
    Invariant(
        "switched_off",
        "No trigger, constraint or index of the database is switched off, and no table lost its guard",
        "数据库的触发器、约束与索引无一停用，只增不减的表均受保护",
        "select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
        """
        select 'trigger', c.relname, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where c.relnamespace = 'public'::regnamespace and t.tgenabled not in ('O', 'A')
        union all
        select 'constraint', c.relname, k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid
        where c.relnamespace = 'public'::regnamespace and not k.convalidated
        union all
        select 'index', c.relname, i.indexrelid::regclass::text
        from pg_index i join pg_class c on c.oid = i.indrelid
        where c.relnamespace = 'public'::regnamespace and not (i.indisvalid and i.indisready and i.indislive)
        union all
        select 'table', c.relname, 'rows can be deleted' from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
          and exists (select from aclexplode(c.relacl) r
                      where r.privilege_type = 'INSERT' and r.grantee <> c.relowner)
          and not exists (select from aclexplode(c.relacl) r
                          where r.privilege_type = 'DELETE' and r.grantee <> c.relowner)
          and not exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal
                          and t.tgenabled in ('O', 'A') and t.tgtype & 8 = 8)
        order by 1, 2, 3
        """,
    ),
]
