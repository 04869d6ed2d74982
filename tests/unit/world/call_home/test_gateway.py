"""Call home in process: the way there, the log-in, and what the back end says."""

from collections.abc import Callable

import msgspec
import pytest

from emulator.keys.documents import read_license_file, read_permission_ticket, write_rehost_ticket
from emulator.licensing.file import FileLine
from emulator.licensing.lines import LicenseLine
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi
from emulator.router.ports import CallHome, CallRefused, LogIn, PakItem, RefusalCause, RehostItem, Reply
from emulator.world.call_home.gateway import carry_calls
from emulator.world.call_home.protocol import Answer, Call, Destination
from emulator.world.world import World
from tests.driver import ConsoleDriver, world_of
from tests.tickets import rehost_ticket_for

WHO = LogIn("lab", "lab")
AIS, WEBVPN, IPS = "L-880-AIS=", "FL-WEBVPN-10-K9=", "L-IPS-880-1Y="


class Lab:
    """Two routers that run, and a PAK."""

    def __init__(self, sku: str = AIS) -> None:
        self.world: World = world_of("R1", "R2")
        for name in ("R1", "R2"):
            ConsoleDriver(self.world, name).boot()
        self.calls: CallHome = self.world.context.call_home
        self.sku = sku
        self.pak = self.buy(sku)
        self.one, self.two = (self.world.router(name).state.udi for name in ("R1", "R2"))

    def buy(self, sku: str, quantity: int = 1) -> str:
        return self.world.backend.order(sku, quantity, self.world.now, by="lab")[0].pak

    def lines(self, file: object) -> list[LicenseLine]:
        assert isinstance(file, bytes), file
        entries = read_license_file(file, self.world.license_verifier)
        return [each.line for each in entries if isinstance(each, FileLine)]

    def answer(self, document: object, source: Udi) -> bytes:
        assert isinstance(document, bytes), document
        ticket = read_permission_ticket(document, self.world.license_verifier, self.world.sealing_key(source))
        return write_rehost_ticket(rehost_ticket_for(ticket), self.world.device_key(source))


CALLS: dict[str, Callable[[Lab, LogIn], object]] = {
    "look up": lambda lab, who: lab.calls.look_up("R1", who, lab.pak),
    "install": lambda lab, who: lab.calls.install("R1", who, lab.pak, lab.sku),
    "resend": lambda lab, who: lab.calls.resend("R1", who),
    "rehostable": lambda lab, who: lab.calls.rehostable("R1", who, lab.two),
    "permit": lambda lab, who: lab.calls.permit("R1", who, lab.two, (lab.sku,)),
    "complete": lambda lab, who: lab.calls.complete("R1", who, lab.two, b""),
}
every_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


@pytest.fixture
def lab() -> Lab:
    return Lab()


@every_call
def test_without_internet_there_is_no_way(lab, call):
    lab.world.router("R1").state.online = False
    before = msgspec.json.encode(lab.world.state)
    assert call(lab, WHO) == CallRefused("unreachable")
    assert call(lab, LogIn("joe", "")) == CallRefused("unreachable")
    assert msgspec.json.encode(lab.world.state) == before


@every_call
def test_without_the_line_of_the_provider_there_is_no_way(lab, call):
    router = lab.world.router("R1")
    router.state.cables.remove(router.platform.wan_interface)
    assert call(lab, WHO) == CallRefused("unreachable")
    assert not lab.calls.connected("R1")


def test_another_carrier_gets_what_was_called_and_by_whom(lab):
    carried: list[tuple[Destination, Call]] = []

    def carry(destination: Destination, call: Call) -> Reply[Answer]:
        carried.append((destination, call))
        return b"file"

    carry_calls(lab.world, carry)
    console = ConsoleDriver(lab.world).log_in()
    console.type("configure terminal", "license call-home url https://192.0.2.1:8443/here", "end")
    assert lab.calls.install("R1", WHO, lab.pak, AIS) == b"file"
    [(destination, call)] = carried
    assert destination == Destination("192.0.2.1", 8443, "/here")
    assert (call.device, call.who, call.pak, call.skus) == (lab.one, WHO, lab.pak, (AIS,))


