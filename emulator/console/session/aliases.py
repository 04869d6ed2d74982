"""Aliases: words that stand for the beginning of a line, those that IOS has from the beginning and configured ones.

C: the built-in aliases and the form of `show aliases`. R: an alias is taken by its whole word, the line behind it
follows; the words and titles of the modes but `exec`. I: the order of the modes.
"""

from emulator.console.modes import CONFIG, EXEC
from emulator.router.configuration import Configuration

BUILT_IN = {
    "exec": {
        "h": "help",
        "lo": "logout",
        "p": "ping",
        "r": "resume",
        "s": "show",
        "u": "undebug",
        "un": "undebug",
        "w": "where",
    }
}


COMMAND_MODES = {
    "exec": EXEC,
    "configure": CONFIG,
    "interface": "config-if",
    "subinterface": "config-subif",
    "line": "config-line",
    "router": "config-router",
    "controller": "config-controller",
    "route-map": "config-route-map",
    "crypto-map": "config-crypto-map",
    "dhcp": "dhcp-config",
    "keychain": "config-keychain",
    "keychain-key": "config-keychain-key",
    "time-range": "config-time-range",
}
"""Modes by the words that `alias`, `privilege` and `show aliases` have for them."""

TITLES = {
    "exec": "Exec mode",
    "configure": "Global configuration mode",
    "interface": "Interface configuration mode",
    "subinterface": "Subinterface configuration mode",
    "line": "Line configuration mode",
    "router": "Router configuration mode",
    "controller": "Controller configuration mode",
    "route-map": "Route map config mode",
    "crypto-map": "Crypto map config mode",
    "dhcp": "DHCP pool configuration mode",
    "keychain": "Key-chain configuration mode",
    "keychain-key": "Key-chain key configuration mode",
    "time-range": "Time range configuration mode",
}

_WORDS = {mode: word for word, mode in COMMAND_MODES.items()}


def aliases(configuration: Configuration, mode: str) -> dict[str, str]:
    """Aliases of a mode, by the word that `alias` has for it; configured ones last."""
    found = dict(BUILT_IN.get(mode, {}))
    start = f"alias {mode} "
    for line in configuration.lines.values():
        if line.startswith(start):
            name, _, text = line.removeprefix(start).partition(" ")
            found[name] = text
    return found


def expanded(configuration: Configuration, mode: str, text: str) -> str:
    """Line with an alias at its beginning written out; the line itself where there is none."""
    kind = _WORDS.get(mode)
    if kind is None:
        return text
    word, blank, rest = text.lstrip().partition(" ")
    key = f"alias {kind} {word}"
    line = configuration.lines.get(key)
    meaning = BUILT_IN.get(kind, {}).get(word) if line is None else line.removeprefix(key).lstrip()
    return text if meaning is None else f"{meaning}{blank}{rest}"


def show_aliases(configuration: Configuration, wanted: str | None = None) -> str:
    """Screen of `show aliases`: a part for each mode that has some, or that of one mode."""
    parts = []
    for mode in (wanted,) if wanted else COMMAND_MODES:
        rows = "".join(f"  {name:<22s}{text}\n" for name, text in aliases(configuration, mode).items())
        if rows:
            parts.append(f"{TITLES[mode]} aliases:\n{rows}")
    return "\n".join(parts)
