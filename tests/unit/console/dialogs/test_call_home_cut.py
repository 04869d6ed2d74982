"""`license call-home revoke udi` cut at any of its calls, before or after the server has done its work.

Whatever was cut, the same command comes to its end: one license for the target, none for the source, one entry of each
act in the audit log.
"""

from collections.abc import Callable

import pytest

from emulator.hardware.board import BoardPhase
from emulator.kernel.time import DAY
from emulator.licensing.store import PendingTransfer
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi
from emulator.router.ports import CallRefused, Reply
from emulator.world.call_home.gateway import WorldCallHome, carry_calls, in_process
from emulator.world.call_home.protocol import Answer, Call, CallOperation, Destination
from tests.backend_records import records_of
from tests.driver import BenchDriver, ConsoleDriver, world_of
from tests.unit.console.papers import BASE, ME, OTHER, TOP, features

LOG_IN = ("lab", "lab")
THIRD = Udi("CISCO881-K9", "FTX1405YDC9")
REVOKE = f"license call-home revoke udi {OTHER}"
REPEAT = "% The license is revoked; issue the same command again to complete the transfer\n"
CALLS = (CallOperation.REHOSTABLE, CallOperation.PERMIT, CallOperation.COMPLETE)

Loss = Callable[["Lossy", Call], Reply[Answer]]


class Lossy:
    """A carrier that loses what it is told to, and counts what reached the server."""

    def __init__(self, console: ConsoleDriver) -> None:
        self.console, self.world = console, console.world
        self.losses: dict[CallOperation, tuple[Loss, int]] = {}
        self.served: list[Call] = []
        carry_calls(self.world, self)

    def __call__(self, _destination: Destination, call: Call) -> Reply[Answer]:
        loss, left = self.losses.get(call.operation, (deliver, 0))
        if left:
            self.losses[call.operation] = loss, left - 1
            return loss(self, call)
        return deliver(self, call)

    def lose(self, operation: CallOperation, loss: Loss, times: int = 1) -> None:
        self.losses[operation] = loss, times


def deliver(lossy: Lossy, call: Call) -> Reply[Answer]:
    lossy.served.append(call)
    return in_process(lossy.world, Destination("tools.cisco.com", 443, "/SWIFT/Licensing"), call)


def question_lost(_lossy: Lossy, _call: Call) -> Reply[Answer]:
    return CallRefused("unreachable")


def answer_lost(lossy: Lossy, call: Call) -> Reply[Answer]:
    """The server does its work, and nobody hears of it."""
    deliver(lossy, call)
    return CallRefused("time-out", "tools.cisco.com")


def server_fails(lossy: Lossy, call: Call) -> Reply[Answer]:
    deliver(lossy, call)
    return CallRefused("unavailable", "tools.cisco.com")


def power_cut_before(lossy: Lossy, _call: Call) -> Reply[Answer]:
    lossy.console.router.power_off()
    return CallRefused("unreachable")


def power_cut_after(lossy: Lossy, call: Call) -> Reply[Answer]:
    reply = deliver(lossy, call)
    lossy.console.router.power_off()
    return reply


LOSSES = (question_lost, answer_lost, server_fails, power_cut_before, power_cut_after)


@pytest.fixture
def lossy() -> Lossy:
    """R1 with a purchased license in use; R2 stands beside it."""
    world = world_of("R1", "R2")
    bench, console = BenchDriver(world), ConsoleDriver(world).boot()
    bench.succeeds("order L-880-AIS=")
    [pak] = records_of(world).paks
    console.type(f"license call-home install pak {pak}", *LOG_IN, "yes")
    return Lossy(console.reload())


def powered(console: ConsoleDriver) -> bool:
    return console.router.state.board.phase is not BoardPhase.OFF


