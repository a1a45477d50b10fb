"""Texts: what an organization's letters say, version by version, and the letter set from one of them."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from app.accounting.letters import merging
from app.accounting.letters.errors import LetterNotFound, LetterWrittenMeanwhile
from app.accounting.letters.starters import STARTERS
from app.accounting.models import LetterText
from app.kit import constraints
from app.kit.clock import LEGAL_ZONE, today
from app.kit.database import ReadSession, WriteSession
from app.kit.typesetting import papers
from app.organizations.models import Organization

TEMPLATE = Path(__file__).parent / "letter.typ"


async def write(session: WriteSession, text: LetterText) -> LetterText:
    """Add the next version of a letter. Raises MergeFieldUnknown, LetterWrittenMeanwhile."""
    merging.fields(text.body)
    last = await latest(session, text.organization_id, text.code)
    text.number = (last.number if last else 0) + 1
    key = "letter_texts_organization_id_code_number_key"
    async with constraints.told(session, {key: LetterWrittenMeanwhile(letter=text.code)}):
        session.add(text)
    return text


async def latest(session: ReadSession, organization_id: UUID, code: str) -> LetterText | None:
    """Return the last version that an organization wrote of a letter, if it ever did."""
    query = select(LetterText).where(LetterText.organization_id == organization_id, LetterText.code == code)
    return await session.scalar(query.order_by(LetterText.number.desc()).limit(1))


async def find(
    session: ReadSession, organization_id: UUID, code: str, number: int | None = None
) -> LetterText:
    """Return a version of a letter, or the last one; before the first the text to begin with, as number 0."""
    if number:
        query = select(LetterText).where(
            LetterText.organization_id == organization_id,
            LetterText.code == code,
            LetterText.number == number,
        )
        text = await session.scalar(query)
    else:
        text = await latest(session, organization_id, code) if number is None else None
        text = text or _starter(organization_id, code)
    if text is None:
        raise LetterNotFound(letter=code, number=number)
    return text


def _starter(organization_id: UUID, code: str) -> LetterText | None:
    found = STARTERS.get(code)
    if found is None:
        return None
    return LetterText(
        organization_id=organization_id,
        code=code,
        number=0,
        title=found.title,
        language=found.language,
        body=found.body,
        made_by="starter",
    )


async def pdf(organization: Organization, text: LetterText, values: Mapping[str, str]) -> bytes:
    """Set a letter with these values as PDF; nothing of them is kept. Raises MergeFieldsUnequal."""
    day = today()
    own = {
        "organization_name": organization.name,
        "organization_credit_code": organization.uscc or "",
        "date": f"{day.year}年{day.month}月{day.day}日" if text.language == "zh" else f"{day:%d %B %Y}",
    }
    # The title asks for no values of its own: what is a heading stands on every page.
    data = {
        "title": text.title,
        "issuer": organization.name,
        "language": text.language,
        "paragraphs": merging.merge(text.body, values, own).splitlines(),
        "note": f"{text.code} v{text.number}",
    }
    return await papers.pdf(TEMPLATE, data, made_at=datetime.combine(day, time(), LEGAL_ZONE).astimezone(UTC))
