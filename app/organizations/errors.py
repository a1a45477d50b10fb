"""Refusals of organizations and access."""

from app.kit.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated


class NotAllowed(Forbidden):
    """Your roles in this organization do not allow this."""

    title_zh = "您在该组织的角色无此权限"


class OutsideMandate(Forbidden):
    """Your mandate does not cover these years; one of certain years opens books at /v1/audit alone."""

    title_zh = "委托范围不包括该年度；限定年度的委托只能在审计接口（/v1/audit）查阅账簿"


class OutOfSight(NotFound):
    """There is no such thing in the organizations that you can see."""

    title_zh = "您可见的组织范围内没有该对象"


class SignInFailed(Unauthenticated):
    """The username or the password is wrong, or there were too many attempts; try again in 15 minutes."""

    title_zh = "用户名或密码错误，或尝试次数过多，请15分钟后再试"


class PasswordMustChange(Forbidden):
    """The password you were given opens nothing yet: first choose your own."""

    title_zh = "请先修改初始密码"


class TokenInvalid(Unauthenticated):
    """The token is not valid, or no longer."""

    title_zh = "令牌无效或已失效"


class RefreshTokenReused(Unauthenticated):
    """This refresh token was spent before; the whole sign-in has been ended."""

    title_zh = "刷新令牌被重复使用，本次登录已全部失效"


class PasswordTooWeak(Invalid):
    """The password must have 10 to 200 characters and must not contain the username."""

    title_zh = "密码须为10至200个字符，且不得包含用户名"


class LinkSpent(Invalid):
    """This link was used before, is older than a day, or was never handed out."""

    title_zh = "重置链接已使用、已过期或不存在"


class CodeTaken(Conflict):
    """Another organization has this code."""

    title_zh = "该组织代码已被使用"


class CreditCodeTaken(Conflict):
    """Another organization has this unified social credit code."""

    title_zh = "该统一社会信用代码已被其他组织使用"


class CreditCodeInvalid(Invalid):
    """This is not a unified social credit code: its shape or its check character is wrong."""

    title_zh = "统一社会信用代码格式或校验码有误"


class RegionUnknown(Invalid):
    """There is no region with this code."""

    title_zh = "没有该行政区划代码"


class EndedBeforeBooks(Invalid):
    """The member's last day lies before its books begin: say also from when its books are."""

    title_zh = "终止日期早于建账日期"


class ParentNotAbove(Invalid):
    """An organization's parent must be of a higher tier than itself."""

    title_zh = "上级组织的层级必须高于本组织"


class UsernameTaken(Conflict):
    """Another person has this username."""

    title_zh = "该用户名已被使用"


class PersonHoldsMore(Forbidden):
    """This person also holds roles in organizations that you cannot see; an admin above must do this."""

    title_zh = "该人员在您不可见的组织另有角色，须由上级管理员办理"


class PersonDisabled(Conflict):
    """This person's account is disabled."""

    title_zh = "该人员账号已停用"


class RoleHeld(Conflict):
    """This person already holds this role here."""

    title_zh = "该人员在此已有该角色"


class DutiesNotSeparate(Conflict):
    """One person may not be two of accountant, reviewer and cashier here, unless an exception is recorded."""

    title_zh = "同一人不得兼任会计、复核、出纳中的两项，除非登记例外理由"


class ScopeNotForKind(Invalid):
    """An auditor's key has the scope `audit`, a partner's `partner`, a service's any of the others."""

    title_zh = "密钥类别与授权范围不符"


class TermOutOfBounds(Invalid):
    """This ends before it begins, or lasts longer than is allowed."""

    title_zh = "期限无效或过长"


class DelegateInvalid(Invalid):
    """There is no such organization to delegate to, or it is this one."""

    title_zh = "受托组织不存在或即本组织"


class SerialTaken(Conflict):
    """The platform has a public key under this serial number."""

    title_zh = "该平台已有此序列号的公钥"


class SlugTaken(Conflict):
    """Another platform has this slug."""

    title_zh = "该平台代号已被使用"


class ApprovalKindUnknown(Invalid):
    """Nothing of this kind is decided by approval here."""

    title_zh = "没有该类审批事项"


class AskedAlready(Conflict):
    """This already waits for approval."""

    title_zh = "该事项已在审批中"


class ApprovalEnded(Conflict):
    """This request has been approved, rejected or withdrawn already."""

    title_zh = "该审批已通过、已驳回或已撤回"


class AskedYourself(Forbidden):
    """Nobody decides what they asked for themselves, nor does their deputy in their place."""

    title_zh = "申请人及其代理人不得审批本人的申请"


class DecidedBefore(Forbidden):
    """Nobody decides two steps of one request, in whose right ever."""

    title_zh = "同一人不得审批同一申请的两个环节"


class NotYourStep(Forbidden):
    """This step is decided by somebody with another role in this organization."""

    title_zh = "该环节由该组织其他角色审批"


class TiersUnordered(Invalid):
    """The tiers of a policy must rise, and the last one must have no upper amount."""

    title_zh = "审批档次的金额须递增，且最后一档不设上限"


class DeputyUnfit(Invalid):
    """A deputy is another person with a role here that decides, and so is whom they stand for."""

    title_zh = "代理人与被代理人须为本组织内有审批权的不同人员"


class SecondFactorMissing(Unauthenticated):
    """The password is right; this account also needs a code of its authenticator app, as `code`."""

    title_zh = "密码正确，本账号还须提供动态验证码（code）"


class SecondFactorWrong(Unauthenticated):
    """The code of the second factor is wrong, or was used before."""

    title_zh = "动态验证码错误或已使用"


class SecondFactorNeeded(Forbidden):
    """This decision asks for a sign-in with a second factor; sign in again with a code."""

    title_zh = "该审批须以动态验证码登录后办理"


class SecondFactorDemanded(Forbidden):
    """A role of yours demands a second factor: enrol one, then sign in with it."""

    title_zh = "您的岗位须启用动态验证码：请先登记，再以验证码登录"


class FactorHeld(Conflict):
    """You have a second factor already; an admin removes it if it is lost."""

    title_zh = "您已启用动态验证码，如遗失请由管理员停用"


class FactorNotEnrolled(Conflict):
    """No second factor has been enrolled."""

    title_zh = "尚未登记动态验证码"