def test_nothing_is_carried_from_a_site_without_a_way_out(lab):
    carry_calls(lab.world, lambda *_: pytest.fail("a call left the site"))
    lab.world.router("R1").state.online = False
    assert lab.calls.resend("R1", WHO) == CallRefused("unreachable")


@every_call
@pytest.mark.parametrize("who", [LogIn("lab", "Lab"), LogIn("joe", "lab"), LogIn("", "")])
def test_a_wrong_log_in_gets_nothing(lab, call, who):
    before = msgspec.json.encode(lab.world.state)
    assert call(lab, who) == CallRefused("log-in")
    assert msgspec.json.encode(lab.world.state) == before


@pytest.mark.parametrize(
    ("url", "reached"),
    [
        ("https://tools.cisco.com/SWIFT/Licensing", True),
        ("https://TOOLS.cisco.com:443/other", True),
        ("https://192.0.2.10/licensing", False),
        ("http://tools.cisco.com/SWIFT/Licensing", False),
        ("https://[::1/SWIFT", False),
        ("https://tools.cisco.com:port/", False),
        ("https://tools.cisco.com.example/SWIFT", False),
    ],
)
def test_another_host_is_no_licensing_service(lab, url, reached):
    configured = lab.world.router("R1").configuration
    configured.lines["license call-home url"] = f"license call-home url {url}"
    assert (lab.calls.resend("R1", WHO) == CallRefused("unreachable")) is not reached


def test_nothing_to_send_again_is_told():
    world = world_of("R1", factory=())
    ConsoleDriver(world).boot()
    udi = world.router("R1").state.udi
    refusal = CallRefused("nothing issued", f"No license was ever issued to {udi}.")
    assert world.context.call_home.resend("R1", WHO) == refusal


def test_another_account_may_call(lab):
    lab.world.backend.accounts.add("joe", "s3cret-joe", by="lab")
    assert lab.lines(lab.calls.resend("R1", LogIn("joe", "s3cret-joe")))


def test_a_pak_is_looked_up(lab):
    item = PakItem(
        sku=AIS,
        description="Upgrade from Advanced Security to Advanced IP Services for Cisco 880 data routers, PAK delivered"
        " electronically",
        feature="advipservices",
        ordered=1,
        available=1,
        platforms="880",
    )
    assert lab.calls.look_up("R1", WHO, lab.pak) == (item,)
    lab.calls.install("R2", WHO, lab.pak, AIS)
    assert lab.calls.look_up("R1", WHO, lab.pak) == (msgspec.structs.replace(item, available=0),)


def test_a_product_for_several_families_names_them(lab):
    found = lab.calls.look_up("R1", WHO, lab.buy(WEBVPN))
    assert isinstance(found, tuple)
    assert [each.platforms for each in found] == ["880, iad880"]


def test_a_license_is_installed_out_of_a_pak(lab):
    arrived = lab.world.backend.outbox.letters(lab.world.now, by=None)
    first = lab.calls.install("R1", WHO, lab.pak, AIS)
    [line] = lab.lines(first)
    assert (line.feature, line.type, line.udi) == ("advipservices", LicenseType.PERMANENT, lab.one)
    assert lab.calls.install("R1", WHO, lab.pak, AIS) == first, "the same file again, at no debit"
    assert lab.world.backend.outbox.letters(lab.world.now, by=None) == arrived, "it comes by the call, not by mail"


def test_everything_is_sent_again(lab):
    assert [line.feature for line in lab.lines(lab.calls.resend("R1", WHO))] == ["advsecurity"]
    lab.calls.install("R1", WHO, lab.pak, AIS)
    assert [line.feature for line in lab.lines(lab.calls.resend("R1", WHO))] == ["advsecurity", "advipservices"]


