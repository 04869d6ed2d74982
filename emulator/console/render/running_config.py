"""`show running-config`: the frame around the configuration, with its byte count.

C: the frame (captures of 881s), and that the count runs from the first `!` line through `end`, one character a line
end but none for the last, plus 2. Lines that the twin does not model are not invented, so a configuration is shorter
than the real router's.
"""

from emulator.console.configuration.layout import configuration_lines, section_lines
from emulator.router.device import Router

COUNT_SURPLUS = 1
"""The 2, less the end of the last line, which the text has."""


def show_running_config(router: Router) -> str:
    """The screen of `show running-config`."""
    text = configuration_text(router)
    return f"Building configuration...\n\nCurrent configuration : {len(text) + COUNT_SURPLUS} bytes\n{text}\n"


def show_running_section(router: Router, key: str) -> str:
    """The screen of `show running-config interface X`: its lines between `!` and `end` (R); empty without a section."""
    text = "".join(f"{line}\n" for line in section_lines(router, key))
    if not text:
        return "\n"
    text = f"!\n{text}end\n"
    return f"Building configuration...\n\nCurrent configuration : {len(text) + COUNT_SURPLUS} bytes\n{text}\n"


def configuration_text(router: Router) -> str:
    """The configuration as it is shown, and as `write memory` saves it: from the first `!` through `end`."""
    return "".join(f"{line}\n" for line in configuration_lines(router))
