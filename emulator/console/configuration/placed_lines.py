"""The lines of a configuration, each with the section that it stands in, so that two configurations can be compared."""

from emulator.console.configuration.layout import configuration_lines
from emulator.router.device import Router

PlacedLine = tuple[str, str]
"""A line with the header of the section that it stands in; the header is empty outside of sections."""


def placed(router: Router) -> dict[PlacedLine, None]:
    """List the lines of a router's configuration, with their sections, without comments."""
    found: dict[PlacedLine, None] = {}
    above: list[tuple[int, str]] = []
    for line in configuration_lines(router):
        text = line.strip()
        if not text or text.startswith("!"):
            continue
        indent = len(line) - len(line.lstrip())
        while above and above[-1][0] >= indent:
            above.pop()
        found[" / ".join(header for _, header in above), text] = None
        above.append((indent, text))
    return found
