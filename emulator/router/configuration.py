"""A configuration as IOS keeps it: blocks of lines, each line under the key that a later line of its kind replaces.

The key is the line's meaning (`hostname`, `router ospf 1`), so that typing a line again replaces it and `no` removes
it. The order in which lines are printed is the renderer's, not the order of typing; only a twin that was read from a
real router brings the order and the separators that were found there.
"""

from collections.abc import Iterator

import msgspec


class LayoutPosition(msgspec.Struct, frozen=True, array_like=True):
    """One position of a configuration: a line or section by its key, or text that stands for itself.

    Attributes:
        key: the line or section; empty for a text alone.
        text: what stands here where nothing is printed for the key.
        pad, tail: the blanks before and after, as they were found; None: as IOS prints them.
        raw: the text found where IOS would print it otherwise; it is printed so as long as the line is `said`.
    """

    key: str = ""
    text: str = ""
    pad: str | None = None
    tail: str = ""
    raw: str = ""
    said: str = ""


class Block(msgspec.Struct):
    """Lines, and the sections among them.

    Attributes:
        lines: text by key.
        sections: by key, which is their header in its shortest form.
        found: the order of a configuration that was read from a real router.
        as_found: print in that order, without lines that were not there; otherwise in the order of IOS.
    """

    lines: dict[str, str] = {}
    sections: dict[str, "Section"] = {}
    found: list[LayoutPosition] = []
    as_found: bool = False

    def word(self, key: str, default: str = "") -> str:
        """Words that follow the key on its line: `word("hostname")`; `default` if there is no such line."""
        line = self.lines.get(key)
        return default if line is None else line.removeprefix(key).strip()

    def section(self, key: str, header: str = "") -> "Section":
        """Section of that key, made if need be."""
        return self.sections.setdefault(key, Section(header=header or key))

    def has(self, key: str) -> bool:
        """Tell whether a line or section of that key exists, or one whose key continues it; True for an empty key."""
        if not key or key in self.lines or key in self.sections:
            return True
        return any(each.startswith(key + " ") for each in (*self.lines, *self.sections))

    def remove(self, key: str) -> bool:
        """Remove the line or section of a key, and all whose keys continue it; returns False if there was none."""
        longer = key + " "
        lines = [each for each in self.lines if each == key or each.startswith(longer)]
        sections = [each for each in self.sections if each == key or each.startswith(longer)]
        for each in lines:
            del self.lines[each]
        for each in sections:
            del self.sections[each]
        return bool(lines or sections)

    def walk(self) -> Iterator["Block"]:
        """Yield this block and all below it."""
        yield self
        for section in self.sections.values():
            yield from section.walk()


class Section(Block):
    """A line with lines of its own below it, such as an interface."""

    header: str = ""


class Configuration(Block):
    """The running configuration."""

    @classmethod
    def with_boot_level(cls, module: str, level: str | None) -> "Configuration":
        """Build the configuration that a boot knows before it reads the saved one: only the boot level."""
        key = boot_level_key(module)
        return cls({key: f"{key} {level}"} if level else {})

    @property
    def hostname(self) -> str:
        """Host name, as in the prompt."""
        return self.word("hostname", "Router")

    def asking_for_address(self) -> Iterator[tuple[str, str]]:
        """Interfaces whose address comes from a DHCP server or a peer, each with the line that asks for it."""
        for key, section in self.sections.items():
            line = section.lines.get("ip address", "")
            if line.startswith(GIVEN_ADDRESSES) and key.startswith("interface "):
                yield key.removeprefix("interface "), line

    def boot_level(self, module: str) -> str | None:
        """Level that `license boot module` asks for; None without such a line."""
        return self.word(boot_level_key(module)) or None


def boot_level_key(module: str) -> str:
    """Key of the line that chooses the boot level of a module."""
    return f"license boot module {module} level"


GIVEN_ADDRESSES = ("ip address dhcp", "ip address negotiated")
"""Lines that ask for an address."""

EXPAND_STORE = "license expand nvram"
"""Line that enlarges the license store at the next reload."""

SERVICE_URL_KEY = "license call-home url"
"""Words before the URL of the licensing service."""


def configured_boot_level(text: str, module: str) -> str | None:
    """Boot level that a saved configuration asks for; read before any of its lines is applied."""
    key = boot_level_key(module) + " "
    levels = [line.removeprefix(key).strip() for line in text.splitlines() if line.startswith(key)]
    return levels[-1] if levels else None
