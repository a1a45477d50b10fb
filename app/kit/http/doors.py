"""Doors: many routers as one, without a second copy of what each route is made of."""

from collections.abc import Iterable
from functools import cache

from fastapi import APIRouter, FastAPI
from fastapi.dependencies import utils

# FastAPI remembers the fields of 128 query models. With more of them it makes some anew at every request, and
# its document, which looks fields up by identity, fails with a KeyError.
_few = utils.get_cached_model_fields  # pyright: ignore[reportPrivateImportUsage]
utils.get_cached_model_fields = cache(_few.__wrapped__)  # pyright: ignore[reportPrivateImportUsage]


def joined(routers: Iterable[APIRouter]) -> APIRouter:
    """Return one router with the routes of these, in their order.

    To include a router in another has FastAPI build all that its routes are made of once more, for the case
    that a prefix or a dependency comes with it. Where none does, the routes themselves will do: some tens of
    megabytes in each process, and a second of every start.
    """
    whole = APIRouter()
    for router in routers:
        whole.routes.extend(router.routes)
    return whole


def install(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    """Give an application the routes of these routers, in their order."""
    app.router.routes.extend(joined(routers).routes)
