"""`license call-home` as dialogues: install, resend, revoke, and whatever may go wrong."""

from collections.abc import Callable

import pytest

from emulator.licensing.types import LicenseType
from emulator.router.ports import CallRefused, LogIn, PakItem
from tests.backend_records import records_of
from tests.driver import BenchDriver, ConsoleDriver, world_of
from tests.unit.console.papers import BASE, LEVEL_MESSAGE, OTHER, TOP, features, unstamped

LOG_IN = ("lab", "lab")
INITIATING = "Initiating communication to CISCO License Server...Please wait..\n"
INSTALLED = (
    "Installing...Feature:advipservices...Successful:Supported\n"
    "1/1 licenses were successfully installed\n"
    "0/1 licenses were existing licenses\n"
    "0/1 licenses were failed to install\n"
)
REVOKE = f"license call-home revoke udi {OTHER}"
PERMANENT = LicenseType.PERMANENT


@pytest.fixture
def pak(bench: BenchDriver) -> str:
    """A PAK for two licenses."""
    bench.succeeds("order L-880-AIS= quantity 2")
    return next(reversed(records_of(bench.world).paks))


@pytest.fixture
def rehosting() -> ConsoleDriver:
    """R1 with a purchased license in use; R2 stands beside it."""
    world = world_of("R1", "R2")
    bench, console = BenchDriver(world), ConsoleDriver(world).boot()
    bench.succeeds("order L-880-AIS=")
    pak = next(reversed(records_of(world).paks))
    console.type(f"license call-home install pak {pak}", *LOG_IN, "yes")
    return console.reload()


def test_the_log_in(console: ConsoleDriver, pak: str) -> None:
    console.type(f"license call-home install pak {pak}")
    assert (console.prompt, console.line.prompt.hidden) == ("CCO User name :", False)
    console.type("lab")
    assert (console.prompt, console.line.prompt.hidden) == ("CCO password  :", True)
    console.type("wrong")
    console.sees_exactly(INITIATING + "%Error: Authentication failed\n")
    assert "wrong" not in console.screen


def test_install(console: ConsoleDriver, pak: str) -> None:
    console.type(f"license call-home install pak {pak}", *LOG_IN)
    console.sees(INITIATING, f"PAK Number : {pak}\n  1. SKU Name           : L-880-AIS=\n", "Available Qty      : 2\n")
    assert console.prompt == "Do you want to install this license? (yes/no): "
    console.type("yes")
    console.sees("Fetching license...Please wait..\n" + INSTALLED)
    assert unstamped(console.shown).endswith(LEVEL_MESSAGE.format(TOP, TOP))
    assert features(console) == [(BASE, PERMANENT), (TOP, PERMANENT)]
    console.type(f"license call-home install pak {pak}", *LOG_IN)
    console.sees("Available Qty      : 1\n")


@pytest.mark.parametrize("answer", ["no", "n", " No "])
def test_install_is_not_confirmed(console: ConsoleDriver, pak: str, answer: str) -> None:
    console.type(f"license call-home install pak {pak}", *LOG_IN, answer)
    console.sees_exactly("")
    assert console.prompt == "Router#"
    assert features(console) == [(BASE, PERMANENT)]


@pytest.mark.parametrize("answer", ["", "x", "yess", "maybe", "1"])
def test_an_answer_that_is_neither_yes_nor_no_is_asked_for_again(console: ConsoleDriver, pak: str, answer: str) -> None:
    console.type(f"license call-home install pak {pak}", *LOG_IN, answer)
    console.sees_exactly("% Please answer 'yes' or 'no'.\n")
    assert console.prompt == "Do you want to install this license? (yes/no): "
    assert features(console) == [(BASE, PERMANENT)]
    console.type("y")
    console.sees(INSTALLED)


def test_a_default_is_taken_and_nothing_else_for_it(rehosting: ConsoleDriver) -> None:
    rehosting.type(REVOKE, *LOG_IN, "1", "x")
    rehosting.sees_exactly("% Please answer 'yes' or 'no'.\n")
    assert rehosting.prompt == "Are you sure you want to transfer? (yes/[no]): "
    rehosting.type("")
    rehosting.sees_exactly("")
    assert rehosting.prompt == "Router#"


def test_show_pak_installs_nothing(console: ConsoleDriver, pak: str) -> None:
    console.type(f"show license call-home pak {pak}", *LOG_IN)
    console.sees("Feature Name    : advipservices\n")
    assert console.prompt == "Router#"


