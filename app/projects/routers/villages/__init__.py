"""The doors of Happy Home villages."""

from app.kit.http.doors import joined
from app.projects.routers.villages import books, homes, requests, supervision

router = joined([homes.router, books.router, requests.router, supervision.router])

__all__ = ["router"]
