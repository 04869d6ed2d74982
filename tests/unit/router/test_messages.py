"""The message catalogue, pinned to the events in both directions."""

import re
import string
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

import emulator
import emulator.hardware.events
import emulator.licensing.events
import emulator.router.events
import emulator.world.world  # every module that defines an event is loaded by it
from emulator.kernel.errors import DataFileError
from emulator.kernel.events import Event
from emulator.kernel.time import DAY, HOUR, MINUTE, WEEK
from emulator.licensing.events import LicenseInstalled, NextLevelChosen
from emulator.licensing.expiry import LicenseExpired
from emulator.licensing.store import StoreName
from emulator.licensing.udi import Udi
from emulator.router.syslog_messages import catalogue, message_of, period_words, read_catalogue

UDI = Udi("CISCO881-K9", "FTX1405YDC7")
SOURCE = "\n".join(file.read_text(encoding="utf-8") for file in Path(emulator.__file__).parent.rglob("*.py"))

SHOWN_OTHERWISE = {"PoweredOn", "PoweredOff", "ResetBegan", "StageEntered", "BootHalted", "BootFinished",
                   "BootFileMissing", "LoadBegan", "IosContinued", "BreakReceived", "IosCrashed",
                   "ConfigurationLineRejected", "MailArrived", "FileVerified", "SiteConnected",
                   "PacketDebugged", "LicenseAgentSessionsCleared"}  # fmt: skip
"""Events that are no system messages: the console draws them, or they happen beside the router."""


def leaves(kind: type[Event] = Event) -> Iterator[type[Event]]:
    """The event classes of the product that something can be an instance of."""
    for each in kind.__subclasses__():
        if each.__subclasses__():
            yield from leaves(each)
        elif each.__module__.startswith("emulator."):
            yield each


EVENTS = {kind.__name__: kind for kind in leaves()}


def test_every_event_for_the_user_has_a_message_and_every_message_an_event() -> None:
    assert set(catalogue()) == set(EVENTS) - SHOWN_OTHERWISE


MADE = (
    r"\b(\w+)\(\s*(?:at=|$)",
    r"tell(?:_stored)?\((?:events\.)?(\w+)",
    r"\((\w+), \{",
    r"\b(?:warned|ended)=(\w+)",
)
"""The forms of a line that makes an event, or names the one that is made."""


def test_every_event_is_raised_somewhere() -> None:
    """Events of every class are made somewhere; a definition alone makes none."""
    source = re.sub(r"^class \w+\(.*", "", SOURCE, flags=re.MULTILINE)
    made = {name for form in MADE for name in re.findall(form, source, re.MULTILINE)}
    assert set(EVENTS) - made == set()


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_slot_of_a_message_is_a_field_of_its_event(name: str) -> None:
    slots = {slot for _, slot, _, _ in string.Formatter().parse(catalogue()[name].text) if slot}
    assert slots <= {field.name for field in msgspec.structs.fields(EVENTS[name])} | {"udi"}


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_message_has_facility_severity_and_mnemonic(name: str) -> None:
    assert re.fullmatch(r"[A-Z_]+-[0-7]-[A-Z_]+", catalogue()[name].id)


def test_the_message_of_an_installation_as_captured() -> None:
    event = LicenseInstalled(at=0, router="R1", feature="securityk9", version="1.0", index=2, store=StoreName.PRIMARY)
    assert message_of(event, Udi("CISCO2951", "FHH1216P07R")) == (
        "%LICENSE-6-INSTALL: Feature securityk9 1.0 was installed in this device. "
        "UDI=CISCO2951:FHH1216P07R; StoreIndex=2:Primary License Storage"
    )


def test_a_level_without_license_is_told_so() -> None:
    event = NextLevelChosen(at=0, router="R1", module="c880-data", level="advsecurity", license=None)
    assert message_of(event, UDI) == (
        "%IOS_LICENSE_IMAGE_APPLICATION-6-LICENSE_LEVEL: Module name = c880-data "
        "Next reboot level = advsecurity and License = No valid license found"
    )


@pytest.mark.parametrize(("ago", "words"), [(0, "now.."), (WEEK, "1 week ago")])
def test_an_expiry_says_since_when(ago: int, words: str) -> None:
    event = LicenseExpired(at=0, router="R1", feature="advipservices", version="1.0", ago=ago, license_id="x")
    assert message_of(event, UDI) == (
        f"%LICENSE-1-EXPIRED: License for feature advipservices 1.0 has expired {words}. UDI={UDI}"
    )


def test_an_event_without_a_row_is_not_told() -> None:
    assert message_of(emulator.hardware.events.BootFinished(at=0, router="R1"), UDI) is None


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (0, "0 minutes"),
        (MINUTE, "1 minute"),
        (13 * DAY, "1 week 6 days"),
        (4 * WEEK, "4 weeks"),
        (DAY + HOUR + MINUTE, "1 day 1 hour"),
        (WEEK + MINUTE, "1 week 1 minute"),
    ],
)
def test_periods_in_words(period: int, words: str) -> None:
    assert period_words(period) == words


def test_a_format_that_there_is_not_is_told_with_the_nearest(tmp_path: Path) -> None:
    file = tmp_path / "messages.toml"
    row = 'id = "LICENSE-6-X"\nbasis = "I"\nsource = "x"\ntext = "in {left:%s}"\n'
    file.write_text(f"[LicenseExpiring]\n{row % 'preiod'}")
    with pytest.raises(DataFileError) as caught:
        read_catalogue(file)
    problem = "unknown format 'preiod' of the slot 'left'. Did you mean period?"
    assert str(caught.value) == f"{file}:LicenseExpiring.text: {problem}"
    file.write_text(f"[LicenseExpiring]\n{row % 'period'}")
    assert read_catalogue(file)["LicenseExpiring"].shown == "in {left}"


def test_a_slot_of_yes_or_no_or_of_time_has_a_format() -> None:
    for name, rule in catalogue().items():
        fields = {field.name: field.type for field in msgspec.structs.fields(EVENTS[name])}
        for _, slot, written, _ in string.Formatter().parse(rule.text):
            if slot in fields and (fields[slot] is bool or slot in {"left", "ago"}):
                assert written, f"{name}: {slot}"
