"""The dialogue with a shell: prompts, privileged mode, commands, and what a device does wrong."""

import asyncio

import pytest

from emulator.manager.entities import CredentialSet, DeviceFault
from emulator.manager.errors import DeviceError
from emulator.transports.device_sessions.limits import SessionLimits
from emulator.transports.device_sessions.shell import Shell

LIMITS = SessionLimits(connect=1, log_in=1, command=0.05, output=1_000, line_ends=300)
LAB = CredentialSet("lab", "admin", "lab", "cisco")


class Scripted:
    """A stream that answers each line as a table says, in pieces of a few characters; `None` answers never."""

    def __init__(self, begin: str, answers: dict[str, str | None], piece: int = 3) -> None:
        self._coming = asyncio.Queue[str]()
        self._answers, self._piece = answers, piece
        self._say(begin)

    def _say(self, text: str) -> None:
        for at in range(0, len(text), self._piece):
            self._coming.put_nowait(text[at : at + self._piece])

    async def read(self, most: int, /) -> str:
        await asyncio.sleep(0)  # as a network does, which lets time-outs have their turn
        return await self._coming.get()

    def write(self, text: str, /) -> None:
        answer = self._answers[text.removesuffix("\r")]
        if answer == "":
            self._coming.put_nowait("")
        elif answer is not None:
            self._say(answer)


async def no_files(name: str, content: bytes) -> None:
    raise AssertionError(name)


async def no_file(name: str) -> bytes:
    raise AssertionError(name)


def ready(prompt: str = "R1#", **more: str | None) -> dict[str, str | None]:
    lines = {f"terminal {each} 0": f"terminal {each} 0\r\n{prompt}" for each in ("length", "width")}
    return {**lines, **{name.replace("_", " "): answer for name, answer in more.items()}}


def show(begin: str, answers: dict[str, str | None], command: str = "show clock", piece: int = 3) -> str:
    async def talk() -> str:
        shell = Shell(Scripted(begin, answers, piece), LIMITS, no_files, no_file)
        await shell.begin(LAB)
        return await shell.show(command)

    return asyncio.run(talk())


def test_output_is_without_command_and_prompt() -> None:
    shown = show("\r\nR1#", ready(show_clock="show clock\r\n*00:01:00 UTC\r\n\r\nR1#"))
    assert shown == "*00:01:00 UTC\r\n\r"


def test_a_banner_and_a_prompt_in_the_output_are_no_prompt() -> None:
    clock = "show clock\r\nother#\r\nbranch-1.shop# not the end\r\nbranch-1.shop#"
    begin = "\r\nAuthorized use only# \r\nbranch-1.shop#"
    shown = show(begin, ready("branch-1.shop#", show_clock=clock), piece=1_000)
    assert shown == "other#\r\nbranch-1.shop# not the end\r"


def test_privileged_mode_is_entered_with_the_enable_password() -> None:
    answers = ready(enable="enable\r\nPassword: ", cisco="\r\nR1#", show_clock="show clock\r\nnow\r\nR1#")
    assert show("\r\nR1>", answers) == "now\r"


def test_a_wrong_enable_password() -> None:
    answers = ready(enable="enable\r\nPassword: ", cisco="\r\n% Access denied\r\n\r\nR1>")
    with pytest.raises(DeviceError) as caught:
        show("\r\nR1>", answers)
    assert caught.value.fault is DeviceFault.WRONG_CREDENTIALS
    assert caught.value.detail == "user 'admin' logs in, but the enable password is refused"


@pytest.mark.parametrize(
    ("answer", "fault", "detail"),
    [
        (None, DeviceFault.SILENT, "no prompt 0.05 s after 'show clock'"),
        ("show clock\r\nand then nothing", DeviceFault.SILENT, "no prompt 0.05 s after 'show clock'"),
        ("", DeviceFault.DROPPED, "it closed the session"),
        ("show clock\r\n" + "x" * 2_000, DeviceFault.UNREADABLE, "it sends more than 1000 characters"),
        ("show clock\r\n" + "x\r" * 400, DeviceFault.UNREADABLE, "it sends more than 300 line ends"),
        ("reload\r\nR1#", DeviceFault.UNREADABLE, "it echoed 'reload' for 'show clock'"),
    ],
)
def test_a_device_that_does_not_do_as_told(answer: str | None, fault: DeviceFault, detail: str) -> None:
    with pytest.raises(DeviceError) as caught:
        show("\r\nR1#", ready(show_clock=answer))
    assert (caught.value.fault, caught.value.detail) == (fault, detail)


BRIEF = SessionLimits(act=0.05)


def asked(
    answers: dict[str, str | None],
    replies: dict[str, str],
    *,
    leaves: bool = False,
    limits: SessionLimits = BRIEF,
) -> str:
    async def talk() -> str:
        shell = Shell(Scripted("\r\nR1#", ready() | answers, 1_000), limits, no_files, no_file)
        await shell.begin(LAB)
        return await shell.ask("reload", replies, leaves=leaves)

    return asyncio.run(talk())


SAVE = "reload\r\n\r\nSystem configuration has been modified. Save? [yes/no]: "
PROCEED = "no\r\nProceed with reload? [confirm]"


def test_questions_are_answered_by_their_ends() -> None:
    shown = asked({"reload": SAVE, "no": PROCEED, "": "\r\nlater\r\nR1#"}, {"[yes/no]:": "no", "[confirm]": ""})
    assert shown.endswith("later\r")


def test_a_session_that_a_command_ends() -> None:
    answers: dict[str, str | None] = {"reload": PROCEED, "go": ""}
    assert asked(answers, {"[confirm]": "go"}, leaves=True) == PROCEED
    with pytest.raises(DeviceError) as caught:
        asked(answers, {"[confirm]": "go"})
    assert caught.value.fault is DeviceFault.DROPPED


@pytest.mark.parametrize(
    ("shown", "fault", "detail"),
    [
        (SAVE, DeviceFault.REFUSED, "'reload' asks 'System configuration has been modified. Save? [yes/no]:'"),
        ("reload\r\nWhat now? ", DeviceFault.REFUSED, "'reload' asks 'What now?'"),
        ("reload\r\nwaiting", DeviceFault.SILENT, "no prompt 0.05 s after 'reload'"),
        ("", DeviceFault.DROPPED, "it closed the session"),
    ],
)
def test_what_was_not_expected(shown: str, fault: DeviceFault, detail: str) -> None:
    with pytest.raises(DeviceError) as caught:
        asked({"reload": shown}, {"[confirm]": ""}, leaves=True)
    assert (caught.value.fault, caught.value.detail) == (fault, detail)


@pytest.mark.parametrize(
    ("limits", "fault", "detail"),
    [
        (SessionLimits(act=0.1), DeviceFault.SILENT, "no prompt 0.1 s after 'reload'"),
        (SessionLimits(output=500), DeviceFault.UNREADABLE, "it sends more than 500 characters"),
        (SessionLimits(line_ends=50), DeviceFault.UNREADABLE, "it sends more than 50 line ends"),
    ],
)
def test_questions_without_end(limits: SessionLimits, fault: DeviceFault, detail: str) -> None:
    """The limits are those of the whole command, however often it asks."""
    answers: dict[str, str | None] = {"reload": "reload\r\nReally? [confirm]", "again": "\r\nReally? [confirm]"}
    with pytest.raises(DeviceError) as caught:
        asked(answers, {"[confirm]": "again"}, leaves=True, limits=limits)
    assert (caught.value.fault, caught.value.detail) == (fault, detail)
