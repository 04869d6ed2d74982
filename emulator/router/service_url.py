"""The address in `license call-home url`: where the licensing service is.

R: the line names a URL of the service. I: only `https` leads anywhere, since call home is HTTPS (C: the FAQ); names
have the form of RFC 1123, and a user or password has no place in it.
"""

import re
from ipaddress import IPv6Address
from urllib.parse import urlsplit

import msgspec

SERVICE_URL = "https://tools.cisco.com/SWIFT/Licensing"
"""URL of call home unless configured otherwise (C2: `show license status`)."""

HTTPS, HTTPS_PORT = "https", 443

_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*", re.ASCII)
_PORT = re.compile(r"(:(?P<port>[0-9]{0,5}))?", re.ASCII)
LONGEST_NAME = 253
LAST_PORT = 65535


class ServiceAddress(msgspec.Struct, frozen=True):
    """The parts of a URL. The host is in lower case, an address of IPv6 without its brackets."""

    host: str
    port: int
    path: str


def service_address(url: str) -> ServiceAddress | None:
    """Parse the URL of a service; None where it is no HTTPS address."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme.lower() != HTTPS or "@" in parts.netloc:
        return None
    bracketed, bracket, rest = parts.netloc.rpartition("]")
    if bracket:
        good = bracketed.startswith("[") and _is_ipv6(host)
    else:
        rest = parts.netloc[len(host) :]
        good = len(host) <= LONGEST_NAME and _NAME.fullmatch(host) is not None
    found = _PORT.fullmatch(rest)
    if not good or found is None:
        return None
    port = int(found["port"] or HTTPS_PORT)
    return ServiceAddress(host, port, parts.path or "/") if 0 < port <= LAST_PORT else None


def _is_ipv6(text: str) -> bool:
    try:
        return IPv6Address(text).scope_id is None
    except ValueError:
        return False
