"""Refusals: the ways a request can be refused. What each means in HTTP is in problems.py.

A refusal states a fact. Its docstring's first line is the English title a client reads, `title_zh` the
Chinese one; keyword facts become members of the problem document. What is to be said beyond the title is
said in both languages, English first: in a Chinese document English words do not stand.
"""

from typing import ClassVar


class Refusal(Exception):  # noqa: N818 - it is a fact about the request, not a fault of ours
    """The request cannot be carried out."""

    title_zh: ClassVar[str] = "请求无法执行"

    def __init__(self, detail: str = "", detail_zh: str = "", **facts: object) -> None:
        super().__init__(detail or type(self).__name__)
        self.detail = detail
        self.detail_zh = detail_zh
        self.facts = facts


class Malformed(Refusal):
    """The request is malformed."""

    title_zh = "请求格式有误"


class Invalid(Refusal):
    """The request is well formed, but says something that cannot be so."""

    title_zh = "请求内容不符合规则"


class Unauthenticated(Refusal):
    """You have not said who you are, or we could not verify it."""

    title_zh = "未登录或凭证无效"


class Forbidden(Refusal):
    """You may not do this."""

    title_zh = "无权执行此操作"


class NotFound(Refusal):
    """There is no such thing, or you may not know of it."""

    title_zh = "对象不存在或无权查看"


class Conflict(Refusal):
    """The request contradicts the present state."""

    title_zh = "请求与当前状态冲突"


class TooLarge(Refusal):
    """The request is larger than this door accepts."""

    title_zh = "请求体过大"


class TooMany(Refusal):
    """You are asking too often."""

    title_zh = "请求过于频繁"


class Unavailable(Refusal):
    """The service cannot do this at the moment; ask again soon."""

    title_zh = "服务暂时不可用，请稍后重试"


class VersionNotStated(Refusal):
    """Say in If-Match which version you are changing."""

    title_zh = "请在 If-Match 中注明所修改的版本"


class VersionStale(Refusal):
    """Somebody changed this since you read it; read it again."""

    title_zh = "该内容已被他人修改，请重新读取"
