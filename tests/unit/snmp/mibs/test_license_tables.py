"""The license MIBs say of every license, feature and level what the license screens print."""

import re
from collections.abc import Mapping

import pytest

from emulator.console.render.periods import license_period
from emulator.kernel.time import DAY, HOUR, SECOND
from emulator.licensing.file import FileLine
from emulator.licensing.store import StoreName
from emulator.licensing.types import LicenseType
from emulator.router.state import LicenseCounter
from emulator.snmp.applying import carry_out
from emulator.snmp.errors import ErrorStatus
from emulator.snmp.inputs import SnmpSet
from emulator.snmp.mibs.licenses import INFO_TABLE, license_rows
from emulator.snmp.requests import PduType, SnmpRequest, Version
from emulator.snmp.values import Binding, Oid, ValueType, dotted, made, oid
from tests.driver import SERIAL, ConsoleDriver
from tests.unit.console.papers import BASE, TOP, installed, line
from tests.unit.snmp.managers import FAMILIES, IMAGE_MIB, LICENSE_MIB, Manager, booted

INFO, FEATURES, STORES = (
    f"{dotted(LICENSE_MIB)}.1.2.3.1",
    f"{dotted(LICENSE_MIB)}.1.2.4.1",
    "1.3.6.1.4.1.9.9.543.1.2.1.1",
)
LEVELS, ACCEPTED = f"{dotted(IMAGE_MIB)}.1.1.1", f"{dotted(IMAGE_MIB)}.1.3.0"
COMMENT = f"{INFO}.13"
MODULE = "1.9." + ".".join(str(octet) for octet in b"c880-data")
IMAGES = (
    "c880data-universalk9-mz.124-20.T1.bin",
    "c880data-universalk9-mz.150-1.M4.bin",
    "c880data-universalk9-mz.155-3.M8.bin",
)

TYPES = {1: "Evaluation", 2: "Extension", 3: "Grace Period", 4: "Permanent", 5: "Subscription", 8: "EvalRightToUse",
         9: "RightToUse"}  # fmt: skip
STATES = {
    1: {"Inactive"},
    2: {"Active, Not in Use", "Active, Not in Use, EULA not accepted", "Active, Not in Use, EULA accepted",
        "Not in Use, EULA not accepted", "Not in Use, EULA accepted"},
    3: {"Active, In Use"},
    4: {"Expired, In Use"},
    5: {"Expired, Not in Use"},
}  # fmt: skip


def columns(manager: Manager, entry: str, *numbers: int) -> list[tuple[int | str | Oid, ...]]:
    """Rows of a table as tuples of the columns' values, texts decoded, in their order."""
    found = [manager.column(f"{entry}.{number}") for number in numbers]
    rows = zip(*(each.values() for each in found), strict=True)
    return [tuple(value.decode() if isinstance(value, bytes) else value for value in row) for row in rows]


def entries(shown: str) -> list[Mapping[str, str]]:
    """The licenses of `show license detail` by the words of its lines."""
    blocks = re.split(r"^Index: \d+ \t", shown, flags=re.MULTILINE)[1:]
    return [
        {key.strip(): value.strip() for key, value in re.findall(r"(?:^|\t) *([A-Z][A-Za-z ]+): ([^\n\t]*)", block)}
        for block in (f"{block.replace('Version:', chr(9) + 'Version:', 1)}" for block in blocks)
    ]


def agree(console: ConsoleDriver) -> None:
    """Compare every license and feature with the screens."""
    manager = Manager(console.router)
    shown = entries(console.type("show license detail").shown)
    by_place = {(row["Store Name"], int(row["Store Index"])): row for row in shown}
    stores = dict(enumerate((str(name) for (name,) in columns(manager, STORES, 2)), 1))
    rows = license_rows(console.router)
    assert len(rows) == len(by_place) == len(shown)
    for index, row in rows.items():
        name, version = (manager.text(f"{INFO}.{number}.{dotted(index)}") for number in (3, 4))
        told = {number: manager.number(f"{INFO}.{number}.{dotted(index)}") for number in (5, 7, 8, 10, 14)}
        screen = by_place[stores[index[1]], row.view.stored.index]
        assert (name, version) == (screen["Feature"], screen["Version"])
        assert TYPES[told[5]] == screen["License Type"]
        assert screen["License State"] in STATES[told[14]] or (told[14] == 6 and told[10] > 0)
        assert (told[10] > 0) == ("Active/In-use" in screen["License Count"])
        if "Evaluation total period" in screen:
            printed = [screen[f"Evaluation {what}"] for what in ("total period", "period left")]
            assert [license_period(told[number] * SECOND).strip() for number in (7, 8)] == printed
        else:
            assert told[8] == 0 or told[5] == 9
    listed = re.findall(r"^Index \d+ Feature: (\S+)", console.type("show license").shown, re.MULTILINE)
    assert [name for (name,) in columns(manager, FEATURES, 2)] == listed
    levels = console.type("show license image levels").shown
    named = re.findall(r"^(?:c8\S+|\s)\s*(adv\S+)\s+(\d+)", levels, re.MULTILINE)
    assert [(level, str(number)) for level, number in columns(manager, f"{dotted(IMAGE_MIB)}.1.2.1", 2, 4)] == named
    following = re.search(r"next reboot level[^\n]*?: *(\S+)", levels)
    told_next = columns(manager, LEVELS, 4)[0][0]
    assert following is None or following[1] == told_next


