"""`config-register`: the configuration register of the next start.

C: it shows as `(will be … at next reload)`, and `reload` then asks whether to save. It is no line of the
configuration: the register is kept beside it in NVRAM at once (R).
"""

from emulator.console.modes import CONFIG
from emulator.console.session.session import Session
from emulator.grammar import Command

HELP = {
    "config-register": "Define the configuration register",
    "config-register <value>": "Config register number",
}


def config_register(session: Session, *, value: int) -> None:
    session.router.set_register(value)
    session.router.running.changed = True


COMMANDS = (
    Command("config-register <value:Register>", modes=(CONFIG,), run=config_register, basis="C",
            source="configuration of a CISCO1941"),
)  # fmt: skip
