"""The servers that a router sends its messages to, by its configuration.

R: `logging host ADDRESS [vrf VRF] [transport udp|tcp [port PORT]]`; port 514 of UDP unless the line says otherwise;
`logging facility` is local7 unless configured. C: the line is `logging host`, however it was typed.
"""

from collections.abc import Iterator

import msgspec

from emulator.router.configuration import Configuration

SYSLOG_PORT = 514
BEGINNING = "logging host "
FACILITIES = {
    "user": 1,
    "daemon": 3,
    "auth": 4,
    "syslog": 5,
    "sys9": 9,
    **{f"local{number}": 16 + number for number in range(8)},
}
"""Numbers of the facilities (RFC 3164); those that the operating systems of old used for themselves keep theirs (I)."""


class SyslogHost(msgspec.Struct, frozen=True):
    """A server of messages."""

    address: str
    port: int = SYSLOG_PORT
    over_udp: bool = True


def syslog_hosts(configuration: Configuration) -> Iterator[SyslogHost]:
    """List the servers that messages are to be sent to."""
    for line in configuration.lines.values():
        if line.startswith(BEGINNING):
            address, *words = line.removeprefix(BEGINNING).split()
            port = words[words.index("port") + 1] if "port" in words[:-1] else str(SYSLOG_PORT)
            yield SyslogHost(address, int(port), "tcp" not in words)


def facility(configuration: Configuration) -> int:
    """Number of the facility of messages."""
    return FACILITIES[configuration.word("logging facility", "local7")]
