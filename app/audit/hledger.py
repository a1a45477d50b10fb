"""Hledger: the journal as plain text accounting, which other programs read and check."""

from collections.abc import AsyncGenerator, AsyncIterable
from typing import Any

import orjson

from app.kit.money import yuan

HEAD = b"commodity 1000.00 CNY\n\n"


async def written(lines: AsyncIterable[bytes]) -> AsyncGenerator[bytes]:
    """Yield the journal's lines as hledger transactions, and at the end a declaration of every account."""
    yield HEAD
    seen: set[str] = set()
    async for part in lines:
        entries = [orjson.loads(line) for line in part.splitlines()]
        yield "".join(_transaction(entry, seen) for entry in entries).encode()
    yield "".join(f"account {name}\n" for name in sorted(seen)).encode()


def _transaction(line: dict[str, Any], seen: set[str]) -> str:
    entry = line["entry"]
    # The index stands where hledger has the code: unique, and the key to the proof.
    said = [f"{entry['booked_on']} * ({line['index']}) {entry['kind']}  ; entry:{entry['id']}"]
    for posting in line["postings"]:
        amount = _yuan(posting["amount"])
        for side, sign in (("debit", ""), ("credit", "-")):
            name = f"{entry['organization']}:{entry['chart']}:{posting[side].replace('/', ':')}"
            seen.add(name)
            said.append(f"    {name}  {sign}{amount} {posting['currency']}")
    return "\n".join(said) + "\n\n"


def _yuan(minor: int) -> str:
    return yuan(minor).replace(",", "")
