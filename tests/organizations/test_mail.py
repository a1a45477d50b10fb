"""Mail: written to people who gave an address, after the commit; the address lies nowhere in clear."""

import email
import socket
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text

from app.kit import jobs, mail
from app.kit.clock import now
from app.kit.database import Database
from app.kit.vault import Vault
from app.main import create_app
from app.opening import open_mail
from app.organizations import approvals
from app.organizations.access import Role
from app.organizations.desk import mailing
from app.organizations.models import Organization, Staff
from app.settings import Settings
from app.wiring import handed_down
from tests.databases import Cluster
from tests.factories import organizations as make
from tests.organizations.approving import Ends

CANARY = "kanarienvogel.7731@example.org"
SENDER = "zhengxinlu@example.org"


@dataclass
class Postbox:
    """A mail server of the test's own, and what it was handed."""

    controller: Controller | None = None
    letters: list[EmailMessage] = field(default_factory=list)
    refusing: bool = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.refusing:
            return "451 later"
        self.letters.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"


def certificate(folder: Path) -> Path:
    """Write a certificate for 127.0.0.1 that vouches for itself, with its key, and return its file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = folder / "mail.pem"
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    return file


@pytest.fixture
def postbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A server that takes letters only after STARTTLS and a login, as a real one does."""
    box = Postbox()
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)

    def login(server: Any, session: Any, envelope: Any, mechanism: str, auth_data: Any) -> AuthResult:
        return AuthResult(success=(auth_data.login, auth_data.password) == (b"clerk", b"secret"))

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box.controller = Controller(
        box,
        hostname="127.0.0.1",
        port=port,
        authenticator=login,
        auth_required=True,
        tls_context=context,
        require_starttls=True,
    )
    box.controller.start()
    yield box
    box.controller.stop()


@dataclass
class Place:
    """An installation with a mail server, one person with an address and one without."""

    database: Database
    client: AsyncClient
    app: FastAPI
    organization: Organization
    person: Staff
    other: Staff
    box: Postbox

    async def work(self) -> None:
        url = self.database.engine.url.set(drivername="postgresql")
        await jobs.work(url.render_as_string(hide_password=False), self.database, until_empty=True)


@pytest.fixture
async def place(
    cluster: Cluster, fresh_database: str, vault: Vault, settings: Settings, postbox: Postbox
) -> AsyncIterator[Place]:
    assert postbox.controller is not None
    carrier = mail.Server(
        "127.0.0.1", postbox.controller.port, SENDER, mail.Security.starttls, "clerk", "secret"
    )
    info = {"vault": vault} | handed_down() | {mail.CARRIER: carrier, approvals.KINDS: Ends().kinds()}
    database = Database(cluster.url(fresh_database), pool_size=10, info=info)
    app = create_app(settings, database=database)
    async with database.writing() as session:
        organization = await make.organization(session)
        person = await make.staff(session, organization, Role.reviewer)
        other = await make.staff(session, organization, Role.reviewer)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        yield Place(database, client, app, organization, person, other, postbox)
    await database.close()


async def gives_address(at: Place, address: str | None = CANARY) -> dict[str, str]:
    async with at.database.writing() as session:
        headers = await make.headers(at.app, session, at.person)
    answer = await at.client.patch("/v1/me", json={"email": address}, headers=headers)
    assert (answer.status_code, answer.json()) == (200, {"email": address})
    return headers


async def asks(at: Place) -> None:
    async with at.database.writing() as session:
        matter = approvals.Matter(
            kind="purchase", organization_id=at.organization.id, subject_id=at.person.id, title="办公用品"
        )
        await approvals.ask(session, matter, asked_by="staff:somebody-else")


async def test_a_notification_is_mailed_to_who_gave_an_address(place: Place) -> None:
    headers = await gives_address(place)
    await asks(place)

    assert await mailing.tell_people(place.database) == 2
    assert place.box.letters == []
    await place.work()

    [letter] = place.box.letters
    assert (letter["To"], letter["From"]) == (CANARY, SENDER)
    assert letter["Subject"] == "征信录：有一项申请待您审批"
    assert "A request waits for your decision" in letter.get_content()
    assert (await place.client.get("/v1/me/address", headers=headers)).json() == {"email": CANARY}


async def test_a_letter_that_comes_twice_is_known_by_its_id(place: Place) -> None:
    await gives_address(place)
    await asks(place)
    await mailing.tell_people(place.database)
    await place.work()
    async with place.database.reading() as session:
        told = await session.scalar(
            text("select id from notifications where staff_id = :id"), {"id": place.person.id}
        )

    await mailing.mail_notification.func(_context(place), notification_id=str(told))

    first, second = place.box.letters
    assert first["Message-ID"] == second["Message-ID"]