COMMANDS = ["license call-home install pak ABCDEFGHIJK", "license call-home resend", REVOKE,
            "show license call-home pak ABCDEFGHIJK"]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_nobody_answers(console: ConsoleDriver, command: str) -> None:
    console.router.state.online = False
    before = console.router.activation.inventory.licenses
    console.type(command, *LOG_IN)
    assert console.shown.endswith("%Error: Unable to connect to the CISCO License Server\n")
    assert console.router.activation.inventory.licenses is before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_refusal_is_told_in_the_words_of_the_back_end(console: ConsoleDriver, command: str) -> None:
    before = console.router.activation.inventory.licenses
    console.type(command, *LOG_IN)
    if command != "license call-home resend":
        assert "%Error: " in console.shown
    assert console.router.activation.inventory.licenses is before


def test_of_several_products_one_is_chosen(console: ConsoleDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    items = tuple(PakItem(sku, "two", TOP, 1, 1, "880") for sku in ("SKU-A=", "SKU-B="))
    asked: list[str] = []

    def install(_router: str, _who: LogIn, _pak: str, sku: str) -> CallRefused:
        asked.append(sku)
        return CallRefused("other", "No.")

    monkeypatch.setattr(type(console.router.call_home), "look_up", lambda *_: items)
    monkeypatch.setattr(type(console.router.call_home), "install", lambda _, *rest: install(*rest))
    console.type("license call-home install pak X", *LOG_IN)
    assert console.prompt == "Select SKU [1-2]: "
    console.type("2", "yes")
    console.sees("%Error: No.\n")
    assert asked == ["SKU-B="]
    console.type("license call-home install pak X", *LOG_IN, "9")
    console.sees_exactly("% Error: Invalid index\n")


# --- resend -------------------------------------------------------------------------------------------------------


def test_resend_to_a_file_that_is_asked_for(console: ConsoleDriver) -> None:
    console.type("license call-home resend", *LOG_IN)
    console.sees_exactly(INITIATING + "Fetching license...Please wait..\n")
    assert console.prompt == "Please specify a filename: "
    console.type("flash:resend.lic")
    console.sees_exactly("% Done writing file flash:resend.lic\n")
    console.type("license install flash:resend.lic")
    console.sees("1/1 licenses were existing licenses\n")


def test_resend_to_a_file_that_is_given(console: ConsoleDriver) -> None:
    console.type("license call-home resend resend.lic", *LOG_IN)
    console.sees("% Done writing file resend.lic\n")
    assert console.router.state.flash.find("resend.lic") is not None


@pytest.mark.parametrize("name", ["usbflash0:x", "foo:x"])
def test_resend_to_a_place_that_is_not_there(console: ConsoleDriver, name: str) -> None:
    console.type("license call-home resend", *LOG_IN, name)
    console.sees_exactly(f"%Error opening {name} (No such device)\n")


def test_resend_installs_what_was_lost(console: ConsoleDriver, pak: str) -> None:
    console.type(f"license call-home install pak {pak}", *LOG_IN, "yes", "license clear advipservices", "yes")
    console.type("license call-home resend", *LOG_IN, "")
    console.sees("1/2 licenses were successfully installed\n1/2 licenses were existing licenses\n")
    assert features(console) == [(BASE, PERMANENT), (TOP, PERMANENT)]


# --- revoke -------------------------------------------------------------------------------------------------------


def test_revoke(rehosting: ConsoleDriver) -> None:
    rehosting.type(REVOKE, *LOG_IN)
    rehosting.sees_exactly(
        INITIATING + "Fetching Licenses that can be rehosted...Please wait..\n"
        "Transferrable license SKUs\n"
        "  1. SKU Name     : L-880-AIS=\n"
        "     Type         : Permanent\n"
        "     Feature list : advipservices\n"
    )
    rehosting.type("1")
    rehosting.sees("Source UDI      : CISCO881-K9:FTX1405YDC7\n", f"Destination UDI : {OTHER}\n")
    assert rehosting.prompt == "Are you sure you want to transfer? (yes/[no]): "
    rehosting.type("yes")
    rehosting.sees("Retrieving permission ticket...\n", "Following Permanent license(s) will be revoked")
    rehosting.type("yes")
    rehosting.sees("Sending rehost ticket...\n", f"License for {OTHER} has been issued\n")
    assert features(rehosting) == [(BASE, PERMANENT), (TOP, LicenseType.GRACE_PERIOD)]
    rehosting.type("")
    rehosting.sees("Issue 'license call-home resend' on the destination device to fetch it\n")
    target = ConsoleDriver(rehosting.world, "R2").boot()
    target.type("license call-home resend", *LOG_IN, "")
    target.sees("Installing...Feature:advipservices...Successful:Supported\n")


def test_revoke_with_the_license_carried_to_the_target(rehosting: ConsoleDriver) -> None:
    rehosting.type(REVOKE, *LOG_IN, "1", "yes", "yes", "flash:target.lic")
    rehosting.sees("% Done writing file flash:target.lic\n")
    file = rehosting.router.state.flash.find("target.lic")
    assert file is not None
    target = ConsoleDriver(rehosting.world, "R2").boot()
    target.router.state.flash.write("target.lic", file.content, 0)
    target.type("license install target.lic")
    target.sees(INSTALLED)


def test_a_command_is_no_file_name(rehosting: ConsoleDriver) -> None:
    rehosting.type(REVOKE, *LOG_IN, "1", "yes", "yes", "show license detail", "reload", "flash:two words.lic")
    assert rehosting.prompt == "Please specify a filename: "
    before = {file.name for file in rehosting.router.state.flash.entries()}
    rehosting.type("")
    rehosting.sees("Issue 'license call-home resend' on the destination device to fetch it\n")
    assert {file.name for file in rehosting.router.state.flash.entries()} == before


@pytest.mark.parametrize("answers", [("0",), ("1", "no"), ("1", ""), ("1", "yes", "no"), ("1", "yes", "", "no")])
def test_revoke_is_given_up(rehosting: ConsoleDriver, answers: tuple[str, ...]) -> None:
    before = rehosting.router.activation.inventory.licenses
    rehosting.type(REVOKE, *LOG_IN, *answers)
    assert rehosting.prompt == "Router#"
    assert rehosting.router.activation.inventory.licenses is before


def power_cut(console: ConsoleDriver) -> None:
    console.router.power_off()


def no_internet(console: ConsoleDriver) -> None:
    console.router.state.online = False
    console.wait()
    console.sees(
        "%Error: Unable to connect to the CISCO License Server\n",
        "% The license is revoked; issue the same command again to complete the transfer\n",
    )
    console.router.state.online = True
    console.router.power_off()


def dropped(console: ConsoleDriver) -> None:
    console.line.terminal.interrupt()
    console.router.power_off()


@pytest.mark.parametrize("interruption", [power_cut, no_internet, dropped])
def test_revoke_is_completed_after_an_interruption(
    rehosting: ConsoleDriver, interruption: Callable[[ConsoleDriver], None]
) -> None:
    rehosting.type(REVOKE, *LOG_IN, "1", "yes")
    rehosting.shown = ""
    rehosting.line.terminal.submit("yes")
    rehosting.world.clock.settle()
    interruption(rehosting)
    assert features(rehosting) == [(BASE, PERMANENT), (TOP, LicenseType.GRACE_PERIOD)]
    rehosting.boot().type(REVOKE, *LOG_IN)
    rehosting.sees_exactly(f"{INITIATING}Sending rehost ticket...\nLicense for {OTHER} has been issued\n")
    assert features(rehosting) == [(BASE, PERMANENT), (TOP, LicenseType.GRACE_PERIOD)]


def test_revoke_with_nothing_to_give(console: ConsoleDriver) -> None:
    console.type(REVOKE, *LOG_IN)
    assert "%Error: " in console.shown
    assert console.prompt == "Router#"


@pytest.mark.parametrize("text", ["foo", "CISCO881-K9", "CISCO881-K9:", ":FTX1405YDC8", "CISCO881-K9:ftx1405ydc8"])
def test_a_target_that_is_no_udi(console: ConsoleDriver, text: str) -> None:
    console.type(f"license call-home revoke udi {text}")
    console.sees("% Invalid input detected")


# --- the address of the service -----------------------------------------------------------------------------------

BAD_URL = "% Invalid URL: the licensing service is at https://host[:port]/path\n"


@pytest.mark.parametrize(
    "url",
    [
        "http://tools.cisco.com/SWIFT/Licensing",
        "https://tools.cisco.com:65536/SWIFT/Licensing",
        "https://tools.cisco.com:port/",
        "https://[::1/SWIFT",
        "https://:443/",
        "https://a..b/",
    ],
)
def test_a_url_that_call_home_cannot_use_is_refused(console: ConsoleDriver, url: str) -> None:
    console.type("configure terminal", "license call-home url https://192.0.2.1:8443/here")
    console.type(f"license call-home url {url}")
    console.sees_exactly(BAD_URL)
    console.type("end", "show running-config | include call-home url")
    console.sees_exactly("license call-home url https://192.0.2.1:8443/here\n")


@pytest.mark.parametrize("url", ["https://tools.cisco.com:65535/x", "https://[::1]:8443/x", "HTTPS://localhost"])
def test_a_url_that_it_can_use_is_kept(console: ConsoleDriver, url: str) -> None:
    console.type("configure terminal", f"license call-home url {url}")
    console.sees_exactly("")
    console.type("end", "show running-config | include call-home url")
    console.sees_exactly(f"license call-home url {url}\n")
