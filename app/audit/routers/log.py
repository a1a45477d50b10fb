"""The public log over HTTP, in the formats of C2SP, for whoever wants to verify it."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from fastapi.responses import PlainTextResponse

from app.kit.database import Reading
from app.kit.http import problems
from app.kit.http.doors import LateRoute
from app.organizations.signin import public
from app.transparency import heads, served
from app.transparency.errors import LeafNotProven, LogNotBegun, TileNotPublished

router = APIRouter(prefix="/v1/log", tags=["log"], dependencies=[public], route_class=LateRoute)

NEVER_KEPT = {"Cache-Control": "no-store"}
SHORTLY_KEPT = {"Cache-Control": "public, max-age=60"}
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
OCTETS = "application/octet-stream"

CHECKPOINT = """charity.example/v1/log
73895
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

\N{EM DASH} charity.example/v1/log A+/dE9LtUq2f0vH3m1pXo8cZ...
"""
VKEY = "charity.example/v1/log+03efdd13+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx\n"
PROOF = f"c2sp.org/tlog-proof@v1\nindex 73894\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n{CHECKPOINT}"

TileAddress = Annotated[
    str, Path(max_length=80, examples=["x073/288"], description="`<N>` or `<N>.p/<W>` of tlog-tiles.")
]


def _text(example: str, *refusals: type[Any]) -> dict[Any, Any]:
    return {200: {"content": {"text/plain": {"example": example}}}, **problems.responses(*refusals)}


_BYTES = {"schema": {"type": "string", "format": "binary"}, "example": "(256 x 32 bytes)"}
_OCTETS: dict[Any, Any] = {
    200: {"content": {OCTETS: _BYTES}},
    **problems.responses(TileNotPublished, LogNotBegun),
}


@router.get(
    "/checkpoint",
    operation_id="read_checkpoint",
    response_class=PlainTextResponse,
    responses=_text(CHECKPOINT, LogNotBegun),
)
async def read_checkpoint(session: Reading) -> Response:
    """Read the latest signed checkpoint (C2SP tlog-checkpoint): origin, size, root, signatures."""
    return PlainTextResponse((await heads.latest(session)).note, headers=NEVER_KEPT)


@router.get(
    "/vkey",
    operation_id="read_vkey",
    response_class=PlainTextResponse,
    responses=_text(VKEY, LogNotBegun),
)
async def read_vkey(session: Reading) -> Response:
    """Read the keys that verify checkpoints, one a line, the newest first (C2SP signed-note)."""
    latest = await heads.latest(session)
    keys = await heads.keys(session, latest.log_id)
    return PlainTextResponse("".join(f"{key}\n" for key in keys), headers=SHORTLY_KEPT)


@router.get(
    "/proof/{index}",
    operation_id="read_proof",
    response_class=PlainTextResponse,
    responses=_text(PROOF, LeafNotProven, LogNotBegun),
)
async def read_proof(
    session: Reading, index: Annotated[int, Path(ge=0, le=served.NUMBER_MAX, examples=[73894])]
) -> Response:
    """Read the proof that a leaf is in the latest checkpoint (C2SP tlog-proof)."""
    return PlainTextResponse(str(await heads.proof(session, index)), headers=NEVER_KEPT)


@router.get(
    "/tile/entries/{tile:path}", operation_id="read_entries", response_class=Response, responses=_OCTETS
)
async def read_entries(session: Reading, tile: TileAddress) -> Response:
    """Read up to 256 entries, each after its length in two bytes (C2SP tlog-tiles)."""
    return Response(await served.bundle(session, tile), media_type=OCTETS, headers=FOREVER)


@router.get("/tile/{level}/{tile:path}", operation_id="read_tile", response_class=Response, responses=_OCTETS)
async def read_tile(
    session: Reading, level: Annotated[int, Path(ge=0, le=63, examples=[0])], tile: TileAddress
) -> Response:
    """Read up to 256 hashes of the tree, side by side (C2SP tlog-tiles)."""
    return Response(await served.tile(session, level, tile), media_type=OCTETS, headers=FOREVER)
