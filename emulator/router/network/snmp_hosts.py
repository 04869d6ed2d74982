"""The managers that a router notifies, by its configuration.

R: `snmp-server host ADDRESS [traps|informs] [version 1|2c|3 [auth|noauth|priv]] COMMUNITY [udp-port PORT] [KIND…]`;
version 1, traps and port 162 unless the line says otherwise; without a kind, every notification that is enabled.
R: a trap to a manager to which no route leads waits, and is tried again; `snmp-server trap timeout SECONDS` and
`snmp-server trap retry COUNT`, 30 and 3 unless the configuration says otherwise, and `snmp-server queue-length COUNT`,
10, bound that. R: `snmp-server inform [pending COUNT] [retries COUNT] [timeout SECONDS]`, 25, 3 and 15 likewise.
"""

from collections.abc import Iterator

import msgspec

from emulator.router.configuration import Configuration
from emulator.router.network.snmp_groups import LEVELS, Security

TRAP_PORT = 162
BEGINNING = "snmp-server host "


class InformSettings(msgspec.Struct, frozen=True):
    """The repetition of informs.

    Attributes:
        pending: how many may wait for an answer; further ones are sent once.
        retries: how often one is sent again.
        timeout: seconds of real time between two of its copies.
    """

    pending: int = 25
    retries: int = 3
    timeout: int = 15


class TrapSettings(msgspec.Struct, frozen=True):
    """The repetition of traps that find no way to their manager.

    Attributes:
        retry: how often one is tried again before it is dropped.
        timeout: seconds of real time between two tries.
        queue: how many may wait for one manager; further ones are dropped.
    """

    retry: int = 3
    timeout: int = 30
    queue: int = 10


class SnmpHost(msgspec.Struct, frozen=True):
    """A manager that is notified.

    Attributes:
        user: the community, or the user of version 3.
        security: the level of messages of version 3.
        informs: it acknowledges what it gets.
        kinds: words of the notifications that it gets; none: all.
    """

    address: str
    version: str
    user: str
    informs: bool
    port: int
    kinds: tuple[str, ...]
    security: Security = "noauth"


def snmp_hosts(configuration: Configuration) -> Iterator[SnmpHost]:
    """List the managers that are to be notified."""
    for line in configuration.lines.values():
        if line.startswith(BEGINNING):
            host = _read(line.removeprefix(BEGINNING).split())
            if host is not None:
                yield host


def inform_settings(configuration: Configuration) -> InformSettings:
    """Return how the configuration has informs repeated."""
    words = configuration.word("snmp-server inform").split()
    return InformSettings(**{name: int(number) for name, number in zip(words[::2], words[1::2], strict=True)})


def trap_settings(configuration: Configuration) -> TrapSettings:
    """Return how the configuration has traps repeated."""
    lines = {"retry": "trap retry", "timeout": "trap timeout", "queue": "queue-length"}
    words = {name: configuration.word(f"snmp-server {line}") for name, line in lines.items()}
    return TrapSettings(**{name: int(number) for name, number in words.items() if number})


def _read(words: list[str]) -> SnmpHost | None:
    """Read the words of a line; None for one that names no community."""
    address, *rest = words
    informs, version, port = False, "1", TRAP_PORT
    security: Security = "noauth"
    if rest[:1] in (["traps"], ["informs"]):
        informs = rest.pop(0) == "informs"
    if rest[:1] == ["version"] and rest[1:] and rest[1] in {"1", "2c", "3"}:
        version = rest[1]
        del rest[:2]
        if version == "3" and rest[:1] and rest[0] in LEVELS:
            security = LEVELS[LEVELS.index(rest.pop(0))]
    if not rest:
        return None
    user = rest.pop(0)
    if rest[:1] == ["udp-port"] and rest[1:] and rest[1].isdecimal():
        port = int(rest[1])
        del rest[:2]
    return SnmpHost(address, version, user, informs, port, tuple(rest), security) if 0 < port < 1 << 16 else None
