"""What a database is made of, told by its catalog, so that two can be compared."""

from typing import Any

import psycopg
from psycopg import sql

IN_WORDS = {
    "relations": """
        select relname || ' ' || relkind::text from pg_class c join ours o on o.oid = c.relnamespace
        where relkind in ('r', 'p', 'v', 'm', 'S')""",
    "columns": """
        select relname, row_number() over (partition by c.oid order by attnum), attname,
               format_type(atttypid, atttypmod), attnotnull,
               pg_get_expr(adbin, adrelid)
        from pg_attribute a join pg_class c on c.oid = attrelid join ours o on o.oid = relnamespace
        left join pg_attrdef d on d.adrelid = attrelid and d.adnum = attnum
        where attnum > 0 and not attisdropped and relkind in ('r', 'p', 'v', 'm')""",
    "constraints": """
        select conrelid::regclass::text, conname, pg_get_constraintdef(k.oid)
        from pg_constraint k join ours o on o.oid = connamespace where conrelid <> 0""",
    "indexes": "select indexdef from pg_indexes where schemaname = 'public'",
    "triggers": """
        select pg_get_triggerdef(t.oid), tgenabled from pg_trigger t join pg_class c on c.oid = tgrelid
        join ours o on o.oid = relnamespace where not tgisinternal""",
    "functions": """
        select proname, pg_get_function_identity_arguments(p.oid), pg_get_function_result(p.oid), prosrc,
               provolatile, prosecdef, coalesce(proconfig::text, ''), coalesce(proacl::text, '')
        from pg_proc p join ours o on o.oid = pronamespace
        where not exists (select from pg_depend where objid = p.oid and deptype = 'e')""",
    "types": """
        select typname, typtype, (select string_agg(enumlabel, ',' order by enumsortorder)
                                  from pg_enum where enumtypid = t.oid)
        from pg_type t join ours o on o.oid = typnamespace
        where typtype in ('e', 'd') or (typtype = 'c' and typrelid in
              (select c.oid from pg_class c where relkind = 'c'))""",
    "extensions": "select extname from pg_extension",
    "table rights": """
        select relname, acl.grantee::regrole::text, privilege_type
        from pg_class c join ours o on o.oid = relnamespace, aclexplode(relacl) acl
        where acl.grantee <> relowner""",
    "column rights": """
        select relname, attname, acl.grantee::regrole::text, privilege_type
        from pg_attribute join pg_class c on c.oid = attrelid join ours o on o.oid = relnamespace,
             aclexplode(attacl) acl""",
}


def everything(url: str) -> dict[str, set[Any]]:
    """Return all that stands in the schema `public`, by kind; nothing in it depends on when it was made."""
    with psycopg.connect(url) as connection:
        found = {kind: describe(connection, query) for kind, query in IN_WORDS.items()}
        found["rows"] = {(name, _count(connection, name)) for (name,) in connection.execute(TABLES)}
        return found


TABLES = """
    select relname::text from pg_class c join pg_namespace n on n.oid = relnamespace
    where nspname = 'public' and relkind = 'r'"""


def _count(connection: psycopg.Connection, table: str) -> int:
    statement = sql.SQL("select count(*) from {}").format(sql.Identifier(table))
    [count] = connection.execute(statement).fetchone()
    return count


def describe(connection: psycopg.Connection, query: str) -> set[Any]:
    """Return the rows of one question to the catalog; those of one column without their brackets."""
    ours = "with ours as (select oid from pg_namespace where nspname = 'public')"
    rows = connection.execute(f"{ours} {query}".replace("%%", "%")).fetchall()
    return {row[0] if len(row) == 1 else row for row in rows}
