"""Keys of lines that have several spellings: whichever was typed, either takes it back.

C: `boot system flash NAME` and `boot system flash:NAME` (captures) name the same image; R: so do the two forms for a
TFTP server. The line itself is kept as it was typed.
"""

from collections.abc import Callable

BOOT_SYSTEM = "boot system"


def _image(key: str) -> str:
    """Key of a `boot system` line: its image as a URL; without an image that of all such lines."""
    words = key.removeprefix(BOOT_SYSTEM).split()
    match words:
        case ["flash" | "tftp"] | []:
            return BOOT_SYSTEM
        case ["flash", name]:
            words = [name if ":" in name else f"flash:{name}"]
        case ["tftp", name, *server]:
            words = [f"tftp://{server[0]}/{name}" if server else f"tftp:{name}"]
    device, colon, path = words[0].partition(":")
    path = path if path.startswith("//") else path.removeprefix("/")
    return f"{BOOT_SYSTEM} {device.lower()}:{path}" if colon else f"{BOOT_SYSTEM} flash:{words[0]}"


SPELLINGS: dict[str, Callable[[str], str]] = {"image": _image}
