"""Refusals about who is helped, and with what."""

from app.kit.errors import Conflict, Invalid


class BeneficiaryNameDiffers(Conflict):
    """This document is registered under another name."""

    title_zh = "该证件已登记，但姓名与登记不符"


class BeneficiaryErased(Conflict):
    """This beneficiary has been erased; only what was given remains, in totals."""

    title_zh = "该受益人信息已删除，仅保留受益统计"


class BeneficiaryUnknown(Invalid):
    """Somebody on the list is not a beneficiary of this organization."""

    title_zh = "名单中有人不是本机构登记的受益人"


class GroupUnknown(Invalid):
    """The group is not one of this organization."""

    title_zh = "该受益群体不属于本机构"


class GroupNameTaken(Conflict):
    """The organization has a group of this name already."""

    title_zh = "本机构已有同名受益群体"


class HouseholdUnknown(Invalid):
    """The household is not one of this organization."""

    title_zh = "该家庭不属于本机构"


class BenefitReferenceTaken(Conflict):
    """A benefit of this project has the reference already."""

    title_zh = "本项目已有相同编号的受益记录"


class BenefitVoided(Conflict):
    """The benefit has been voided already."""

    title_zh = "该受益记录已作废"


class GivenBeforeStart(Invalid):
    """Nothing is given before the first day of the project."""

    title_zh = "受益日期早于项目实施首日"
