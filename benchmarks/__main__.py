"""Command: measure all or some of the promises about speed, and print them as one table."""

import argparse
from importlib import import_module
from time import monotonic

from rich.console import Console

from benchmarks import findings, ground

NAMES = (
    *("webhook", "recording", "campaigns", "pages", "memory", "log", "volunteers", "settlements", "league"),
    *("projects", "sheets", "figures", "publications"),
)


def main() -> None:
    """Measure what was asked for; a missed floor is told, and is no error."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME", help=", ".join(NAMES))
    wanted = parser.parse_args().names or NAMES
    began, console = monotonic(), Console(stderr=True)
    found: list[findings.Finding] = []
    with console.status("starting") as status, ground.cluster() as (running, template):
        for name in wanted:

            def said(what: str, name: str = name) -> None:
                line = f"{name}: {what}"
                status.update(line)
                if not console.is_terminal:
                    console.print(f"{monotonic() - began:4.0f} s  {line}")

            found += import_module(f"benchmarks.{name}").measure(running, template, said)
        machine = ground.machine(running)
    findings.show(found, f"{machine}. {monotonic() - began:.0f} s.")


if __name__ == "__main__":
    main()
