"""`no snmp-server`: the agent is switched off (R). I: with it goes all that configures it, users of version 3 too."""

from emulator.console.modes import CONFIG
from emulator.console.session.session import Session
from emulator.grammar import Command

HELP = {
    "no": "Negate a command or set its defaults",
    "snmp-server": "Modify SNMP engine parameters",
}


def switch_off(session: Session) -> None:
    running = session.router.running
    removed = running.configuration.remove("snmp-server")
    running.changed |= removed or bool(running.snmp.users)
    running.snmp.users = ()


COMMANDS = (
    Command("no snmp-server", modes=(CONFIG,), run=switch_off, basis="R",
            source="IOS network management command reference, recalled"),
)  # fmt: skip
