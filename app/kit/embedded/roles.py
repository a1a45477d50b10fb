"""Roles: who may do what in the embedded database."""

from collections.abc import Mapping

import psycopg
from psycopg import sql

DATABASE = "zhengxinlu"
NAMES = {"superuser": "postgres", "owner": "zhengxinlu_owner", "service": "zhengxinlu_service"}
OPTIONS = {
    "owner": sql.SQL("login nosuperuser nocreaterole createdb"),
    "service": sql.SQL("login nosuperuser nocreaterole nocreatedb"),
}
# What keeps one stuck request from holding up the others.
SERVICE_LIMITS = {
    "idle_in_transaction_session_timeout": "5s",
    "statement_timeout": "30s",
    "lock_timeout": "10s",
}


def establish(connection: psycopg.Connection, passwords: Mapping[str, str]) -> None:
    """Make the owner, the service's role and the database if they are missing; safe to repeat after a crash.

    The database comes last: who finds it finds everything.
    """
    for role, options in OPTIONS.items():
        name = sql.Identifier(NAMES[role])
        if not connection.execute("select 1 from pg_roles where rolname = %s", [NAMES[role]]).fetchone():
            connection.execute(
                sql.SQL("create role {} {} password {}").format(name, options, sql.Literal(passwords[role]))
            )
        for limit, value in SERVICE_LIMITS.items() if role == "service" else ():
            connection.execute(
                sql.SQL("alter role {} set {} = {}").format(name, sql.Identifier(limit), sql.Literal(value))
            )
    if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
        connection.execute(
            sql.SQL("create database {} owner {}").format(
                sql.Identifier(DATABASE), sql.Identifier(NAMES["owner"])
            )
        )