def give(console: ConsoleDriver, command: str = REVOKE) -> str:
    """Give the command, answer whatever it asks with the transfer in mind, and boot what was cut off."""
    console.shown = ""
    console.line.terminal.submit(command)
    console.wait()
    while (prompt := console.prompt) != "Router#" and powered(console):
        answer = next(text for asked, text in ANSWERS.items() if asked in prompt)
        console.line.terminal.submit(answer)
        console.wait()
    told = console.shown
    if not powered(console):
        console.boot()
    return told


ANSWERS = {
    "User name": "lab",
    "password": "lab",
    "Select SKU": "1",
    "Are you sure": "yes",
    "ACCEPT?": "yes",
    "specify a filename": "",
}


def is_moved_once(lossy: Lossy) -> None:
    """Source and target have what they should, and the back end did each act once."""
    records = records_of(lossy.world)
    bought = [each for each in records.licenses.values() if each.sku]
    assert sorted((str(each.line.udi), each.state) for each in bought) == [
        (str(ME), "rehosted"),
        (str(OTHER), "current"),
    ]
    acts = [each.act for each in lossy.world.backend.queries.audit(by="lab").items]
    assert acts.count("rehost") == 1
    assert features(lossy.console) == [(BASE, LicenseType.PERMANENT), (TOP, LicenseType.GRACE_PERIOD)]
    assert lossy.console.router.activation.inventory.licenses.transfer is None
    target = ConsoleDriver(lossy.world, "R2").boot()
    target.type("license call-home resend", *LOG_IN, "")
    target.sees("Installing...Feature:advipservices...Successful:Supported\n")
    assert features(target) == [(BASE, LicenseType.PERMANENT), (TOP, LicenseType.PERMANENT)]


def test_an_answer_to_the_last_call_that_is_lost_is_had_by_the_same_command(lossy: Lossy) -> None:
    lossy.lose(CallOperation.COMPLETE, answer_lost)
    assert REPEAT in give(lossy.console)
    assert records_of(lossy.world).held(str(OTHER)), "the server has done it"
    told = give(lossy.console)
    assert told.endswith(
        "Sending rehost ticket...\n"
        f"License for {OTHER} has been issued\n"
        "Issue 'license call-home resend' on the destination device to fetch it\n"
    )
    assert "no purchased" not in told
    assert [call.operation for call in lossy.served] == [*CALLS, CallOperation.COMPLETE]
    assert lossy.served[2].ticket == lossy.served[3].ticket, "the ticket that was kept"
    is_moved_once(lossy)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("times", [1, 4])
def test_a_cut_at_any_call_is_completed_by_the_same_command(
    lossy: Lossy, operation: CallOperation, loss: Loss, times: int
) -> None:
    lossy.lose(operation, loss, times)
    for _ in range(times):
        assert f"License for {OTHER} has been issued" not in give(lossy.console)
    assert f"License for {OTHER} has been issued" in give(lossy.console)
    is_moved_once(lossy)
    assert "has no purchased permanent license to transfer" in give(lossy.console), "there is nothing more to move"


def test_a_cut_at_every_call_in_turn(lossy: Lossy) -> None:
    for operation in CALLS:
        for loss in LOSSES:
            lossy.lose(operation, loss)
            give(lossy.console)
    give(lossy.console)
    is_moved_once(lossy)


def test_the_file_is_there_again_until_somebody_has_said_where_it_goes(lossy: Lossy) -> None:
    console = lossy.console
    files: list[str] = []
    for _ in range(3):
        console.type(REVOKE, *LOG_IN, *(() if files else ("1", "yes", "yes")))
        assert console.prompt == "Please specify a filename: "
        files.append(console.shown)
        console.router.power_off()
        console.boot()
    console.type(REVOKE, *LOG_IN, "flash:target.lic")
    console.sees("% Done writing file flash:target.lic\n")
    target = ConsoleDriver(lossy.world, "R2").boot()
    found = console.router.state.flash.find("target.lic")
    assert found is not None
    target.router.state.flash.write("target.lic", found.content, 0)
    target.type("license install target.lic")
    target.sees("1/1 licenses were successfully installed\n")
    assert console.router.activation.inventory.licenses.transfer is None


