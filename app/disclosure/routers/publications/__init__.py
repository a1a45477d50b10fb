"""Publications over HTTP: for everybody, and for those who prepare them."""

from app.disclosure.routers.publications import drafts, news, publications

__all__ = ["drafts", "news", "publications"]
