"""Operations of the license agent: what they change and answer, beside the screens, and every cause of a failure."""

import re

import pytest

from emulator.console.wording import text_file
from emulator.kernel.time import MINUTE, SECOND
from emulator.keys.documents import read_credential, read_license_file
from emulator.keys.signing import Verifier
from emulator.license_agent.applying import answer, carry_out
from emulator.license_agent.causes import AgentCause
from emulator.license_agent.inputs import AgentAsked
from emulator.license_agent.messages import (
    AgentOperation,
    AgentRequest,
    AgentResult,
    AgreementResult,
    Annotate,
    Clear,
    DeviceResult,
    DocumentResult,
    DoneResult,
    FailedResult,
    FeaturesResult,
    GetAgreement,
    GetCredential,
    GetLevels,
    GetUdi,
    Install,
    InstalledResult,
    LevelsResult,
    LicensesResult,
    LineEntry,
    LineState,
    ListFeatures,
    ListLicenses,
    ProcessTicket,
    RegenerateTicket,
    Reload,
    SaveConfiguration,
    SaveLicenses,
    SetLevel,
)
from emulator.licensing.file import FileLine
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.types import LicenseType
from emulator.router.state import LicenseCounter
from tests.driver import SERIAL, ConsoleDriver
from tests.unit.console.papers import BASE, ME, OTHER, TOP, features, line, paper, ticket_paper
from tests.unit.snmp.managers import FAMILIES, STARTUP, booted

INSTALLED = LineEntry(LineState.INSTALLED)


@pytest.fixture
def console() -> ConsoleDriver:
    return ConsoleDriver(booted(serial=SERIAL, startup=STARTUP)).log_in()


def shown(console: ConsoleDriver, command: str) -> str:
    console.type(command)
    return console.shown


def ask(console: ConsoleDriver, operation: AgentOperation) -> AgentResult:
    """The result of an operation that a manager asks for."""
    answered = carry_out(console.router, AgentAsked("R1", "", "127.0.0.1", AgentRequest("1", (operation,))))
    console.world.clock.settle()
    assert answered is not None
    [result] = answered.results
    return result


def fails(console: ConsoleDriver, operation: AgentOperation) -> AgentCause:
    result = ask(console, operation)
    assert isinstance(result, FailedResult)
    assert result.text
    return result.cause


