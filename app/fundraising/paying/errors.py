"""Refusals of asking a payment platform to collect."""

from app.kit.errors import Conflict, Invalid, Unavailable


class ProviderMissing(Conflict):
    """Nobody here can make payment parameters for this platform."""

    title_zh = "本系统尚不能为该平台生成支付参数"


class PaymentMethodUnfit(Invalid):
    """This platform does not collect in this way, or not by what was said."""

    title_zh = "该支付平台不支持所选支付方式，或所需信息不全"


class PaymentRefused(Conflict):
    """The payment platform does not want to collect this order."""

    title_zh = "支付平台拒绝了此订单"


class ProviderAway(Unavailable):
    """The payment platform does not answer, or not in a way that can be believed; order again soon."""

    title_zh = "支付平台暂时没有可信的应答，请稍后重新下单"
