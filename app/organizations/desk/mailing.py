"""Mailing: people are told of what concerns them, and written to if they gave an address."""

from uuid import UUID

from app.kit import jobs, mail
from app.kit.database import Transactions
from app.organizations import addresses, passwords, people
from app.organizations.desk import letters, notifications

ROUNDS_MAX = 50


async def tell_people(database: Transactions) -> int:
    """Turn the events since the last time into notifications; return how many. Safe to repeat."""
    told = 0
    for _ in range(ROUNDS_MAX):
        async with database.writing() as session:
            made, more = await notifications.spread(session)
            if mail.carrier(session) is not None:
                for notification_id in made:
                    await jobs.defer(session, mail_notification, notification_id=notification_id)
        told += len(made)
        if not more:
            break
    return told


@jobs.job()
async def mail_notification(database: Transactions, notification_id: str) -> None:
    """Write to a person of a notification; repeated, the letter carries the same Message-ID."""
    async with database.reading() as session:
        carrier = mail.carrier(session)
        letter = await letters.about(session, UUID(notification_id))
    # The transaction is over: a mail server may take its time.
    if carrier is not None and letter is not None:
        await carrier.carry(letter)


@jobs.job()
async def mail_password_link(database: Transactions, username: str) -> None:
    """Make a link for choosing a password and write it to its person, if there is one with an address.

    The link is made here and not by who asked: its token lies nowhere but in the letter. One that could not
    be sent is taken back, so that the next attempt makes another.
    """
    async with database.writing() as session:
        carrier = mail.carrier(session)
        staff = await people.written_to(session, username)
        known = await addresses.of(session, [staff.id]) if staff else {}
        if carrier is None or staff is None or not known or await passwords.mailed_lately(session, staff):
            return
        token = await passwords.make_link(session, staff, made_by=passwords.BY_MAIL)
    try:
        await carrier.carry(letters.with_link(known[staff.id], token))
    except Exception:
        async with database.writing() as session:
            await passwords.take_back(session, token)
        raise
