"""`snmp-server enable traps`: all traps that there are, or which of those of `license` or `snmp` (R: their words).

Without a word, all of a kind; words typed one after the other add up, and `no` takes away what it names (I). R: the
line without a kind is kept as one line for each kind.
"""

from emulator.console.commands.configure.config_global import put, remove
from emulator.console.modes import CONFIG
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.router.network.general_traps import KEY as GENERAL
from emulator.router.network.general_traps import set_general_traps

GROUPS = ("deploy", "error", "usage")
ALL = "snmp-server enable traps"
KEY = f"{ALL} license"

HELP = {
    "no": "Negate a command or set its defaults",
    "snmp-server": "Modify SNMP engine parameters",
    "snmp-server enable": "Enable SNMP Traps",
    "snmp-server enable traps": "Enable SNMP Traps",
    GENERAL: "Enable SNMP traps",
    f"{GENERAL} <words>": "General traps",
    KEY: "Enable license traps",
    f"{KEY} <words>": "Groups of license traps",
}


def enabled(session: Session) -> set[str]:
    """Groups whose traps are sent."""
    line = session.router.configuration.lines.get(KEY)
    if line is None:
        return set()
    return set(line.removeprefix(KEY).split()) or set(GROUPS)


def enable(session: Session, *, words: str | None) -> None:
    _keep(session, enabled(session) | _named(words))


def disable(session: Session, *, words: str | None) -> None:
    _keep(session, enabled(session) - _named(words))


def enable_general(session: Session, *, words: str | None) -> None:
    _set_general(session, words, sent=True)


def disable_general(session: Session, *, words: str | None) -> None:
    _set_general(session, words, sent=False)


def enable_all(session: Session) -> None:
    session.router.configuration.remove(ALL)
    enable_general(session, words=None)
    put(session, key=KEY, line=KEY)


def disable_all(session: Session) -> None:
    session.router.configuration.remove(ALL)
    session.router.running.changed = True


def _set_general(session: Session, words: str | None, *, sent: bool) -> None:
    set_general_traps(session.router.configuration, (words or "").split(), sent=sent)
    session.router.running.changed = True


def _named(words: str | None) -> set[str]:
    return set((words or "").split()) or set(GROUPS)


def _keep(session: Session, groups: set[str]) -> None:
    if not groups:
        remove(session, key=KEY)
        return
    words = "" if groups == set(GROUPS) else "".join(f" {group}" for group in GROUPS if group in groups)
    put(session, key=KEY, line=KEY + words)


_GENERAL_LINE = f"{GENERAL} [<words:GeneralTraps>]"
_LINE = f"{KEY} [<words:LicenseTraps>]"
_SOURCE = "Software Activation command reference, recalled"
_REFERENCE = "Network Management command reference, recalled"
COMMANDS = (
    Command(ALL, modes=(CONFIG,), run=enable_all, source=_REFERENCE, basis="R"),
    Command(f"no {ALL}", modes=(CONFIG,), run=disable_all, source=_REFERENCE, basis="R"),
    Command(_GENERAL_LINE, modes=(CONFIG,), run=enable_general, source=_REFERENCE, basis="R"),
    Command(f"no {_GENERAL_LINE}", modes=(CONFIG,), run=disable_general, source=_REFERENCE, basis="R"),
    Command(_LINE, modes=(CONFIG,), run=enable, source=_SOURCE, basis="R"),
    Command(f"no {_LINE}", modes=(CONFIG,), run=disable, source=_SOURCE, basis="R"),
)