@pytest.mark.parametrize("pid", FAMILIES)
def test_every_family_says_what_its_screens_print(pid: str) -> None:
    agree(ConsoleDriver(booted(pid)).log_in())


@pytest.fixture
def console() -> ConsoleDriver:
    return ConsoleDriver(booted(serial=SERIAL)).log_in()


def test_what_is_installed_used_and_over_is_told_alike(console: ConsoleDriver) -> None:
    for number, kind in enumerate((LicenseType.EXTENSION, LicenseType.GRACE_PERIOD)):
        console.router.activation.install(FileLine(line(kind, f"x-{number}"), "test", "2010-03-01T09:00:00.000Z"))
        agree(console)
    console.reload()
    assert Manager(console.router).text(f"{LEVELS}.2.{MODULE}") == TOP
    for ahead in (HOUR, 59 * DAY, 61 * DAY, 9 * DAY):
        console.pass_time(ahead)
        agree(console)


@pytest.mark.parametrize(("image", "latest"), [(IMAGES[0], 14), (IMAGES[1], 16), (IMAGES[2], 17)])
def test_columns_are_those_of_the_release(image: str, latest: int) -> None:
    router = booted(image=image).routers["R1"]
    assert max(found[len(INFO_TABLE.oid)] for found, _ in Manager(router).walk(INFO_TABLE.oid)) == latest


def test_a_comment_is_the_one_part_of_a_license_that_can_be_set(console: ConsoleDriver) -> None:
    installed(console, line(), comment="from the file")
    manager = Manager(console.router)
    places = {dotted(index): row.view for index, row in license_rows(console.router).items()}
    own = next(at for at, view in places.items() if view.line.id == "x-1")
    built_in = next(at for at, view in places.items() if view.stored.store is StoreName.BUILT_IN)
    assert manager.text(f"{COMMENT}.{own}") == "from the file"
    refused = {
        (f"{COMMENT}.{own}", "x" * 100): ErrorStatus.WRONG_LENGTH,
        (f"{COMMENT}.{own}", "Zürich"): ErrorStatus.WRONG_VALUE,
        (f"{COMMENT}.{built_in}", "x"): ErrorStatus.NOT_WRITABLE,
        (f"{COMMENT}.1.1.40", "x"): ErrorStatus.NO_CREATION,
        (f"{INFO}.3.{own}", "x"): ErrorStatus.NOT_WRITABLE,
    }
    for (place, text), status in refused.items():
        assert manager.set((place, ValueType.OCTETS, text)) is status
    assert manager.set((f"{COMMENT}.{own}", ValueType.OCTETS, "spare")) is ErrorStatus.NO_ERROR
    console.type("show license file").sees("Comment: spare\n")
    assert console.router.state.operations[LicenseCounter.COMMENT_ADDED] == 1


def test_the_next_level_is_configured_once_the_agreement_is_accepted(console: ConsoleDriver) -> None:
    manager, level = Manager(console.router), f"{LEVELS}.3.{MODULE}"
    assert manager.set((level, ValueType.OCTETS, TOP)) is ErrorStatus.INCONSISTENT_VALUE
    assert manager.set((ACCEPTED, ValueType.INTEGER, 1)) is ErrorStatus.NO_ERROR
    assert manager.set((level, ValueType.OCTETS, "ipbase")) is ErrorStatus.WRONG_VALUE
    assert manager.set((level, ValueType.OCTETS, TOP)) is ErrorStatus.NO_ERROR
    assert [manager.text(f"{LEVELS}.{number}.{MODULE}") for number in (2, 3, 4)] == [BASE, TOP, TOP]
    assert [manager.value(f"{LEVELS}.{number}.{MODULE}") for number in (7, 8)] == [2, 65]
    console.type("show running-config").sees(f"license boot module c880-data level {TOP}\n")
    console.type("show license detail").sees("EULA accepted")
    console.reload()
    assert manager.text(f"{LEVELS}.2.{MODULE}") == TOP
    assert manager.value(ACCEPTED) == 2
    assert manager.set((ACCEPTED, ValueType.INTEGER, 1), (level, ValueType.OCTETS, "")) is not ErrorStatus.NO_ERROR


@pytest.mark.parametrize("fuse", range(4))
def test_a_set_that_the_power_cuts_has_no_answer_and_leaves_one_comment_whole(
    console: ConsoleDriver, fuse: int
) -> None:
    installed(console, line(), comment="old")
    router, manager = console.router, Manager(console.router)
    own = next(at for at, row in license_rows(router).items() if row.view.line.id == "x-1")
    binding = Binding((*oid(COMMENT), *own), made(ValueType.OCTETS, "new"))
    router.state.partition.fuse = fuse
    answer = carry_out(router, SnmpSet("R1", manager.principal, SnmpRequest(Version.V2C, PduType.SET, (binding,))))
    assert (answer is None) == (router.state.running is None)
    router.state.partition.fuse = None
    if router.state.running is None:
        console.boot()
    comments = [row.view.stored.comment for row in license_rows(router).values() if row.view.line.id == "x-1"]
    assert comments in (["old"], ["new"])
