"""Honours, ambassadors and commendations over HTTP."""

from app.disclosure.routers.honours import ambassadors, commendations, honours, objections, public

__all__ = ["ambassadors", "commendations", "honours", "objections", "public"]
