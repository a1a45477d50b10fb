"""No private, loopback or otherwise reserved address is ever called, whatever a name says."""

import asyncio
import ssl
from collections.abc import Sequence
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.kit.clock import now
from app.webhooks.errors import AddressNotReachable
from app.webhooks.models import AttemptOutcome
from app.webhooks.outward import destinations
from app.webhooks.outward.couriers import Courier
from app.webhooks.outward.destinations import Address
from tests.webhooks.outward.receivers import Receiver, receiving

NAME = "events.example.org"
OURS = [
    *("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "169.254.169.254"),
    *("0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "203.0.113.9"),
    *("192.0.0.1", "::", "fe80::1", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1"),
    *("100::1", "::10.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::10.0.0.1"),
    *("64:ff9b:1::10.0.0.1", "2002:a00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
]
LOOPBACK = ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"]
PUBLIC = ["1.1.1.1", "223.5.5.5", "::ffff:1.1.1.1", "2606:4700:4700::1111", "2400:3200::1"]


class Names:
    """A resolver that says something else every time it is asked, and counts."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers, self.asked = list(answers), list[str]()

    async def __call__(self, host: str, port: int) -> Sequence[Address]:
        self.asked.append(f"{host}:{port}")
        return [ip_address(one) for one in self.answers[min(len(self.asked), len(self.answers)) - 1]]


@pytest.mark.parametrize("text", OURS)
def test_an_address_that_is_not_public_is_refused_with_and_without_loopback(text: str) -> None:
    assert not destinations.allowed(ip_address(text))
    assert not destinations.allowed(ip_address(text), loopback=True)


@pytest.mark.parametrize("text", LOOPBACK)
def test_loopback_is_allowed_by_the_setting_alone(text: str) -> None:
    assert not destinations.allowed(ip_address(text))
    assert destinations.allowed(ip_address(text), loopback=True)


@pytest.mark.parametrize("text", PUBLIC)
def test_a_public_address_is_allowed(text: str) -> None:
    assert destinations.allowed(ip_address(text))


@pytest.mark.parametrize(
    "url",
    [
        "http://events.example.org/",
        "ftp://events.example.org/",
        "https://user:secret@events.example.org/",
        "https://events.example.org/#part",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:169.254.169.254]/latest/meta-data",
        "https:///nobody",
        "https://events.example.org:0/",
        "https://events.example.org:99999/",
        "https://事件.example.org/",
        "https://a_b.example.org/",
        "https://%31%32%37.0.0.1/",
        "https://exa mple.org/",
        "https://events.example.org/" + "x" * 2000,
        "//events.example.org/",
        "",
    ],
)
def test_a_url_that_no_subscriber_may_have_is_refused(url: str) -> None:
    with pytest.raises(AddressNotReachable):
        destinations.read(url)


@pytest.mark.parametrize("other", ["localhost", "2130706433", "0x7f.1", "127.1", "0177.0.0.1"])
async def test_a_spelling_that_the_resolver_understands_as_ours_is_refused(
    receiver: Receiver, other: str
) -> None:
    answer = await Courier().post(f"https://{other}:{receiver.port}/", {}, b"{}")

    # Some resolvers know no such name; none of them leads us here.
    assert answer.outcome in {AttemptOutcome.address_refused, AttemptOutcome.unreachable}
    assert receiver.connections == 0


async def test_one_address_of_ours_among_public_ones_spoils_them_all(receiver: Receiver) -> None:
    names = Names(["1.1.1.1", "127.0.0.1"])
    answer = await Courier(resolve=names).post(f"https://{NAME}:{receiver.port}/", {}, b"{}")

    assert answer.outcome is AttemptOutcome.address_refused
    assert receiver.connections == 0


async def test_with_loopback_plain_http_goes_nowhere_else(receiver: Receiver) -> None:
    names = Names(["1.1.1.1"])
    answer = await Courier(loopback=True, resolve=names).post(f"http://{NAME}/", {}, b"{}")

    assert answer.outcome is AttemptOutcome.address_refused
    private = await Courier(loopback=True, resolve=Names(["10.0.0.1"])).post(f"https://{NAME}/", {}, b"{}")
    assert private.outcome is AttemptOutcome.address_refused


async def test_a_name_is_looked_up_once_and_that_address_is_called_under_the_names_certificate(
    tmp_path: Path,
) -> None:
    here, trusting, seen = certified(tmp_path)
    names = Names(["127.0.0.1"], ["10.0.0.1"])
    async with receiving(here) as receiver:
        courier = Courier(loopback=True, resolve=names, trusted=trusting)
        answer = await courier.post(f"https://{NAME}:{receiver.port}/in?a=1", {"webhook-id": "x"}, b"{}")

        assert (answer.outcome, answer.status_code) == (AttemptOutcome.accepted, 204)
        assert names.asked == [f"{NAME}:{receiver.port}"]
        [letter] = receiver.letters
        assert (letter.target, letter.headers["host"]) == ("/in?a=1", f"{NAME}:{receiver.port}")
        assert seen == [NAME]

        # The next attempt asks anew, and what it is told then is refused.
        again = await courier.post(f"https://{NAME}:{receiver.port}/in", {"webhook-id": "x"}, b"{}")
        assert again.outcome is AttemptOutcome.address_refused
        assert receiver.connections == 1


async def test_a_certificate_of_another_name_is_not_believed(tmp_path: Path) -> None:
    here, trusting, _ = certified(tmp_path)
    async with receiving(here) as receiver:
        courier = Courier(loopback=True, resolve=Names(["127.0.0.1"]), trusted=trusting)
        answer = await courier.post(f"https://other.example.org:{receiver.port}/", {}, b"{}")

    assert answer.outcome is AttemptOutcome.unreachable
    assert receiver.letters == []


async def test_a_stranger_who_never_answers_is_given_up(receiver: Receiver) -> None:
    receiver.stalled = asyncio.Event()
    courier = Courier(loopback=True, timeout_seconds=0.2)
    answer = await courier.post(receiver.url, {}, b"{}")
    receiver.stalled.set()

    assert answer.outcome is AttemptOutcome.timed_out


async def test_no_proxy_of_the_environment_is_used(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    answer = await Courier(loopback=True).post(receiver.url, {}, b"{}")

    assert answer.outcome is AttemptOutcome.accepted


def certified(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext, list[str]]:
    """A server's TLS for NAME, a client's that trusts it alone, and the names that are asked for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    spelled = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "both.pem").write_bytes(pem + spelled)
    seen: list[str] = []
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "both.pem")
    server.sni_callback = lambda _socket, asked, _context: seen.append(asked)
    return server, ssl.create_default_context(cadata=pem.decode()), seen
