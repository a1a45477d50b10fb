"""Running: a demo over its database, loaded if it is new, and served until it is told to stop."""

import asyncio
import contextlib
import json
import secrets
import socket
import sys
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
import uvicorn
from rich.console import Console
from rich.panel import Panel

from app import worker
from app.cli import migrate, sandbox
from app.cli.samples import appeals, loading
from app.kit import embedded, logs
from app.kit.database import Database
from app.main import create_app
from app.opening import office, open_database
from app.settings import Settings
from app.transparency import signer

out = Console(stderr=True)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the demo remembers beside its data: its secrets, and what a visitor is handed."""

    secret: str
    password: str
    auditor_key: str
    webhook_secret: str


async def run(server: embedded.Server, listener: socket.socket, *, reset: bool, as_json: bool) -> None:
    """Serve the demo on this socket until Ctrl-C; load the federation first where none is, or on `reset`.

    Prints where to look, or with `as_json` one line on standard output, as soon as it answers.
    """
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    kept, settings, database = await _prepare(server, url, reset=reset)
    logs.configure(level="WARNING", stream=sys.stderr)
    application = create_app(settings, database=database)
    config = uvicorn.Config(application, log_config=None, access_log=False, timeout_graceful_shutdown=10)
    web = uvicorn.Server(config)
    working = asyncio.ensure_future(worker.run(settings, database))
    shown = asyncio.ensure_future(_show(web, url, kept, as_json=as_json))
    try:
        await web.serve(sockets=[listener])
    finally:
        shown.cancel()
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working
        await database.close()


async def _prepare(server: embedded.Server, url: str, *, reset: bool) -> tuple[Kept, Settings, Database]:
    remembered = server.folder / sandbox.NOTE
    kept = None if reset or not remembered.exists() else Kept(**json.loads(remembered.read_text()))
    secret = kept.secret if kept else sandbox.new_secret()
    settings = sandbox.settings(secret, server.url(role="service"), url, server.folder)
    if kept is None:
        for name in (sandbox.NOTE, sandbox.LOG_KEY, sandbox.LOG_MEMORY):
            (server.folder / name).unlink(missing_ok=True)
        _empty(server)
    await asyncio.to_thread(migrate.where_needed, server.url(role="owner"))
    database = open_database(settings)
    if (signing := office(settings)) is not None:
        await signer.open_office(database, signing)
    if kept is None:
        password = secrets.token_urlsafe(12)
        with out.status("演示数据 · loading the demo federation") as status:
            handed = await loading.load(database, password=password, tell=status.update)
        await asyncio.to_thread(_analyze, server)
        kept = Kept(secret, password, handed.auditor_key, handed.webhook_secret)
        remembered.touch(mode=0o600)
        remembered.write_text(json.dumps(asdict(kept)))
    return kept, settings, database


def _empty(server: embedded.Server) -> None:
    # A load that broke off in the middle leaves no note behind: then it begins anew.
    with psycopg.connect(server.url(role="superuser", database="postgres"), autocommit=True) as admin:
        admin.execute("drop database if exists zhengxinlu with (force)")
        admin.execute("create database zhengxinlu owner zhengxinlu_owner template template0")


def _analyze(server: embedded.Server) -> None:
    # The planner would otherwise know nothing of the tables until its own round, a minute from now.
    with psycopg.connect(server.url(role="owner"), autocommit=True) as owner:
        owner.execute("analyze")


async def _show(web: uvicorn.Server, url: str, kept: Kept, *, as_json: bool) -> None:
    while not web.started:  # noqa: ASYNC110 - uvicorn tells it by no event
        await asyncio.sleep(0.02)
    handed: dict[str, Any] = {
        "url": url,
        "admin": {"username": loading.ADMIN, "password": kept.password},
        "auditor_key": kept.auditor_key,
        "platform": {"slug": appeals.PLATFORM, "secret": kept.webhook_secret},
        "campaign": appeals.BRIDGE,
        "log": f"{url}/v1/log",
    }
    if as_json:
        print(json.dumps(handed, ensure_ascii=False), flush=True)
        return
    out.print(Panel.fit(_words(handed), title="征信录 · Zhengxinlu · 演示数据 demo data"))
    out.print("post a signed gift · 提交一笔已签名的捐赠:")
    out.print(sandbox.curl(url, appeals.PLATFORM, kept.webhook_secret), soft_wrap=True, markup=False)


def _words(handed: dict[str, Any]) -> str:
    url, admin = handed["url"], handed["admin"]
    return "\n".join(
        [
            f"公示页 page        {url}/",
            f"接口文档 API docs   {url}/docs",
            f"慈安桥 campaign     {url}/campaigns/{handed['campaign']}",
            f"公开日志 public log {handed['log']}",
            f"管理员 admin        {admin['username']} / {admin['password']}",
            f"员工 staff         {' '.join(loading.STAFF)} / {admin['password']}",
            f"审计密钥 audit key  {handed['auditor_key']}",
            "停止 stop          Ctrl-C",
        ]
    )
