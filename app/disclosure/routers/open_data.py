"""Open data over HTTP, for everybody: a dictionary, and whole files that are made while they are sent."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import StreamingResponse

from app.disclosure.errors import DatasetNotFound
from app.disclosure.open_data import files
from app.disclosure.open_data.dictionary import DATASETS, Dataset
from app.disclosure.schemas.open_data import OpenDataOut
from app.kit.database import Streaming
from app.kit.errors import TooMany
from app.kit.http import problems
from app.kit.http.caching import CacheableRoute
from app.kit.http.doors import LateRoute
from app.kit.http.rates import RateLimit
from app.organizations.signin import public

dictionary = APIRouter(prefix="/open-data", route_class=CacheableRoute, dependencies=[public])
downloads = APIRouter(prefix="/open-data", dependencies=[public], route_class=LateRoute)
router = APIRouter()

FILE_RATE = RateLimit("open data", count=20, seconds=60)
"""A file is every row that there is: who wants all of them every second is asked to wait."""

OfDataset = Annotated[str, Path(max_length=64, description="campaigns, projects, donations, disbursements.")]


def _file(media_type: str, example: str) -> dict[int | str, dict[str, Any]]:
    content = {200: {"content": {media_type: {"example": example}}, "description": "The file."}}
    return content | problems.responses(DatasetNotFound, TooMany)


@dictionary.get("", operation_id="read_open_data", summary="Read the data dictionary")
async def read_open_data(request: Request) -> OpenDataOut:
    """Read which datasets there are, what each column is, and under which licence they may be used."""
    return OpenDataOut.under(request.app.state.settings.open_data_licence)


@downloads.get(
    "/{dataset}.csv",
    operation_id="export_open_data_csv",
    summary="Export a dataset as CSV",
    response_class=StreamingResponse,
    dependencies=[Depends(FILE_RATE)],
    responses=_file("text/csv", "code,title\r\nSX-2026-BRIDGE,慈安桥\r\n"),
)
async def export_csv(database: Streaming, dataset: OfDataset) -> StreamingResponse:
    """Export a dataset as CSV in UTF-8 (with its mark), streamed; no cell is read as a formula."""
    named = _named(dataset)
    return StreamingResponse(files.as_csv(database, named), media_type=files.CSV, headers=_as(named, "csv"))


@downloads.get(
    "/{dataset}.jsonl",
    operation_id="export_open_data_lines",
    summary="Export a dataset as JSON Lines",
    response_class=StreamingResponse,
    dependencies=[Depends(FILE_RATE)],
    responses=_file(files.JSONL, '{"code":"SX-2026-BRIDGE","title":"慈安桥"}\n'),
)
async def export_lines(database: Streaming, dataset: OfDataset) -> StreamingResponse:
    """Export a dataset as JSON Lines, streamed: an object for each row, with every column."""
    named = _named(dataset)
    content = files.as_jsonl(database, named)
    return StreamingResponse(content, media_type=files.JSONL, headers=_as(named, "jsonl"))


def _named(name: str) -> Dataset:
    if name not in DATASETS:
        raise DatasetNotFound(dataset=name)
    return DATASETS[name]


def _as(dataset: Dataset, form: str) -> dict[str, str]:
    # Not kept: a consent that is withdrawn holds at once.
    return {
        "Content-Disposition": f'attachment; filename="{dataset.name}.{form}"',
        "Cache-Control": "no-store",
    }


router.include_router(dictionary)
router.include_router(downloads)
