"""Acts at one device, in its own commands: a license installed, unsaved lines found, a reload.

C: the commands, `license install` reporting `N/N licenses were successfully installed`, and the questions of `reload`.
I: files go by SCP.
"""

import re
from collections.abc import Iterable

from emulator.captures.reading.terminal import lines_of
from emulator.kernel.errors import printable
from emulator.manager.entities import DeviceFault, DeviceReading, InstalledLicense, ObtainedLicense
from emulator.manager.errors import DeviceError
from emulator.manager.ports import DeviceSession

PRIMARY = "Primary"
"""Beginning of the name of the store that licenses are installed into; evaluations are in another one (C)."""

_INSTALLED = re.compile(r"(?P<done>\d{1,4})/(?P<all>\d{1,4}) licenses were successfully installed")
_FILE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,62}")


def installed(reading: DeviceReading) -> list[InstalledLicense]:
    """List the licenses that were installed on a device; built-in evaluations are in another store."""
    return [each for each in reading.licenses if each.store.startswith(PRIMARY)]


def has_license(reading: DeviceReading, feature: str) -> bool:
    """Tell whether a license of a feature was installed on a device."""
    return any(each.feature == feature for each in installed(reading))


async def install(session: DeviceSession, license_: ObtainedLicense) -> None:
    """Copy a license file into the flash and install it.

    Raises:
        DeviceError: the device does not take it, or is lost.
    """
    if not _FILE_NAME.fullmatch(license_.file):
        raise DeviceError(DeviceFault.REFUSED, f"'{printable(license_.file)}' is no name for a file in its flash")
    await session.send_file(license_.file, license_.content)
    shown = await session.ask(f"license install flash:{license_.file}", {})
    found = _INSTALLED.search(shown)
    if found is None or found["done"] != found["all"]:
        told = [line for line in shown.split("\n") if "Failed" in line or "%" in line] or shown.strip().split("\n")
        raise DeviceError(DeviceFault.REFUSED, f"it did not install {license_.file}: {printable(told[0].strip())}")


async def unsaved_lines(session: DeviceSession) -> tuple[str, ...]:
    """List the lines of the running configuration that are not in the saved one, as they stand there.

    Raises:
        DeviceError: the device is lost.
    """
    running = _body(await session.show("show running-config"))
    saved = set(_body(await session.show("show startup-config")))
    return tuple(printable(line) for line in running if line not in saved)


async def reload(session: DeviceSession, *, save: bool) -> None:
    """Reload a device, which ends the session; without `save` what is not saved is lost.

    Raises:
        DeviceError: it asks something else, or is lost before it agreed.
    """
    await session.ask("reload", {"[yes/no]:": "yes" if save else "no", "[confirm]": ""}, leaves=True)


def _body(shown: str) -> list[str]:
    """Lines of a configuration from `version` on, without comments."""
    lines = [line.text.rstrip() for line in lines_of(shown.encode(errors="replace"))]
    begun = next((at for at, line in enumerate(lines) if line.startswith("version ")), len(lines))
    return list(_without_comments(lines[begun:]))


def _without_comments(lines: Iterable[str]) -> Iterable[str]:
    return (line for line in lines if line.strip() and not line.startswith("!"))
