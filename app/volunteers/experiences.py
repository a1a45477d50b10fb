"""Experiences: trainings, commendations, and what organization and volunteer thought of each other."""

from uuid import UUID

from sqlalchemy import exists, select

from app.kit import constraints, vault
from app.kit.database import ReadSession, WriteSession
from app.volunteers import volunteers
from app.volunteers.errors import (
    EvaluatedAlready,
    NotServed,
)
from app.volunteers.models import CheckIn, Commendation, Evaluation, Side, SignUp, Training, Volunteer


async def record(session: WriteSession, volunteer: Volunteer, made: Training | Commendation) -> None:
    """Record a training or a commendation."""
    volunteers.refuse_erased(volunteer)
    session.add(made)
    await session.flush()


async def evaluate(
    session: WriteSession, sign_up: SignUp, side: Side, *, score: int, words: str | None, actor: str
) -> Evaluation:
    """Say how it was, once per side; the words are sealed with the volunteer."""
    came = exists().where(CheckIn.sign_up_id == sign_up.id)
    if not await session.scalar(select(came)):
        raise NotServed
    made = Evaluation(sign_up_id=sign_up.id, side=side, score=score, actor=actor)
    async with constraints.told(session, {"evaluations_sign_up_id_side_key": EvaluatedAlready()}):
        session.add(made)
    if words:
        await vault.keep(session, sign_up.volunteer_id, {f"evaluation:{made.id}": words})
    return made


async def words(session: ReadSession, volunteer_id: UUID, evaluation_ids: list[UUID]) -> dict[UUID, str]:
    """Return the words of evaluations; those of somebody erased are gone."""
    fields = {f"evaluation:{one}": one for one in evaluation_ids}
    known = (await vault.read(session, [volunteer_id], list(fields))).get(volunteer_id, {})
    return {fields[field]: text for field, text in known.items()}