def test_a_rehost_goes_all_the_way_and_the_target_can_have_it_resent(lab):
    lab.calls.install("R1", WHO, lab.pak, AIS)
    assert lab.calls.rehostable("R1", WHO, lab.two) == (RehostItem(AIS, "Permanent", ("advipservices",)),)
    document = lab.calls.permit("R1", WHO, lab.two, (AIS,))
    assert lab.calls.permit("R1", WHO, lab.two, (AIS,)) == document, "the same ticket while it is open"
    done = lab.calls.complete("R1", WHO, lab.two, lab.answer(document, lab.one))
    [line] = lab.lines(done)
    assert (line.feature, line.udi) == ("advipservices", lab.two)
    assert line in lab.lines(lab.calls.resend("R2", WHO))
    assert [each.feature for each in lab.lines(lab.calls.resend("R1", WHO))] == ["advsecurity"]


def test_a_subscription_is_listed_as_one():
    lab = Lab(IPS)
    lab.calls.install("R1", WHO, lab.pak, IPS)
    assert lab.calls.rehostable("R1", WHO, lab.two) == (RehostItem(IPS, "Subscription", ("ios-ips-update",)),)


REFUSED: dict[str, tuple[Callable[[Lab], object], RefusalCause, str]] = {
    "unknown PAK": (lambda lab: lab.calls.look_up("R1", WHO, "22222222222"), "pak", "PAK 22222222222 is not known."),
    "PAK of another family": (
        lambda lab: lab.calls.look_up("R1", WHO, lab.buy("L-IAD880-AIS=")),
        "family",
        "L-IAD880-AIS= is for the iad880 family; {one} is of the 880 family.",
    ),
    "other product": (
        lambda lab: lab.calls.install("R1", WHO, lab.pak, WEBVPN),
        "other",
        "PAK {pak} is for L-880-AIS=, not for FL-WEBVPN-10-K9=.",
    ),
    "nothing to move": (
        lambda lab: lab.calls.rehostable("R1", WHO, lab.two),
        "other",
        "{one} has no purchased permanent license to transfer.",
    ),
    "unknown product of the target": (
        lambda lab: lab.calls.rehostable("R1", WHO, Udi("CISCO1941/K9", "FTX1405YDC9")),
        "other",
        "Product ID CISCO1941/K9 is not known. Did you mean CISCO881-K9?",
    ),
    "nothing to give up": (
        lambda lab: lab.calls.permit("R1", WHO, lab.two, (AIS,)),
        "other",
        "{one} has no purchased permanent license to transfer.",
    ),
    "no ticket": (
        lambda lab: lab.calls.complete("R1", WHO, lab.two, b"hello"),
        "ended",
        "The rehost ticket is not valid: it does not begin with the declaration of XML 1.0 in UTF-8.",
    ),
}


@pytest.mark.parametrize(("act", "cause", "text"), REFUSED.values(), ids=REFUSED)
def test_what_the_back_end_says_comes_back(lab, act, cause, text):
    assert act(lab) == CallRefused(cause, text.format(one=lab.one, pak=lab.pak))


def test_a_spent_pak_is_told_of(lab):
    lab.calls.install("R2", WHO, lab.pak, AIS)
    assert lab.calls.install("R1", WHO, lab.pak, AIS) == CallRefused(
        "pak spent", f"PAK {lab.pak} has 0 of its 1 licenses left; 1 more are asked for."
    )


def test_a_replaced_device_gets_nothing(lab):
    lab.calls.install("R1", WHO, lab.pak, AIS)
    contract = lab.world.backend.contract(lab.one, by="lab").number
    lab.world.backend.rma(lab.one, lab.two, lab.world.now, by="lab", contract=contract)
    text = f"{lab.one} was replaced by {lab.two} and is no longer served."
    assert lab.calls.resend("R1", WHO) == CallRefused("ended", text)
