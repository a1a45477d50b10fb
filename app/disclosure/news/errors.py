"""Refusals of news."""

from app.kit.errors import Conflict, Invalid


class IssueKnown(Conflict):
    """This number of this publication has been recorded already."""

    title_zh = "该刊该期已登记"


class ArticleWithdrawn(Conflict):
    """This article has been withdrawn already."""

    title_zh = "该文章已撤下"


class ArticleAboutNothing(Invalid):
    """An article tells of a public campaign, or of a project, of the same organization."""

    title_zh = "文章须关联本机构公开的募捐活动或项目"
