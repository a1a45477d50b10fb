"""Receipt: a donor's receipt file, checked without asking anybody."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli import context
from app.transparency import strangers
from app.transparency.notes import NoteWrong
from app.transparency.receipts import Receipt, ReceiptWrong
from app.transparency.tree import ProofWrong

app = typer.Typer(help="A donor's receipt file, checked offline.", no_args_is_help=True)


@app.callback()
def receipt() -> None:
    """Check receipt files."""


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="The receipt file.", exists=True, dir_okay=False)],
    vkey: Annotated[list[str] | None, typer.Option(help="A key of the log that you trust.")] = None,
) -> None:
    """Check a receipt file offline: signature, proof, and every field that it opens."""
    try:
        found = Receipt.read(file.read_bytes())
        leaf, checkpoint = found.check(strangers.read_keys("\n".join(vkey or ())))
    except (ReceiptWrong, NoteWrong, ProofWrong) as fault:
        context.fail(f"{file}: {fault}")
    if not vkey:
        context.err().print(
            "No --vkey was given: the receipt's own word was taken for the key.", style="yellow"
        )
    print(f"in {checkpoint.origin}, entry {leaf['index']} of {checkpoint.size}, signed")
    for name in ("org", "kind", "on", "source"):
        if leaf.get(name):
            print(f"  {name}: {leaf[name]}")
    for posting in leaf.get("postings", ()):
        print(f"  {posting['debit']} / {posting['credit']}: {posting['amount']} fen")
    for name, one in found.opened.items():
        print(f"  {name}: {one.value} (opened, as committed to)")
