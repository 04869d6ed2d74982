"""`show ip nat statistics` and taking translations away.

R: forms. Static translations follow from the configuration and stay; there are no dynamic ones.
"""

from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.services.nat import show_nat_statistics
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "clear": "Reset functions",
    "clear ip": "IP",
    "clear ip nat": "Clear NAT",
    "clear ip nat statistics": "Clear translation statistics",
    "clear ip nat translation": "Clear dynamic translation",
    "clear ip nat translation *": "Delete all dynamic translations",
    "show": "Show running system information",
    "show ip": "IP information",
    "show ip nat": "IP NAT information",
    "show ip nat statistics": "Translation statistics",
}


def statistics(session: Session) -> Handler:
    yield Say(show_nat_statistics(session.router))


def clear(_session: Session) -> None:
    """Delete the dynamic translations, of which there are none."""


_SOURCE = "IOS IP addressing command reference, recalled"
COMMANDS = (
    Command("clear ip nat {statistics | translation *}", modes=(EXEC,), privilege=PRIVILEGED, run=clear,
            source=_SOURCE, basis="R"),
    Command("show ip nat statistics", modes=(EXEC,), run=statistics, piped=True, output="show_nat", source=_SOURCE,
            basis="R"),
)  # fmt: skip
