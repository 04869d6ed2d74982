"""The modes of the command line as records. Parents are data: where `exit` leads, and whose commands also work here.

User and privileged EXEC are one mode at two privilege levels, as in IOS.
"""

import msgspec


class Mode(msgspec.Struct, frozen=True):
    """One mode.

    Attributes:
        suffix: what stands after the host name in the prompt; EXEC has two, by privilege.
        parent: where `exit` goes, and where a command that the mode does not know is looked up next.
    """

    name: str
    suffix: str
    parent: str | None = None


EXEC = "exec"
CONFIG = "config"
ROMMON = "rommon"

MODES = {
    mode.name: mode
    for mode in (
        Mode(EXEC, "#"),
        Mode(CONFIG, "(config)#", parent=EXEC),
        Mode("config-if", "(config-if)#", parent=CONFIG),
        Mode("config-router", "(config-router)#", parent=CONFIG),
        Mode("config-vrf", "(config-vrf)#", parent=CONFIG),
        Mode(ROMMON, "rommon"),
    )
}

ALL_CONFIG = tuple(mode.name for mode in MODES.values() if mode.suffix.startswith("(config"))
"""Configuration mode and all its sub-modes."""

USER, PRIVILEGED = 1, 15


def prompt(hostname: str, mode: str, privilege: int) -> str:
    """The prompt of a mode."""
    suffix = MODES[mode].suffix
    if mode == EXEC and privilege < PRIVILEGED:
        suffix = ">"
    return f"{hostname}{suffix}"
