"""Constraints: what the database refuses, told as the refusal it stands for."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.kit.database import WriteSession
from app.kit.errors import Refusal


@asynccontextmanager
async def told(session: WriteSession, refusals: Mapping[str, Refusal]) -> AsyncGenerator[None]:
    """Flush what is added inside; a constraint named in `refusals` is raised as its refusal.

    The unique and foreign keys are the referees of every race: nobody looks first and inserts then.
    """
    try:
        async with session.begin_nested():
            yield
            await session.flush()
    except IntegrityError as error:
        refusal = refusals.get(_name(error.orig))
        if refusal is None:
            raise
        raise refusal from None


def _name(error: Any) -> str:  # noqa: ANN401 - the driver's own error
    diagnosis = getattr(error, "diag", None)
    return str(getattr(diagnosis, "constraint_name", ""))
