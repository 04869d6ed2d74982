"""A configuration as IOS keeps it: lines, each with the key that a later line of its kind replaces.

The key is the line's meaning (`hostname`, `router ospf 1`), so that typing a line again replaces it and `no` removes
it; the order in which lines are printed is the renderer's, not the order of typing.
"""

import msgspec


class Section(msgspec.Struct):
    """A line with lines of its own below it, such as an interface."""

    header: str
    lines: dict[str, str] = {}


class Configuration(msgspec.Struct):
    """The running configuration.

    Attributes:
        lines: global lines by key.
        sections: sub-modes by header.
    """

    lines: dict[str, str] = {}
    sections: dict[str, Section] = {}

    @classmethod
    def with_boot_level(cls, module: str, level: str | None) -> "Configuration":
        """What a boot knows of a configuration before it reads it: the level that it asks for."""
        key = boot_level_key(module)
        return cls({key: f"{key} {level}"} if level else {})

    def word(self, key: str, default: str = "") -> str:
        """What follows the key on its line: `word("hostname")`."""
        line = self.lines.get(key)
        return default if line is None else line.removeprefix(key).strip()

    @property
    def hostname(self) -> str:
        """The name in the prompt."""
        return self.word("hostname", "Router")

    def boot_level(self, module: str) -> str | None:
        """The level that `license boot module` asks for."""
        return self.word(boot_level_key(module)) or None

    def section(self, header: str) -> Section:
        """The section of that header, made if need be."""
        return self.sections.setdefault(header, Section(header))


def boot_level_key(module: str) -> str:
    """Key of the line that chooses the boot level of a module."""
    return f"license boot module {module} level"


EXPAND_STORE = "license expand nvram"
"""The line that enlarges the license store at the next reload."""


def configured_boot_level(text: str, module: str) -> str | None:
    """The boot level that a saved configuration asks for; read before anything of it is carried out."""
    key = boot_level_key(module) + " "
    levels = [line.removeprefix(key).strip() for line in text.splitlines() if line.startswith(key)]
    return levels[-1] if levels else None
