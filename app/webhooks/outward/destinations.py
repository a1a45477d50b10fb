"""Destinations: which addresses subscribers may have, so that nobody makes us call our own network."""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from app.webhooks.errors import AddressNotReachable

if TYPE_CHECKING:
    import httpx

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]
"""Returns the addresses of a name. It is asked once for each attempt, and what it says is what is called."""

URL_LENGTH_MAX = 2000
PORT_MAX = 65535

# Each leads to some IPv4 address through a translator or a tunnel, and that might be one of ours.
_DISGUISES = tuple(
    map(ip_network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10"))
)
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9a-fA-F:.]+")


async def resolve(host: str, port: int) -> Sequence[Address]:
    """Return the addresses of a host as the system's resolver knows them; OSError if there are none."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    # A scope ("fe80::1%eth0") is a link of this machine.
    return [ip_address(str(told[4][0]).partition("%")[0]) for told in found]


def allowed(address: Address, *, loopback: bool = False) -> bool:
    """Tell whether an address is one of the public network; with `loopback` also this machine's own."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return allowed(address.ipv4_mapped, loopback=loopback)
    if address.is_loopback:
        return loopback
    if any(address in network for network in _DISGUISES if network.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def host_of(url: "httpx.URL") -> str:
    """Return the host as it is looked up and as its certificate spells it, in ASCII."""
    return url.raw_host.decode("ascii")


def read(text: str, *, loopback: bool = False) -> "httpx.URL":
    """Return the URL of a subscriber; AddressNotReachable if it can't be one.

    It is HTTPS, without a user, a password or a fragment. With `loopback` it may be plain HTTP: whoever
    connects then takes only this machine's own addresses.
    """
    import httpx

    try:
        url = httpx.URL(text)
        port, host = url.port, host_of(url)
    except (httpx.InvalidURL, ValueError):
        raise AddressNotReachable from None
    if len(text) > URL_LENGTH_MAX or url.userinfo or "#" in text or not text.isascii():
        raise AddressNotReachable
    if port is not None and not 1 <= port <= PORT_MAX:
        raise AddressNotReachable
    if url.scheme != "https" and not (loopback and url.scheme == "http"):
        raise AddressNotReachable
    if not _HOST.fullmatch(host):
        raise AddressNotReachable
    try:
        literal = ip_address(host)
    except ValueError:
        return url
    if not allowed(literal, loopback=loopback):
        raise AddressNotReachable
    return url
