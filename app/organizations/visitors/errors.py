"""Refusals about visitors: people of the public who sign in through a front end."""

from app.kit.errors import Forbidden, Invalid, Unauthenticated, Unavailable


class PhoneInvalid(Invalid):
    """This is not a telephone number."""

    title_zh = "电话号码无效"


class MessagesNotSent(Unavailable):
    """No way to send messages to telephones has been set up here."""

    title_zh = "本系统尚未配置短信发送"


class ProofInvalid(Unauthenticated):
    """The proof is wrong, was used before, or is older than it may be."""

    title_zh = "身份证明错误、已使用或已过期"


class NotThePlatform(Forbidden):
    """Only a platform's own key says which of the platform's users somebody is."""

    title_zh = "仅平台自身的密钥可以证明其用户身份"


class NotAVisitor(Forbidden):
    """This door is for people who have signed in through a front end."""

    title_zh = "此入口仅供通过前端登录的公众使用"
