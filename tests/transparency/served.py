"""What a log serves, fetched as a stranger fetches it."""

from httpx import AsyncClient

from app.transparency import tiles

SIZES = (1, 3, 260, 600)
"""At these sizes the log of these tests was signed."""


async def fetched(client: AsyncClient, path: str) -> bytes:
    answer = await client.get(f"/v1/log/{path}")
    assert answer.status_code == 200, f"{path}: {answer.text}"
    return answer.content


async def everything(client: AsyncClient, size: int = 600) -> dict[str, bytes]:
    """All that a stranger of a log of this size fetches."""
    paths = ["checkpoint", "vkey", "tile/1/000.p/2"]
    for number in range(3):
        address = tiles.path(number, tiles.width(size, tiles.Place(0, number)) % 256)
        paths += [f"tile/0/{address}", f"tile/entries/{address}"]
    return {path: await fetched(client, path) for path in paths}
