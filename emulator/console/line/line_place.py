"""Identity of a line: its kind and number, its client, and its part of the configuration."""

from emulator.console.line.line_kind import AUXILIARY, VTY, LineKind
from emulator.console.ssh_agreement import SshAgreement
from emulator.router.access import LineAccess, line_access
from emulator.router.configuration import Block, Configuration
from emulator.router.device import Router
from emulator.router.line_settings import AUXILIARY_NUMBER, console_speed, first_vty, line_block


def absolute_number(configuration: Configuration, kind: LineKind, number: int) -> int:
    """Absolute number of a line, by its number among its kind."""
    if kind is VTY:
        return first_vty(configuration) + number
    return AUXILIARY_NUMBER if kind is AUXILIARY else number


class LinePlace:
    """A line of a router: its identity and client, whatever happens there.

    Attributes:
        peer: the address of the client; empty at con 0.
        protocol: the client's protocol, `ssh` or `telnet`; empty at con 0.
        hops: the routers through which the person there has come; 0 for a client from outside.
        agreement: what an SSH client has agreed on with the router; None for another client, or one that is a router.
    """

    def __init__(self, router: Router, kind: LineKind, number: int) -> None:
        self.router, self.kind, self.number = router, kind, number
        self.peer = self.protocol = ""
        self.hops = 0
        self.agreement: SshAgreement | None = None

    @property
    def name(self) -> str:
        """Name: `con 0`, `vty 3`."""
        return f"{self.kind.name} {self.number}"

    @property
    def tty(self) -> int:
        """Absolute number: 0 for con 0."""
        return absolute_number(self.router.configuration, self.kind, self.number)

    @property
    def speed(self) -> int:
        """Speed of the console, in baud."""
        running = self.router.state.running
        return console_speed(None if running is None else running.configuration, self.router.state.config_register)

    @property
    def misread(self) -> str:
        """The difference of speeds that makes the console unreadable at its terminal; empty without one."""
        state = self.router.state
        if not self.kind.boots or self.speed == state.terminal_speed:
            return ""
        return f"the console of {state.name} has {self.speed} baud, and its terminal {state.terminal_speed}"

    @property
    def settings(self) -> Block:
        """Section of the configuration for the line."""
        return line_block(self.router.configuration, self.kind.name, self.number)

    @property
    def access(self) -> LineAccess:
        """Log-in rules of the line."""
        return line_access(self.router.configuration, self.kind.name, self.number, asks=self.kind.asks)

    def who(self, user: str) -> str:
        """Name that messages give a user here: `console`, `cisco on console`, `cisco on vty0 (192.0.2.1)` (C)."""
        place = self.kind.place.format(number=self.number) + (f" ({self.peer})" if self.peer else "")
        return f"{user} on {place}" if user else place
