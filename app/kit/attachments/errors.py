"""Refusals of attachments."""

from app.kit.errors import Conflict, Invalid, NotFound, TooLarge, Unavailable


class FileTooLarge(TooLarge):
    """The file is larger than an attachment may be."""

    title_zh = "文件超过附件大小上限"


class FileEmpty(Invalid):
    """The file is empty."""

    title_zh = "文件为空"


class FileTypeNotAllowed(Invalid):
    """A file of this type is not taken, or its content is not what such a file holds."""

    title_zh = "不接受此类型的文件，或文件内容与类型不符"


class DocumentNamesAuthor(Invalid):
    """This document says who wrote it, and that can't be taken out of it: print it anew as a PDF."""

    title_zh = "该文件含有无法清除的作者信息，请重新导出为PDF后上传"


class AttachmentNotFree(Conflict):
    """An attachment belongs to something already, to another organization, or to another person's upload."""

    title_zh = "附件已被使用，或不属于本机构、不是本人上传"


class AttachmentGone(NotFound):
    """The file is not kept any more."""

    title_zh = "文件已不再保存"


class StoreAway(Unavailable):
    """The store of files cannot be reached at the moment, or none is set up."""

    title_zh = "文件存储暂时不可用或尚未配置"