@pytest.mark.parametrize("pid", FAMILIES)
def test_lists_say_what_the_screens_say(pid: str) -> None:
    console = ConsoleDriver(booted(pid, STARTUP)).log_in()
    listed = ask(console, ListLicenses())
    assert isinstance(listed, LicensesResult)
    seen = shown(console, "show license detail")
    blocks = re.split(r"^Index: \d+ +", seen, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(listed.licenses) >= 1
    for entry, block in zip(listed.licenses, blocks, strict=True):
        flat = " ".join(block.split())
        assert flat.startswith(f"Feature: {entry.feature} Version: {entry.version} License Type: {entry.type}")
        for shown_field in (
            f"License State: {entry.state}",
            f"License Priority: {entry.priority}",
            f"Store Index: {entry.store_index}",
            f"Store Name: {entry.store}",
        ):
            assert shown_field in flat
    rows = ask(console, ListFeatures())
    assert isinstance(rows, FeaturesResult)
    seen = shown(console, "show license feature")
    for row in rows.features:
        words = ["yes" if each else "no" for each in (row.enforced, row.evaluation, row.subscription, row.enabled)]
        assert re.search(rf"^{row.name} +{' +'.join(words)} ", seen, re.MULTILINE)
    levels = ask(console, GetLevels())
    assert isinstance(levels, LevelsResult)
    assert levels.running == console.router.running.level
    udi = console.router.state.udi
    assert ask(console, GetUdi()) == DeviceResult(udi.pid, udi.serial)


def test_licenses_are_installed_line_by_line(console: ConsoleDriver) -> None:
    file = paper(console, line(), line(udi=OTHER, id_="x-2"), line(LicenseType.EXTENSION, "x-3"))
    damaged = file.replace(b"x-2", b"x-9")
    first = ask(console, Install(damaged))
    assert first == InstalledResult(
        (
            INSTALLED,
            LineEntry(LineState.FAILED, AgentCause.INVALID_LINE),
            LineEntry(LineState.FAILED, AgentCause.GENERAL),
        )
    )
    again = ask(console, Install(file, accept_agreement=True))
    assert again == InstalledResult(
        (
            LineEntry(LineState.FAILED, AgentCause.ALREADY_EXISTS),
            LineEntry(LineState.FAILED, AgentCause.NOT_VALID_FOR_DEVICE),
            INSTALLED,
        )
    )
    stopped = ask(console, Install(file, stop_on_failure=True))
    assert isinstance(stopped, InstalledResult)
    assert [each.end for each in stopped.lines] == [LineState.FAILED, LineState.NOT_TRIED, LineState.NOT_TRIED]
    assert [name for name, _ in features(console)] == [BASE, TOP, TOP]
    counted = console.router.state.operations
    assert (counted[LicenseCounter.INSTALLED], counted[LicenseCounter.DUPLICATE]) == (2, 2)
    console.pass_time(SECOND)
    console.sees("LICENSE-6-INSTALL", f"Next reboot level = {TOP}")


def test_a_license_is_annotated_saved_and_cleared(console: ConsoleDriver) -> None:
    ask(console, Install(paper(console, line())))
    assert ask(console, Annotate(2, "spare")) == DoneResult()
    listed = ask(console, ListLicenses())
    assert isinstance(listed, LicensesResult)
    assert {each.number: each.comment for each in listed.licenses}[2] == "spare"
    assert fails(console, Annotate(2, "x" * 100)) is AgentCause.INVALID_COMMENT
    assert fails(console, Annotate(2, "a\nb")) is AgentCause.INVALID_COMMENT
    assert fails(console, Annotate(2, "é")) is AgentCause.INVALID_COMMENT
    assert fails(console, Annotate(9, "x")) is AgentCause.UNKNOWN_LICENSE
    assert fails(console, Annotate(65, "x")) is AgentCause.INVALID_STORE
    saved = ask(console, SaveLicenses())
    assert isinstance(saved, DocumentResult)
    entry = list(read_license_file(saved.content, console.router.license_verifier))[-1]
    assert isinstance(entry, FileLine)
    assert (entry.line, entry.comment) == (line(), "spare")
    assert fails(console, Clear(1)) is AgentCause.IN_USE
    assert fails(console, Clear(65)) is AgentCause.INVALID_STORE
    assert fails(console, Clear(9)) is AgentCause.UNKNOWN_LICENSE
    assert ask(console, Clear(2)) == DoneResult()
    assert [name for name, _ in features(console)] == [BASE]
    counted = console.router.state.operations
    assert (counted[LicenseCounter.CLEARED], counted[LicenseCounter.CLEAR_FAILED]) == (1, 3)
    assert (counted[LicenseCounter.COMMENT_ADDED], counted[LicenseCounter.SAVED]) == (1, 1)
    assert ask(console, Annotate(1)) == DoneResult()


def test_what_is_no_document_is_refused(console: ConsoleDriver) -> None:
    assert fails(console, Install(b"x")) is AgentCause.INVALID_FILE
    assert fails(console, GetAgreement(b"x")) is AgentCause.INVALID_FILE
    assert fails(console, ProcessTicket(b"x")) is AgentCause.INVALID_PERMISSION_TICKET
    assert fails(console, RegenerateTicket(b"x")) is AgentCause.INVALID_PERMISSION_TICKET
    counted = console.router.state.operations
    assert (counted[LicenseCounter.INSTALL_FAILED], counted[LicenseCounter.REVOKE_FAILED]) == (1, 1)


def test_the_agreement_is_given_where_it_is_needed(console: ConsoleDriver) -> None:
    whole = AgreementResult(text_file("eula"))
    assert ask(console, GetAgreement()) == whole
    assert ask(console, GetAgreement(paper(console, line()))) == AgreementResult("")
    assert ask(console, GetAgreement(paper(console, line(LicenseType.EXTENSION)))) == whole


def test_a_ticket_is_carried_out_and_answered_again(console: ConsoleDriver) -> None:
    ask(console, Install(paper(console, line())))
    mine = ticket_paper(console, PermissionTicket("PT-1", ME, ("x-1",), (TOP,), ()))
    other = ticket_paper(console, PermissionTicket("PT-2", OTHER, ("x-1",), (TOP,), ()))
    assert fails(console, RegenerateTicket(mine)) is AgentCause.INVALID_REHOST_TICKET
    assert fails(console, ProcessTicket(other)) is AgentCause.INVALID_PERMISSION_TICKET
    first = ask(console, ProcessTicket(mine))
    assert isinstance(first, DocumentResult)
    assert TOP not in [name for name, _ in features(console)]
    assert ask(console, ProcessTicket(mine)) == first
    assert ask(console, RegenerateTicket(mine)) == first
    assert fails(console, RegenerateTicket(other)) is AgentCause.INVALID_PERMISSION_TICKET
    assert console.router.state.operations[LicenseCounter.REVOKED] == 1


def test_the_credential_is_that_of_the_device(console: ConsoleDriver) -> None:
    found = ask(console, GetCredential())
    assert isinstance(found, DocumentResult)
    assert read_credential(found.content, lambda udi: Verifier(console.world.device_key(udi).public)).udi == ME


def test_a_level_is_chosen_saved_and_booted(console: ConsoleDriver) -> None:
    assert fails(console, SetLevel("ipbase")) is AgentCause.UNKNOWN_LEVEL
    assert fails(console, SetLevel(TOP)) is AgentCause.AGREEMENT_NOT_ACCEPTED
    assert ask(console, SetLevel(TOP, accept_agreement=True)) == DoneResult()
    assert ask(console, GetLevels()) == LevelsResult("c880-data", BASE, TOP, TOP)
    assert ask(console, SaveConfiguration()) == DoneResult()
    assert ask(console, Reload()) == DoneResult()
    console.pass_time(5 * MINUTE)
    assert console.router.running.level == TOP


def test_operations_of_one_request_are_carried_out_by_themselves(console: ConsoleDriver) -> None:
    results = answer(console.router, AgentRequest("1", (Clear(9), GetUdi()))).results
    assert [type(each) for each in results] == [FailedResult, DeviceResult]


def test_counters_are_on_the_screen(console: ConsoleDriver) -> None:
    fails(console, Clear(9))
    ask(console, SetLevel())
    seen = shown(console, "show license agent counters")
    assert "Request Messages Received:2: Messages with Errors:0\n" in seen
    assert "Request Operations Received:2: Operations with Errors:1\n" in seen


def test_a_power_cut_leaves_nothing_half_done(console: ConsoleDriver) -> None:
    before = features(console)
    console.router.state.partition.fuse = 1
    what = AgentAsked("R1", "", "127.0.0.1", AgentRequest("1", (Install(paper(console, line())), Reload())))
    assert carry_out(console.router, what) is None
    assert console.router.state.running is None
    console.router.activation.recover()
    assert features(console) in (before, [*before, (TOP, LicenseType.PERMANENT)])
