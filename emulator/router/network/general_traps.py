"""`snmp-server enable traps snmp`: which of the general traps are sent (R: its five words, in this order).

Without a word, all of them; words typed one after the other add up in one line, which has them written out, and `no`
takes away what it names (I).
"""

from collections.abc import Collection

from emulator.router.configuration import Configuration

GENERAL_TRAPS = ("authentication", "linkdown", "linkup", "coldstart", "warmstart")
KEY = "snmp-server enable traps snmp"


def general_traps(configuration: Configuration) -> set[str]:
    """Words of the general traps that are sent."""
    line = configuration.lines.get(KEY)
    return set() if line is None else set(line.removeprefix(KEY).split()) or set(GENERAL_TRAPS)


def set_general_traps(configuration: Configuration, words: Collection[str], *, sent: bool) -> None:
    """Send these traps, or do not, and leave the others as they are."""
    named = set(words) or set(GENERAL_TRAPS)
    wanted = general_traps(configuration) | named if sent else general_traps(configuration) - named
    if wanted:
        configuration.lines[KEY] = " ".join((KEY, *(word for word in GENERAL_TRAPS if word in wanted)))
    else:
        configuration.lines.pop(KEY, None)
