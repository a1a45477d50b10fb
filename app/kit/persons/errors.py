"""Refusals about who somebody is."""

from app.kit.errors import Invalid


class DocumentInvalid(Invalid):
    """The number is not one of this kind of document: its shape or its check character is wrong."""

    title_zh = "证件号码格式或校验位有误"


class BirthDateDiffers(Invalid):
    """The date of birth is missing, or is not the one in the document's number."""

    title_zh = "缺少出生日期，或与证件号码不一致"


class GuardianConsentMissing(Invalid):
    """Whoever is under 14 is registered with the consent of a parent or guardian only."""

    title_zh = "未满十四周岁须取得父母或其他监护人同意"
