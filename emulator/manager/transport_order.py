"""Order of transports: names as users write them, such as `ssh,telnet:2023`, and what is tried where none is given.

I: SSH alone is tried unless a group or a discovery names others, for Telnet shows passwords to all who listen.
"""

import re
from collections.abc import Iterable

import msgspec

from emulator.kernel.errors import Refused, UnknownName, printable
from emulator.manager.entities import SSH, DeviceTransport, TransportChoice

USUAL_ORDER = (SSH,)
"""Transports that are tried where nothing else is said."""

LAST_PORT = 65_535

OF_AGENTS = (DeviceTransport.HTTPS, DeviceTransport.HTTP)
"""Transports of license agents, which need the path that the configuration of the devices gives them."""

BY_SNMP = (DeviceTransport.SNMP, DeviceTransport.SNMP_3)
"""Transports whose path names a TFTP server, from which devices fetch license files."""

TELL_NO_WRONG_LOG_IN = (DeviceTransport.SNMP,)
"""Transports at which silence may be a wrong log-in as well as no device, so that the next log-in is tried."""

TFTP_PORT = 69

_CHOICE = re.compile(r"(?P<name>[^:/]*)(?::(?P<port>[0-9]{1,5}))?(?P<path>/[A-Za-z0-9._~:/-]{1,100})?")
_SERVER = re.compile(r"/(?P<seen>[A-Za-z0-9.-]+)(?:/(?P<host>[A-Za-z0-9.-]+)(?::(?P<port>[0-9]{1,5}))?)?")


class LicenseFileServer(msgspec.Struct, frozen=True):
    """TFTP server: the host by which devices know it, and where the manager writes to it."""

    seen: str
    host: str
    port: int = TFTP_PORT


def file_server_of(choice: TransportChoice) -> LicenseFileServer | None:
    """Return the TFTP server that a transport by SNMP names, as in `snmp/192.0.2.10/10.0.0.1:6969`; None without one.

    Raises:
        Refused: what stands there names none.
    """
    if not choice.path:
        return None
    found = _SERVER.fullmatch(choice.path)
    port = int(found["port"] or TFTP_PORT) if found is not None else 0
    if found is None or not 0 < port <= LAST_PORT:
        raise Refused(f"'{choice}' names no TFTP server; write for example snmp/192.0.2.10")
    return LicenseFileServer(found["seen"], found["host"] or found["seen"], port)


def parse_transport(text: str) -> TransportChoice:
    """Read a transport, as `str` writes one.

    Raises:
        Refused: its port is none, or a path is missing or too much.
        UnknownName: there is no such transport.
    """
    found = _CHOICE.fullmatch(text)
    port = int(found["port"]) if found is not None and found["port"] else None
    if found is None or (port is not None and not 0 < port <= LAST_PORT):
        raise Refused(f"'{printable(text)}' is no transport; write a name, or a name and a port such as telnet:2023")
    if found["name"] not in set(DeviceTransport):
        raise UnknownName("transport", found["name"], DeviceTransport)
    choice = TransportChoice(DeviceTransport(found["name"]), port, found["path"] or "")
    if choice.transport in BY_SNMP:
        file_server_of(choice)
        return choice
    if (choice.transport in OF_AGENTS) != bool(choice.path):
        raise Refused(
            f"'{printable(text)}' has no path of a license agent; write for example https/lic-agent"
            if not choice.path
            else f"'{printable(text)}' has a path, which is for license agents alone"
        )
    return choice


def parse_transports(texts: Iterable[str]) -> tuple[TransportChoice, ...]:
    """Read transports in their order, each once.

    Raises:
        Refused: the port of one is none.
        UnknownName: there is no such transport.
    """
    return tuple(dict.fromkeys(map(parse_transport, texts)))
