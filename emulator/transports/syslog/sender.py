"""Messages of the routers of a served world, sent to their servers as they are logged (RFC 3164).

R: `<PRIORITY>NUMBER: STAMP: %FACILITY-SEVERITY-MNEMONIC: text`; the number counts the messages that `logging trap` lets
through, and `logging origin-id` stands behind it. As traps are, they are sent to loopback addresses alone. Left out:
TCP.
"""

from collections.abc import Callable, Mapping

from emulator.console.render.system.messages import stamped
from emulator.kernel.events import Event
from emulator.router.device import Router
from emulator.router.network.addresses import is_loopback
from emulator.router.network.syslog_hosts import facility, syslog_hosts
from emulator.router.syslog import severity, wanted
from emulator.router.syslog_messages import message_of

LONGEST = 1024
"""Octets of a message (RFC 3164); what is behind them is cut off."""


class SyslogSender:
    """Sends the messages of all routers of a world."""

    def __init__(
        self,
        routers: Mapping[str, Router],
        address_of: Callable[[Router], str],
        send: Callable[[bytes, str, tuple[str, int]], None],
    ) -> None:
        """Get ready.

        Args:
            routers: those of the rack, by name.
            address_of: the address of a router.
            send: sends a datagram from an address to a server.
        """
        self._routers, self._address_of, self._send = routers, address_of, send

    def hear(self, event: Event) -> None:
        """Send the message of an event, if it has one that goes to a server."""
        router = self._routers.get(event.router)
        if router is None or router.state.running is None:
            return
        message = message_of(event, router.state.udi)
        if message is None or not wanted(router.configuration, message, "trap"):
            return
        for host in syslog_hosts(router.configuration):
            if host.over_udp and is_loopback(host.address):
                data = datagram(router, event, message)[:LONGEST]
                self._send(data, self._address_of(router), (host.address, host.port))


def datagram(router: Router, event: Event, message: str) -> bytes:
    """Return the octets of a message that was just logged."""
    configuration = router.configuration
    priority = facility(configuration) * 8 + severity(message)
    number = router.running.log.trapped
    return f"<{priority}>{number}: {_origin(router)}{stamped(router, event.at, message)}".encode()


def _origin(router: Router) -> str:
    words = router.configuration.word("logging origin-id").split()
    match words[:1]:
        case ["hostname"]:
            return f"{router.hostname}: "
        case ["string"]:
            return f"{words[1]}: "
    return ""
