"""Acts at one device, in its own commands: a license installed, unsaved lines found, a reload.

C: the commands, `license install` reporting `N/N licenses were successfully installed`, and the questions of `reload`.
I: files go by SCP.
"""

import re
from collections.abc import Iterable, Sequence

from emulator.captures.reading.terminal import lines_of
from emulator.kernel.errors import Refused, printable
from emulator.manager.entities import DeviceFault, DeviceReading, InstallCounts
from emulator.manager.errors import DeviceError
from emulator.manager.ports import CommandSession

PRIMARY = "Primary"
"""Beginning of the name of the store that licenses are installed into; evaluations are in another one (C)."""

AGREEMENT = "ACCEPT? [yes/no]:"
"""End of the question by which a device asks for the end user license agreement (C)."""

REVOKED = "Rehost ticket saved"
"""Beginning of what a device says when its rehost ticket is written (R)."""

SURE = "(yes/[no]):"
"""End of the question by which a device asks whether a license is to be cleared (R)."""

_COUNTS = re.compile(r"(\d{1,4})/\d{1,4} licenses were (successfully installed|existing licenses|failed to install)")

SAVED = "[OK]"
"""End of what a device says when it has saved its configuration (C)."""

_REFUSAL = re.compile(r"% ?(?:Error|Invalid|Incomplete|Ambiguous|Unknown)")
"""Begin of a line by which a device refuses another one; other lines that begin with % advise (C)."""

_SECRET = re.compile(r"\b(secret|password|community|key|key-string|authentication-key|auth|priv|md5)\b [^\n]+")
"""Words of a configuration line behind which a secret stands, or the hash of one."""

_MODULE = re.compile(r"License Information for '(?P<name>[\w.-]{1,64})'")

LONGEST_COMMENT = 99
"""Longest comment on a license, in characters (C)."""

PERMANENT = "Permanent"
"""Type of a license that does not run out, as devices show it (C)."""

_FILE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,62}")


def permanent_features(reading: DeviceReading) -> set[str]:
    """Return the features that have a permanent license on a device, whatever runs out beside it."""
    stored = (each for each in reading.licenses if each.store.startswith(PRIMARY))
    return {each.feature for each in stored if each.type == PERMANENT}


async def install_by_commands(
    session: CommandSession, name: str, content: bytes, *, accept: bool = False
) -> InstallCounts:
    """Copy a license file into the flash and install it; `accept` agrees to what the device asks to be accepted.

    Raises:
        DeviceError: the device does not take it, or is lost.
    """
    check_file_name(name)
    await session.send_file(name, content)
    shown = await session.ask(f"license install flash:{name}", {AGREEMENT: "yes"} if accept else {})
    counts = {kind: int(count) for count, kind in _COUNTS.findall(shown)}
    installed, existing, failed = (
        counts.get(kind, 0) for kind in ("successfully installed", "existing licenses", "failed to install")
    )
    if failed or not installed + existing:
        lines = shown.strip().split("\n")
        told = [each for each in lines if each.strip().startswith("%")] or [each for each in lines if "Failed" in each]
        told = told or lines
        raise DeviceError(DeviceFault.REFUSED, f"it did not install {name}: {printable(told[0].strip())}")
    return InstallCounts(installed, existing, AGREEMENT in shown)


async def clear_by_commands(session: CommandSession, feature: str) -> None:
    """Clear the installed license of a feature.

    Raises:
        DeviceError: there is none or more than one, the device refuses, or is lost.
    """
    check_feature(feature)
    shown = await session.ask(f"license clear {feature}", {SURE: "yes"})
    told = next((line.strip() for line in shown.split("\n") if line.strip().startswith("%")), "")
    if told:
        raise DeviceError(DeviceFault.REFUSED, f"it did not clear {feature}: {printable(told)}")


def the_one(feature: str, numbers: Sequence[int]) -> int:
    """Return the number of the one installed license of a feature.

    Raises:
        DeviceError: there is none, or there are several.
    """
    if len(numbers) == 1:
        return numbers[0]
    told = f"{len(numbers)} licenses for {feature} are installed; choose one at the device" if numbers else (
        f"no license for {feature} is installed"
    )  # fmt: skip
    raise DeviceError(DeviceFault.REFUSED, told)