def _context(place: Place) -> Any:
    return type("Context", (), {"additional_context": {"database": place.database}})()


async def test_whoever_forgot_the_password_is_written_a_link(place: Place) -> None:
    await gives_address(place)
    answers = [
        await place.client.post("/v1/auth/password-link", json={"username": name})
        for name in (place.person.username, place.other.username, "nobody.at.all")
    ]
    assert {(one.status_code, one.text) for one in answers} == {(204, "")}
    await place.work()

    [letter] = place.box.letters
    token = next(line.strip() for line in letter.get_content().splitlines() if line.startswith("    "))
    chosen = {"token": token, "new_password": "another horse, other battery"}
    assert (await place.client.post("/v1/auth/password", json=chosen)).status_code == 204
    assert (await place.client.post("/v1/auth/password", json=chosen)).status_code == 422


async def test_one_link_in_a_quarter_of_an_hour_is_enough(place: Place) -> None:
    await gives_address(place)
    for _ in range(3):
        await place.client.post("/v1/auth/password-link", json={"username": place.person.username})
        await place.work()
    assert len(place.box.letters) == 1


async def test_a_link_that_could_not_be_sent_is_taken_back_and_made_anew(place: Place) -> None:
    await gives_address(place)
    place.box.refusing = True
    with pytest.raises(Exception, match="later"):
        await mailing.mail_password_link.func(_context(place), username=place.person.username)
    place.box.refusing = False
    await mailing.mail_password_link.func(_context(place), username=place.person.username)
    assert len(place.box.letters) == 1


async def test_an_admin_sets_an_address_and_a_person_takes_it_back(place: Place) -> None:
    async with place.database.writing() as session:
        admin = await make.sign_in(place.app, session, Role.admin, place.organization)
        mine = await make.headers(place.app, session, place.person)
    path = f"/v1/organizations/{place.organization.id}/people/{place.person.id}/address"

    assert (await place.client.put(path, json={"email": CANARY}, headers=admin)).status_code == 204
    assert (await place.client.put(path, json={"email": CANARY}, headers=mine)).status_code == 403
    assert (await place.client.get("/v1/me/address", headers=mine)).json() == {"email": CANARY}
    await gives_address(place, None)
    assert (await place.client.get("/v1/me/address", headers=mine)).json() == {"email": None}
    for bad in ("no address", "a@b\nBcc: c@d.org", "a@", "@b.org", "王@例子.中国", "a@b.org, c@d.org"):
        answer = await place.client.patch("/v1/me", json={"email": bad}, headers=mine)
        assert answer.status_code == 422
        assert bad not in answer.text


async def test_an_address_lies_nowhere_in_clear(place: Place) -> None:
    with structlog.testing.capture_logs() as logged:
        await gives_address(place)
        await asks(place)
        await mailing.tell_people(place.database)
        await place.client.post("/v1/auth/password-link", json={"username": place.person.username})
        place.box.refusing = True
        await place.work()
        place.box.refusing = False
    needle = CANARY.partition("@")[0]
    assert needle not in str(logged)
    async with place.database.reading() as session:
        tables = await session.scalars(
            text("select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")
        )
        holding = [
            table
            for table in tables
            if await session.scalar(
                text(f"select exists(select from {table} t where t::text like :needle)"),
                {"needle": f"%{needle}%"},
            )
        ]
    assert holding == []


async def test_without_a_mail_server_a_folder_takes_the_letters(tmp_path: Path, settings: Settings) -> None:
    assert open_mail(settings) is None
    carrier = open_mail(settings.model_copy(update={"mail_folder": tmp_path / "mail"}))
    assert carrier is not None
    letter = mail.Letter(to=CANARY, subject="征信录", text="您好", key="notice-1")

    await carrier.carry(letter)
    await carrier.carry(letter)

    [file] = (tmp_path / "mail").iterdir()
    read = email.message_from_bytes(file.read_bytes(), policy=default)
    assert (file.name, read["Subject"], read.get_content().strip()) == ("notice-1.eml", "征信录", "您好")
    assert file.stat().st_mode & 0o077 == 0


def test_the_settings_choose_the_server(settings: Settings) -> None:
    chosen = {"mail_host": "smtp.example.org", "mail_port": 465, "mail_security": "tls"}
    server = open_mail(Settings(**settings.model_dump() | chosen))
    assert server == mail.Server("smtp.example.org", 465, "zhengxinlu@localhost", mail.Security.tls)
    assert CANARY not in repr(mail.Letter(to=CANARY, subject="x", text="y", key="z"))
