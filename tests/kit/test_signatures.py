"""Events are signed and verified as Standard Webhooks 1.0 has it, to the byte."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from app.kit.signatures import (
    SignatureInvalid,
    SignatureOutsideWindow,
    new_secret,
    read_secret,
    sign,
    verify,
)

TEXT = new_secret()
SECRET = read_secret(TEXT)
OTHER = read_secret(new_secret())
NOW = datetime.now(UTC)
AT = int(NOW.timestamp())
BODY = '{"type":"donation.succeeded","message":"加油"}'.encode()
SIGNED = sign(SECRET, "msg_1", AT, BODY)


def check(
    *secrets: bytes,
    message_id: str = "msg_1",
    timestamp: str = str(AT),
    signatures: str = SIGNED,
    body: bytes = BODY,
    now: datetime = NOW,
) -> None:
    verify(
        secrets or (SECRET,),
        message_id=message_id,
        timestamp=timestamp,
        signatures=signatures,
        body=body,
        now=now,
    )


@given(st.text(st.characters(categories=["L", "N"], max_codepoint=127), min_size=1), st.text(max_size=500))
def test_the_reference_library_verifies_what_we_sign(message_id: str, text: str) -> None:
    body = text.encode()
    # The library asks the clock itself, and by now this module may have been read long ago.
    moment = int(datetime.now(UTC).timestamp())
    headers = {
        "webhook-id": message_id,
        "webhook-timestamp": str(moment),
        "webhook-signature": sign(SECRET, message_id, moment, body),
    }
    Webhook(TEXT).verify(body, headers, json_parse=False)
    with pytest.raises(WebhookVerificationError):
        Webhook(TEXT).verify(body + b" ", headers, json_parse=False)


@given(st.text(st.characters(categories=["L", "N"], max_codepoint=127), min_size=1), st.text(max_size=500))
def test_we_verify_what_the_reference_library_signs(message_id: str, text: str) -> None:
    body = text.encode()
    signature = Webhook(TEXT).sign(message_id, NOW, body.decode())
    check(message_id=message_id, body=body, signatures=signature)


def test_the_example_of_the_specification_verifies() -> None:
    # https://github.com/standard-webhooks/standard-webhooks: the vector of the reference libraries.
    secret = read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    check(
        secret,
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp="1614265330",
        signatures="v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        body=b'{"test": 2432232314}',
        now=datetime.fromtimestamp(1614265330, UTC),
    )


def test_any_live_secret_and_any_of_the_signatures_will_do() -> None:
    check(OTHER, SECRET)
    check(signatures=f"v1a,xyz v1,{base64.b64encode(bytes(32)).decode()}  {SIGNED}")
    check(SECRET, OTHER, signatures=sign(OTHER, "msg_1", AT, BODY))


@pytest.mark.parametrize(
    "change",
    [
        {"message_id": "msg_2"},
        {"message_id": ""},
        {"message_id": "msg_é"},
        {"timestamp": str(AT + 1)},
        {"timestamp": f"{AT} "},
        {"timestamp": f"{AT}.0"},
        {"timestamp": ""},
        {"timestamp": "-1"},
        {"timestamp": "9" * 400},
        {"timestamp": "".join(chr(0x660 + int(digit)) for digit in str(AT))},
        {"signatures": ""},
        {"signatures": "v1"},
        {"signatures": "v1,"},
        {"signatures": SIGNED.replace("v1,", "v2,")},
        {"signatures": SIGNED.replace("v1,", "")},
        {"signatures": SIGNED[:-1]},
        {"signatures": SIGNED + "="},
        {"signatures": "v1,签名"},
        {"signatures": " ".join(["v1,x"] * 16 + [SIGNED])},
        {"body": BODY + b" "},
        {"body": b""},
    ],
)
def test_anything_else_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(SignatureInvalid):
        check(**change)


def test_another_secret_or_none_verifies_nothing() -> None:
    with pytest.raises(SignatureInvalid):
        check(OTHER)
    with pytest.raises(SignatureInvalid):
        verify([], message_id="msg_1", timestamp=str(AT), signatures=SIGNED, body=BODY, now=NOW)


@pytest.mark.parametrize(("seconds", "accepted"), [(300, True), (-300, True), (301, False), (-301, False)])
def test_a_signature_lives_five_minutes_either_way(*, seconds: int, accepted: bool) -> None:
    now = datetime.fromtimestamp(AT, UTC) + timedelta(seconds=seconds)
    if accepted:
        check(now=now)
    else:
        with pytest.raises(SignatureOutsideWindow):
            check(now=now)


@given(st.data())
def test_no_changed_byte_goes_unnoticed(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(BODY) - 1))
    flipped = data.draw(st.integers(1, 255))
    changed = bytearray(BODY)
    changed[place] ^= flipped
    with pytest.raises(SignatureInvalid):
        check(body=bytes(changed))


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=20))
def test_no_headers_of_a_stranger_are_accepted_or_break_it(
    message_id: str, signatures: str, timestamp: str
) -> None:
    with pytest.raises(SignatureInvalid):
        check(message_id=message_id, signatures=signatures, timestamp=timestamp)


def test_secrets_are_handed_out_in_the_standards_form() -> None:
    assert TEXT.startswith("whsec_")
    assert len(SECRET) == 32
    assert new_secret() != TEXT
    assert read_secret(TEXT.removeprefix("whsec_")) == SECRET


@pytest.mark.parametrize("text", ["", "whsec_", "whsec_!!!", "whsec_YWJj", "whsec_" + "YWJj" * 30, "密钥"])
def test_what_is_no_secret_is_not_read_as_one(text: str) -> None:
    with pytest.raises(ValueError, match="webhook secret"):
        read_secret(text)
