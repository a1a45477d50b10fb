"""Letters: what people are written, and the words of it."""

from uuid import UUID

from sqlalchemy import select

from app.kit.database import ReadSession
from app.kit.ids import new_id
from app.kit.mail import Letter
from app.organizations import addresses
from app.organizations.desk import notices
from app.organizations.models import Notification, Organization, Staff

_LINK = """\
您好：

有人为您在征信录的账号申请了新密码。请在24小时内用下面的一次性代码设置密码；若非您本人意愿，请忽略本邮件。

Somebody asked for a new password for your account. Use this code once, within 24 hours; if it was not you,
ignore this letter.

    {token}
"""


async def about(session: ReadSession, notification_id: UUID) -> Letter | None:
    """Return the letter that tells of a notification; None for whoever gave no address or has left."""
    found = await session.execute(
        select(Notification, Staff, Organization.name)
        .join(Staff, Staff.id == Notification.staff_id)
        .outerjoin(Organization, Organization.id == Notification.organization_id)
        .where(Notification.id == notification_id, Staff.disabled_at.is_(None))
    )
    row = found.one_or_none()
    known = await addresses.of(session, [row[1].id]) if row else {}
    if row is None or not known:
        return None
    told, staff, place = row
    notice = notices.known(session)[told.topic]
    words = [notice.title_zh, notice.title, "", place or "", told.subject]
    return Letter(
        to=known[staff.id],
        subject=f"征信录：{notice.title_zh}",
        text="\n".join(words),
        key=f"notice-{told.id}",
    )


def with_link(address: str, token: str) -> Letter:
    """Return the letter with the token of a link for choosing a password."""
    subject = "征信录：设置密码 · choose a password"
    return Letter(to=address, subject=subject, text=_LINK.format(token=token), key=f"password-{new_id()}")