@pytest.mark.parametrize("loss", [question_lost, answer_lost])
def test_another_target_is_refused_until_the_first_has_its_license(lossy: Lossy, loss: Loss) -> None:
    lossy.lose(CallOperation.COMPLETE, loss)
    give(lossy.console)
    served = len(lossy.served)
    assert give(lossy.console, f"license call-home revoke udi {THIRD}") == (
        f"% A transfer to {OTHER} is under way; complete it first: license call-home revoke udi {OTHER}\n"
    )
    assert len(lossy.served) == served, "nobody was asked"
    give(lossy.console)
    is_moved_once(lossy)


def test_a_wrong_password_forgets_nothing(lossy: Lossy) -> None:
    lossy.lose(CallOperation.COMPLETE, answer_lost)
    give(lossy.console)
    lossy.console.type(REVOKE, "lab", "wrong")
    lossy.console.sees("%Error: Authentication failed\n", REPEAT)
    give(lossy.console)
    is_moved_once(lossy)


def test_a_ticket_that_got_too_old_is_asked_for_again(lossy: Lossy) -> None:
    lossy.lose(CallOperation.COMPLETE, question_lost)
    give(lossy.console)
    lossy.console.pass_time(91 * DAY)
    assert "was good for 90d; ask for it again" in give(lossy.console)
    assert f"License for {OTHER} has been issued" in give(lossy.console)
    records = records_of(lossy.world)
    assert [str(each.line.udi) for each in records.licenses.values() if each.sku and each.state == "current"] == [
        str(OTHER)
    ]


def test_a_target_that_was_replaced_meanwhile_does_not_block_the_source(lossy: Lossy) -> None:
    lossy.lose(CallOperation.COMPLETE, question_lost)
    give(lossy.console)
    backend, now = lossy.world.backend, lossy.world.now
    backend.manufacture(THIRD, [BASE], now)
    backend.register(backend.order("L-880-AIS=", 1, now, by="lab")[0].pak, [OTHER], now, by="lab")
    backend.rma(OTHER, THIRD, now, by="lab", contract=backend.contract(OTHER, by="lab").number)
    assert "was replaced by" in give(lossy.console)
    told = give(lossy.console, f"license call-home revoke udi {THIRD}")
    assert f"License for {THIRD} has been issued" in told
    assert lossy.console.router.activation.inventory.licenses.transfer is None


def test_a_ticket_that_was_handed_in_for_another_device_meanwhile_is_told(lossy: Lossy) -> None:
    """Another person asks the portal for the same ticket, the router answers it on paper, and that paper is quicker."""
    lossy.lose(CallOperation.COMPLETE, question_lost)
    give(lossy.console)
    transfer = lossy.console.router.activation.inventory.licenses.transfer
    assert transfer == PendingTransfer(transfer.ticket if transfer else "", OTHER)
    bench = BenchDriver(lossy.world)
    bench.succeeds("portal permission R1")
    mail = lossy.world.post.count()
    bench.succeeds(f"mail save {mail} usb")
    [file] = [each.name for each in lossy.world.medium("usb").files if "permission" in each.name]
    bench.succeeds("usb insert R1")
    lossy.console.type(f"license revoke usbflash0:{file} usbflash0:answer.xml")
    lossy.console.sees("Rehost ticket saved ..!\n")
    bench.succeeds("usb remove R1")
    lossy.world.backend.manufacture(THIRD, [BASE], lossy.world.now)
    bench.succeeds(f"portal rehost usb:answer.xml {THIRD}")
    assert f"The rehost ticket was already used for {THIRD}" in give(lossy.console)
    assert lossy.console.router.activation.inventory.licenses.transfer is None


def test_the_ticket_of_a_call_names_the_target(lossy: Lossy) -> None:
    home = lossy.world.context.call_home
    assert isinstance(home, WorldCallHome)
    give(lossy.console)
    [permission] = records_of(lossy.world).permissions.values()
    assert permission.ticket.target == OTHER
