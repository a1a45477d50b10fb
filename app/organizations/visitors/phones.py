"""Phones: telephone numbers in one spelling, and what is left of them in the database."""

from app.kit import vault
from app.kit.database import ReadSession
from app.organizations.visitors.errors import PhoneInvalid


def telephone(text: str) -> str:
    """Return a telephone number in its international spelling, or refuse; without a prefix it is Chinese."""
    # Here and not above: most processes never see a telephone.
    import phonenumbers

    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        raise PhoneInvalid from None
    if not phonenumbers.is_possible_number(number):
        raise PhoneInvalid
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def index(session: ReadSession, phone: str) -> bytes:
    """Return by what a telephone in its international spelling is found, without being readable."""
    return vault.of(session).index("phone", phone)
