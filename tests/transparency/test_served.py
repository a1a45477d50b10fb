"""Strangers fetch the log in the formats of C2SP, and programs that nobody here wrote verify it."""

import pytest
from httpx import AsyncClient
from tlog_scales.reader import TilesReader
from tlog_scales.signing import Vkey, VkeySet
from tlog_scales.tiles import leaf_hash

from app.kit.database import Database
from app.transparency import heads, strangers, tiles
from app.transparency.checkpoints import Proof
from app.transparency.notes import NoteWrong, SigningKey
from app.transparency.strangers import LogWrong
from tests.site.pages import Sheet
from tests.transparency import logs
from tests.transparency.served import everything, fetched


async def test_types_and_caching_are_those_of_the_specification(log: AsyncClient) -> None:
    checkpoint = await log.get("/v1/log/checkpoint")
    assert checkpoint.headers["content-type"] == "text/plain; charset=utf-8"
    assert checkpoint.headers["cache-control"] == "no-store"
    assert checkpoint.text.startswith(f"{logs.ORIGIN}\n600\n")
    for path in (
        "tile/0/000",
        "tile/0/002.p/88",
        "tile/1/000.p/2",
        "tile/entries/001",
        "tile/entries/002.p/88",
    ):
        answer = await log.get(f"/v1/log/{path}")
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert len(await fetched(log, "tile/0/000")) == 256 * 32
    assert len(await fetched(log, "tile/0/001.p/4")) == 4 * 32


@pytest.mark.parametrize(
    "path",
    [
        *("tile/0/000.p/2", "tile/0/000.p/100", "tile/0/002.p/87", "tile/0/002", "tile/0/003.p/1"),
        *("tile/entries/000.p/2", "tile/entries/002", "tile/1/000", "tile/1/000.p/3", "tile/2/000.p/1"),
        *("tile/0/0", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/x000/000", "tile/0/abc", "tile/63/000"),
        *("tile/7/x999/x999/x999/x999/999", "proof/600"),
    ],
)
async def test_what_no_published_checkpoint_has_is_not_there(log: AsyncClient, path: str) -> None:
    answer = await log.get(f"/v1/log/{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


async def test_partial_tiles_of_every_size_that_was_signed_stay(log: AsyncClient) -> None:
    for path in (
        "tile/0/000.p/1",
        "tile/0/000.p/3",
        "tile/0/001.p/4",
        "tile/1/000.p/1",
        "tile/entries/001.p/4",
    ):
        whole = await fetched(log, path.partition(".p")[0]) if "1/000" not in path else None
        partial = await fetched(log, path)
        assert whole is None or whole.startswith(partial)


async def test_a_proof_of_any_leaf_holds_offline(log: AsyncClient) -> None:
    [key] = strangers.read_keys((await log.get("/v1/log/vkey")).text)
    entries = tiles.read_bundle(await fetched(log, "tile/entries/001"))
    proof = Proof.read((await log.get("/v1/log/proof/300")).text)
    assert proof.index == 300
    assert proof.check(entries[300 - 256], [key]).size == 600


async def test_our_stranger_accepts_it_and_remembers(log: AsyncClient) -> None:
    served = await everything(log)
    keys = strangers.read_keys(served["vkey"].decode())
    verdict = strangers.verify(served.__getitem__, keys)
    assert (verdict.entry_count, verdict.tile_count, verdict.continues) == (600, 4, None)
    again = strangers.verify(served.__getitem__, keys, verdict.note)
    assert again.continues == 600
    for forged in (
        verdict.note.replace("\n600\n", "\n601\n"),
        verdict.note.replace("\n600\n", "\n599\n"),
        verdict.note.replace(logs.ORIGIN, "example.org/other"),
    ):
        with pytest.raises(LogWrong):
            strangers.verify(served.__getitem__, keys, forged)
    with pytest.raises(NoteWrong):
        strangers.verify(served.__getitem__, [SigningKey.new(logs.ORIGIN).verifier])
    for path in served.keys() - {"vkey"}:
        flipped = bytearray(served[path])
        flipped[len(flipped) // 2] ^= 1
        with pytest.raises((LogWrong, NoteWrong)):
            strangers.verify({**served, path: bytes(flipped)}.__getitem__, keys)


class Backend:
    """What tlog-scales reads a log through."""

    def __init__(self, served: dict[str, bytes]) -> None:
        self.served = served

    def get(self, *path: str) -> bytes | None:
        return self.served.get("/".join(path))


async def test_the_program_of_others_verifies_it(log: AsyncClient) -> None:
    served = await everything(log)
    reader = TilesReader(Backend(served))
    checkpoint = reader.get_checkpoint()
    keys = VkeySet(Vkey.from_string(served["vkey"].decode().strip()))
    assert len(keys.verify(checkpoint.signatures, checkpoint)) == 1
    assert reader.calculate_root_hash() == checkpoint.root_hash
    for index in (0, 255, 256, 599):
        entry = reader.get_entry(index)
        reader.get_inclusion_proof(index, 600).check(leaf_hash(entry), checkpoint.root_hash)
        ours = Proof.read((await log.get(f"/v1/log/proof/{index}")).text)
        assert list(ours.hashes) == list(reader.get_inclusion_proof(index, 600).node_hashes)


async def test_the_page_explains_it_in_both_languages(log: AsyncClient, committed: Database) -> None:
    async with committed.reading() as session:
        [key] = await heads.keys(session, 1)
    for language, words in (("zh", "公开日志"), ("en", "The public log")):
        answer = await log.get(f"/v1/log?lang={language}")
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        sheet = Sheet(answer.text)
        assert words in sheet.one("h1").text
        for said in (
            str(key),
            logs.ORIGIN,
            "tlog-tiles get-leaf --check http://test/v1/log 0",
            "/v1/log/vkey",
        ):
            assert said in answer.text


async def test_before_the_first_signature_there_is_nothing_but_the_page(
    committed_client: AsyncClient,
) -> None:
    for path in ("checkpoint", "vkey", "proof/0", "tile/0/000", "tile/entries/000.p/1"):
        assert (await committed_client.get(f"/v1/log/{path}")).status_code == 404
    assert "尚未签发" in (await committed_client.get("/v1/log")).text


async def test_readiness_and_metrics_tell_the_lag_and_who_holds_it(
    log: AsyncClient, committed: Database
) -> None:
    assert (await log.get("/readyz")).json()["log"] == {
        "size": 600,
        "signed_size": 600,
        "waiting_seconds": 0.0,
        "unsigned_seconds": 0.0,
        "alarm": None,
        "held_by": None,
    }
    async with committed.writing() as late:
        await logs.make.books(late)
        await logs.book(committed, 1)
        await logs.seal(committed)
        told = (await log.get("/readyz")).json()["log"]
        assert told["size"] == 600
        assert told["waiting_seconds"] > 0
        assert told["held_by"]["role"] == "zhengxinlu_service"
        metrics = (await log.get("/metrics")).text
        assert "zhengxinlu_log_size 600.0" in metrics
        assert "zhengxinlu_log_alarm 0.0" in metrics
