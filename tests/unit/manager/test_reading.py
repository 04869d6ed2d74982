"""Reading a device: what its screens tell, and that no screen ends in anything but a state or a told failure."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.manager.entities import DeviceFault, DeviceReading
from emulator.manager.errors import DeviceError
from emulator.manager.reading import MOST_LICENSES, read_device
from tests.fakes.devices import LICENSE, FakeDevice, FakeSession

COMMANDS = ("show license udi", "show version", "show license detail")
SCREENS = {command: FakeDevice().screen(command) for command in COMMANDS}


class Screens:
    """A session that shows given texts."""

    def __init__(self, screens: dict[str, str]) -> None:
        self._screens = screens

    async def show(self, command: str) -> str:
        return self._screens[command]

    ask = FakeSession.ask
    configure = FakeSession.configure
    send_file = FakeSession.send_file
    fetch_file = FakeSession.fetch_file


def read(**changed: str) -> DeviceReading | DeviceError:
    screens = SCREENS | {name.replace("_", " "): text for name, text in changed.items()}
    try:
        return asyncio.run(read_device(Screens(screens)))
    except DeviceError as error:
        return error


WORDS = st.sampled_from([*" ".join(SCREENS.values()).split(), "\x1b[2J", "\0", "<pre>", "\u202e", "9" * 500, ":"])
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=20).map(" ".join))
LINES = st.lists(st.sampled_from("\n".join(SCREENS.values()).split("\n")) | TEXTS, max_size=12).map("\n".join)


@settings(max_examples=30)
@given(LINES, LINES, LINES)
def test_no_screen_ends_in_anything_but_a_state_or_a_told_failure(udi: str, version: str, detail: str) -> None:
    found = read(show_license_udi=udi, show_version=version, show_license_detail=detail)
    assert isinstance(found, DeviceReading | DeviceError)
    texts = [found.detail] if isinstance(found, DeviceError) else [found.hostname, found.level, found.release]
    assert all(text.isprintable() for text in texts)


def test_a_device_without_a_udi_is_unreadable() -> None:
    found = read(show_license_udi="% Invalid input detected at '^' marker.\n")
    assert isinstance(found, DeviceError)
    assert (found.fault, found.detail) == (DeviceFault.UNREADABLE, "'show license udi' shows no UDI")


@pytest.mark.parametrize("text", ["", "% Invalid input detected at '^' marker.\n"])
def test_a_device_without_licenses_is_read(text: str) -> None:
    found = read(show_license_detail=text)
    assert isinstance(found, DeviceReading)
    assert (found.licenses, found.level) == ((), "advsecurity")


def test_so_many_licenses_are_kept() -> None:
    one = LICENSE.format(feature="x", type="Permanent", state="Active")
    found = read(show_license_detail=one * (MOST_LICENSES + 1))
    assert isinstance(found, DeviceReading)
    assert len(found.licenses) == MOST_LICENSES
