"""RSA: the public keys that others sign with, as they hand them out, and the private keys that are ours."""

import base64
import binascii
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
    load_pem_private_key,
    load_pem_public_key,
)

BITS_MIN = 2048


def read(text: str) -> tuple[str | None, bytes]:
    """Return a public key as DER, and the serial number if it came as a certificate; ValueError otherwise.

    A key is PEM, or the bare base64 that Alipay's console shows.
    """
    serial = None
    try:
        if "BEGIN CERTIFICATE" in text:
            certificate = x509.load_pem_x509_certificate(text.encode())
            serial, key = f"{certificate.serial_number:X}", certificate.public_key()
        elif "BEGIN" in text:
            key = load_pem_public_key(text.encode())
        else:
            key = load_der_public_key(base64.b64decode("".join(text.split()), validate=True))
    except (ValueError, binascii.Error, UnicodeEncodeError):
        raise ValueError("not a public key or certificate") from None
    if not isinstance(key, RSAPublicKey) or key.key_size < BITS_MIN:
        raise ValueError(f"not an RSA key of at least {BITS_MIN} bits")
    return serial, key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def read_private(text: str) -> bytes:
    """Return a private key as DER (PKCS #8); ValueError otherwise.

    A key is PEM without a password, or bare base64 in either of the two formats that consoles hand out.
    """
    try:
        if "BEGIN" in text:
            key = load_pem_private_key(text.encode(), password=None)
        else:
            key = load_der_private_key(base64.b64decode("".join(text.split()), validate=True), password=None)
    except (ValueError, TypeError, binascii.Error, UnicodeEncodeError):
        raise ValueError("not a private key") from None
    if not isinstance(key, RSAPrivateKey) or key.key_size < BITS_MIN:
        raise ValueError(f"not an RSA key of at least {BITS_MIN} bits")
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def sign(key: bytes, message: bytes) -> str:
    """Return a message's signature with a private key (RSA PKCS #1 v1.5, SHA-256), in base64."""
    loaded = load_der_private_key(key, password=None)
    assert isinstance(loaded, RSAPrivateKey), "only RSA keys are kept"  # noqa: S101
    return base64.b64encode(loaded.sign(message, padding.PKCS1v15(), SHA256())).decode()


def genuine(key: bytes, signature: str, message: bytes) -> bool:
    """Tell whether a base64 signature (RSA PKCS #1 v1.5, SHA-256) was made with the key's other half."""
    try:
        _loaded(key).verify(base64.b64decode(signature, validate=True), message, padding.PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=256)
def _loaded(key: bytes) -> RSAPublicKey:
    # Reading a key costs more than checking a signature with it.
    loaded = load_der_public_key(key)
    assert isinstance(loaded, RSAPublicKey), "only RSA keys are kept"  # noqa: S101
    return loaded
