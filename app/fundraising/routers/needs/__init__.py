"""The doors of needs, offers and their matches."""

from app.fundraising.routers.needs import matches, needs, offers
from app.kit.http.doors import joined

router = joined(door.router for door in (needs, offers, matches))

__all__ = ["router"]
