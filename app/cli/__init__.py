"""CLI: what operators and developers type, one module per command."""

import gc
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

PLACES = {
    "serve": "serve",
    "work": "work",
    "migrate": "migrate",
    "create-admin": "create_admin",
    "demo": "demo",
    "onboard": "onboard",
    "verify": "verify",
    "import": "imports",
    "receipt": "receipt",
    "erasures": "erasures",
    "retention": "retention",
    "log": "log",
}
"""The module of each command: a function of the same name, or an `app` with commands of its own."""


class Commands(TyperGroup):
    """Loads what was typed and nothing else: the worker needs no demo, and a receipt no service."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - typer keeps its own copy of click
        """Return every command's name, in the order of the help."""
        return list(PLACES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - as above
        """Return a command, loading its module; None if there is no such command."""
        if cmd_name not in PLACES:
            return None
        with reading():
            module = import_module(f"app.cli.{PLACES[cmd_name]}")
        if hasattr(module, "app"):
            group = typer.main.get_group(module.app)
            group.name = cmd_name
            return group
        alone = typer.Typer(add_completion=False, pretty_exceptions_show_locals=False)
        alone.command(cmd_name)(getattr(module, PLACES[cmd_name]))
        return typer.main.get_command(alone)


@contextmanager
def reading() -> Generator[None]:
    """Keep the collector still while modules are read.

    What they bring stays for good: walking through all of it again and again is a quarter of the time that a
    command takes to start.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


app = typer.Typer(
    name="zhengxinlu",
    help="The account book of a federated charity: serve it, migrate it, try it, check it.",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    add_completion=False,
)


@app.callback()
def _zhengxinlu() -> None:
    """Stand for the whole; the commands are loaded by their names."""


def main() -> None:
    """Run the command that was typed."""
    app()