def check_file_name(name: str) -> None:
    """Make sure that a file can have a name at a device.

    Raises:
        DeviceError: it cannot.
    """
    if not _FILE_NAME.fullmatch(name):
        raise DeviceError(DeviceFault.REFUSED, f"'{printable(name)}' is no name for a file in its flash")


def ticket_names(mark: str) -> tuple[str, str]:
    """Return the names of the files with a permission ticket and with its rehost ticket."""
    return f"p{mark}.lic", f"r{mark}.lic"


async def revoke_by_commands(session: CommandSession, mark: str, content: bytes, *, accept: bool = False) -> bytes:
    """Have a device carry a permission ticket out, and return its rehost ticket; the same ticket again gives it again.

    Raises:
        DeviceError: the device does not carry it out, or is lost.
    """
    permission, ticket = ticket_names(mark)
    await session.send_file(permission, content)
    answers = {AGREEMENT: "yes"} if accept else {}
    shown = await session.ask(f"license revoke flash:{permission} flash:{ticket}", answers)
    if REVOKED not in shown:
        told = [line.strip() for line in shown.split("\n") if line.strip()] or ["it said nothing"]
        raise DeviceError(DeviceFault.REFUSED, printable(told[-1]))
    return await session.fetch_file(ticket)


async def unsaved_lines(session: CommandSession) -> tuple[str, ...]:
    """List the lines of the running configuration that are not in the saved one, as they stand there, without secrets.

    Raises:
        DeviceError: the device is lost.
    """
    running = _body(await session.show("show running-config"))
    saved = set(_body(await session.show("show startup-config")))
    return tuple(printable(_SECRET.sub(r"\1 …", line)) for line in running if line not in saved)


async def reload(session: CommandSession, *, save: bool) -> None:
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


async def choose_level_by_commands(session: CommandSession, level: str, *, accept: bool = False) -> None:
    """Choose the level of the next boot, and save the configuration.

    Raises:
        DeviceError: the device does not take it or does not save it, or is lost.
    """
    check_feature(level)
    module = _MODULE.search(await session.show("show version"))
    if module is None:
        raise DeviceError(DeviceFault.REFUSED, "its image has no levels")
    answers = {AGREEMENT: "yes"} if accept else {}
    shown = await session.configure(f"license boot module {module['name']} level {level}", answers)
    if refusal := next((line.strip() for line in shown.split("\n") if _REFUSAL.match(line.strip())), ""):
        raise DeviceError(DeviceFault.REFUSED, f"it did not take the level {level}: {printable(refusal)}")
    if SAVED not in await session.show("write memory"):
        raise DeviceError(DeviceFault.REFUSED, "it did not save its configuration")


def check_feature(feature: str) -> None:
    """Make sure that a feature can be typed at a device.

    Raises:
        Refused: it is no name of one.
    """
    if not _FILE_NAME.fullmatch(feature):
        raise Refused(f"'{printable(feature)}' is no name of a feature")


def check_comment(feature: str, comment: str) -> None:
    """Make sure that a comment on a license can be typed at a device.

    Raises:
        Refused: it cannot, or is longer than the 99 characters that every release keeps.
    """
    check_feature(feature)
    if not 1 <= len(comment) <= LONGEST_COMMENT or not all(" " <= each <= "~" and each not in '?"' for each in comment):
        raise Refused(f"a comment has 1 to {LONGEST_COMMENT} ASCII characters, none of them a quote or a question mark")


async def write_comment(session: CommandSession, feature: str, comment: str) -> None:
    """Put a comment on the license of a feature.

    Raises:
        DeviceError: the device has no such license or refuses the comment, or is lost.
    """
    shown = await session.ask(f"license comment add {feature} {comment}", {})
    if comment not in shown:
        told = [line.strip() for line in shown.split("\n") if line.strip()] or ["it said nothing"]
        raise DeviceError(DeviceFault.REFUSED, printable(told[-1]))
