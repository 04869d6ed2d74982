"""Aliases: words that stand for the beginning of a line, those that IOS has from the beginning and configured ones.

R: an alias is taken by its whole word, the line behind it follows; `alias configure` is for configuration mode and
`alias interface` for that of an interface.
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
MODES_OF_ALIASES = {EXEC: "exec", CONFIG: "configure", "config-if": "interface"}
TITLES = {"exec": "Exec mode", "configure": "Global configuration mode", "interface": "Interface configuration mode"}


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
    if mode not in MODES_OF_ALIASES:
        return text
    word, blank, rest = text.lstrip().partition(" ")
    kind = MODES_OF_ALIASES[mode]
    key = f"alias {kind} {word}"
    line = configuration.lines.get(key)
    meaning = BUILT_IN.get(kind, {}).get(word) if line is None else line.removeprefix(key).lstrip()
    return text if meaning is None else f"{meaning}{blank}{rest}"


def show_aliases(configuration: Configuration) -> str:
    """Screen of `show aliases`: a part for each mode that has some."""
    parts = []
    for mode, title in TITLES.items():
        rows = "".join(f"  {name:<22s}{text}\n" for name, text in aliases(configuration, mode).items())
        if rows:
            parts.append(f"{title} aliases:\n{rows}")
    return "\n".join(parts)
