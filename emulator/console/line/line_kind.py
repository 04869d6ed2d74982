"""The kinds of line of a router, as data: console, auxiliary and virtual terminal lines.

C: con 0 is terminal line 0, and it alone shows a boot. R: aux 0 is line 1; the virtual terminal lines come behind it
and behind the lines of modules; the words for a line in messages (`console`, `vty0`); the type in `show line`.
"""

import msgspec


class LineKind(msgspec.Struct, frozen=True):
    """The differences of the lines of one kind from others.

    Attributes:
        name: the word in the configuration and in `show users`.
        type: the word in `show line`.
        place: the name of the line in messages; `{number}` is its number among its kind.
        messages: the setting that says which messages it is sent: `console` or `monitor`.
        boots: it shows the boot, ROMMON and the set-up dialog.
        hangs_up: at the end of a session the connection ends; else the line waits for RETURN.
        reverse: a client that comes to it over the network has the device at the port before it, and no EXEC.
        asks: it asks for a password by itself, and refuses where it has none to ask for.
    """

    name: str
    type: str
    place: str
    messages: str
    boots: bool = False
    hangs_up: bool = False
    reverse: bool = False
    asks: bool = False


CONSOLE = LineKind("con", "CTY", "console", "console", boots=True)
AUXILIARY = LineKind("aux", "AUX", "aux{number}", "monitor", hangs_up=True, reverse=True)
MODULE = LineKind("tty", "TTY", "tty{number}", "monitor", hangs_up=True, reverse=True)
VTY = LineKind("vty", "VTY", "vty{number}", "monitor", hangs_up=True, asks=True)
