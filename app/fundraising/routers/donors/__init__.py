"""The doors about donors."""

from app.fundraising.routers.donors import cards, dealings, own, requests
from app.kit.http.doors import joined

router = joined(door.router for door in (cards, dealings, requests, own))

__all__ = ["router"]
