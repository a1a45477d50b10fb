"""Refusals of the webhook door."""

from app.kit.errors import Conflict, Invalid, NotFound, Refusal, TooLarge, TooMany, Unauthenticated


class DeliveryNotAuthentic(Unauthenticated):
    """The signature is wrong or missing, outside its window, or the platform is not known here."""

    title_zh = "签名无效、缺失或已过时，或平台未登记"


class EventUnreadable(Refusal):
    """The event is not JSON, or does not say what an event of its type must say."""

    title_zh = "事件不是有效的 JSON 或缺少必要内容"


class EventDiffers(Conflict):
    """An event with this id was accepted before with another body."""

    title_zh = "相同事件号先前已接收，但内容不同"


class BodyTooLarge(TooLarge):
    """An event has at most 64 KiB."""

    title_zh = "事件超过 64 KiB"


class RateExceeded(TooMany):
    """The platform sends more events a second than agreed."""

    title_zh = "超过约定的每秒事件数"


class DeliveryNotFound(NotFound):
    """There is no such delivery."""

    title_zh = "投递记录不存在"


class DeliveryBodyGone(Conflict):
    """The body of this delivery is no longer kept: its time was over, or its giver has been erased."""

    title_zh = "该投递的原文已到期清除，或捐赠人信息已被删除"


class EventAcceptedSince(Conflict):
    """Another delivery with this event id has been accepted; that one counts."""

    title_zh = "同一事件号的另一投递已被接收"


class DeliveryNotInConflict(Conflict):
    """Only a message that contradicts an earlier one is looked into."""

    title_zh = "该投递与此前内容并无冲突"


class DeliveryNotReviewed(NotFound):
    """Nobody has looked into this message."""

    title_zh = "该投递尚未查明冲突"


class DeliveryReviewed(Conflict):
    """Somebody has looked into this message already."""

    title_zh = "该投递的冲突已查明"


class GiftUnknown(NotFound):
    """You have not told us of a gift with this number."""

    title_zh = "贵平台未送达过该捐赠号"


class CredentialUnusable(Invalid):
    """This is no key that a platform of this kind could have."""

    title_zh = "该密钥不适用于此类平台"


class PlatformSignsOtherwise(Conflict):
    """A platform of this kind signs with other keys."""

    title_zh = "该类平台使用其他密钥签名"


class SubscriptionNotFound(NotFound):
    """There is no such subscription."""

    title_zh = "订阅不存在"


class DispatchNotFound(NotFound):
    """There is no such dispatch."""

    title_zh = "推送记录不存在"


class AddressNotReachable(Invalid):
    """Events are told only to public addresses, over HTTPS."""

    title_zh = "仅可通过 HTTPS 推送到公网地址"


class SubscriptionDisabled(Conflict):
    """The subscription is disabled; enable it first."""

    title_zh = "该订阅已停用，请先启用"


class SecretsTooMany(Conflict):
    """So many secrets are live already that another one has to wait until one of them ends."""

    title_zh = "同时有效的签名密钥过多，请等待旧密钥到期"


class SubscriptionsTooMany(Conflict):
    """The organization has as many subscriptions as it may have."""

    title_zh = "该机构的订阅数量已达上限"


class DispatchNotWaiting(Conflict):
    """This event does not wait: it has been delivered or withdrawn."""

    title_zh = "该事件不在等待推送"


class EventNotKept(Conflict):
    """The event itself is no longer kept."""

    title_zh = "事件原文已过保存期限"
