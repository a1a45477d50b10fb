"""Dialects: which translator understands which kind of platform."""

from collections.abc import Mapping

from app.organizations.models import PlatformKind
from app.webhooks.events import Translator
from app.webhooks.translators import alipay, standard, wechat_pay

TRANSLATORS: Mapping[PlatformKind, Translator] = {
    PlatformKind.standard: standard,
    PlatformKind.wechat_pay: wechat_pay,
    PlatformKind.alipay: alipay,
}


def of(kind: PlatformKind) -> Translator:
    """Return what understands a kind of platform."""
    return TRANSLATORS[kind]
