"""`config-register`: the configuration register of the next start.

C: it shows as `(will be … at next reload)`, and `reload` then asks whether to save. It is no line of the
configuration: the register is kept beside it in NVRAM at once (R). A number without `0x` is decimal (R: configuration
fundamentals command reference), so that `config-register 2102` sets 0x836, another console speed included.
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
    Command("config-register <value:DecimalRegister>", modes=(CONFIG,), run=config_register, basis="C",
            source="configuration of a CISCO1941"),
)  # fmt: skip
