"""Batches: many lines whose proposals are right, each with an outcome of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.accounting.bank import decisions, matches
from app.accounting.bank.errors import NoProposal
from app.accounting.models import BankLine, LineKind
from app.kit.database import WriteSession
from app.kit.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a line; `refused` says why nothing did."""

    line_id: UUID
    kind: LineKind | None = None
    entry_id: UUID | None = None
    matched: int = 0
    refused: Refusal | None = None


async def confirm(
    session: WriteSession, told: Sequence[BankLine], line_ids: Sequence[UUID], *, actor: str
) -> list[Outcome]:
    """Decide these lines as was proposed; one that is refused leaves the others as they are.

    Outcomes come in the order of `line_ids`; a line out of sight, or without a proposal that can be taken
    here, is refused with NoProposal.
    """
    proposed = await decisions.propose(session, told)
    outcomes: dict[UUID, Outcome] = {}
    # In the order of their ids: two batches never wait for each other crosswise.
    for line_id in sorted(set(line_ids)):
        if line_id not in proposed:
            outcomes[line_id] = Outcome(line_id=line_id, refused=NoProposal(line=line_id))
            continue
        try:
            async with session.begin_nested():
                line = await decisions.decide(session, line_id, proposed[line_id], actor=actor)
            outcomes[line_id] = Outcome(line_id=line_id, kind=line.kind, entry_id=line.entry_id)
        except Refusal as refusal:
            outcomes[line_id] = Outcome(line_id=line_id, refused=refusal)
    return [outcomes[line_id] for line_id in line_ids]


async def match(session: WriteSession, line_ids: Sequence[UUID], *, actor: str) -> list[Outcome]:
    """Match these lines with what is proposed for each; one that is refused leaves the others as they are.

    Outcomes come in the order of `line_ids`. What was proposed is looked for anew behind the line's lock, so
    that of two lines that could take one posting the first takes it and the other is refused: NoProposal.
    """
    outcomes: dict[UUID, Outcome] = {}
    for line_id in sorted(set(line_ids)):
        try:
            async with session.begin_nested():
                outcomes[line_id] = await _match(session, line_id, actor)
        except Refusal as refusal:
            outcomes[line_id] = Outcome(line_id=line_id, refused=refusal)
    return [outcomes[line_id] for line_id in line_ids]


async def _match(session: WriteSession, line_id: UUID, actor: str) -> Outcome:
    line, _ = await decisions.hold(session, line_id)
    pairs = matches.propose(line, await matches.candidates(session, line))
    if not pairs or line.matched_minor == abs(line.amount):
        raise NoProposal(line=line_id)
    await matches.make(session, [line], pairs, actor=actor)
    return Outcome(line_id=line_id, matched=sum(pair.amount for pair in pairs))
