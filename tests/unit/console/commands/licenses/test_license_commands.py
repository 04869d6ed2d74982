"""`license install`, `clear`, `revoke`, `boot module` as dialogues, with everything that can go wrong."""

import msgspec
import pytest

from emulator.kernel.time import DAY, SECOND
from emulator.keys.documents import read_rehost_ticket, write_license_file
from emulator.keys.signing import Verifier, derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.changes import STORE_CAPACITY
from emulator.licensing.file import FileLine, LicenseFile
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.types import LicenseType
from tests.driver import UDI, BenchDriver, ConsoleDriver
from tests.unit.console.papers import (
    LEVEL_MESSAGE,
    ME,
    OTHER,
    TOP,
    features,
    line,
    on_flash,
    paper,
    ticket_paper,
    unstamped,
)


def counts(installed: int, existing: int, failed: int) -> str:
    total = installed + existing + failed
    return (
        f"{installed}/{total} licenses were successfully installed\n"
        f"{existing}/{total} licenses were existing licenses\n"
        f"{failed}/{total} licenses were failed to install\n"
    )


FACTORY = [("advsecurity", LicenseType.PERMANENT)]


# --- install ------------------------------------------------------------------------------------------------------


def test_install_from_the_stick(console: ConsoleDriver, bench: BenchDriver) -> None:
    file = bench.license_on_stick()
    console.type(f"license install usbflash0:{file}")
    assert unstamped(console.shown) == (
        f'Installing licenses from "usbflash0:{file}"\n'
        "Installing...Feature:advipservices...Successful:Supported\n"
        + counts(1, 0, 0)
        + f"%LICENSE-6-INSTALL: Feature advipservices 1.0 was installed in this device. UDI={UDI}; "
        "StoreIndex=1:Primary License Storage\n" + LEVEL_MESSAGE.format(TOP, TOP)
    )
    assert console.router.running.level == "advsecurity"
    assert not console.router.running.changed
    console.reload()
    assert console.router.running.level == TOP


def test_a_second_copy_is_counted_as_existing(console: ConsoleDriver) -> None:
    on_flash(console, paper(console, line()))
    console.type("license install flash:a.lic", "license install flash:a.lic")
    console.sees_exactly(
        'Installing licenses from "flash:a.lic"\n'
        "Installing...Feature:advipservices...Failed:\n% Error: Duplicate license\n" + counts(0, 1, 0)
    )


def test_a_file_for_another_device(console: ConsoleDriver) -> None:
    on_flash(console, paper(console, line(udi=OTHER)))
    console.type("license install flash:a.lic")
    console.sees("Installing...Feature:advipservices...Failed:\n% Error: UDI mismatch\n" + counts(0, 0, 1))
    assert features(console) == FACTORY


def test_a_line_changed_by_hand(console: ConsoleDriver) -> None:
    on_flash(console, paper(console, line()).replace(b"<SOURCE>test", b"<SOURCE>rest"))
    console.type("license install flash:a.lic")
    console.sees("Installing...Feature:advipservices...Failed:\n% Error: License line is not valid\n" + counts(0, 0, 1))
    assert features(console) == FACTORY


def test_a_line_signed_by_somebody_else(console: ConsoleDriver) -> None:
    content = LicenseFile((FileLine(line(), "test", "2010-03-01T09:00:00.000Z"),))
    on_flash(console, write_license_file(content, derive_signing_key(WorldSecret.known(99), "licensing")))
    console.type("license install flash:a.lic")
    console.sees("% Error: License line is not valid\n")


def test_one_bad_line_does_not_keep_the_others_out(console: ConsoleDriver) -> None:
    on_flash(console, paper(console, line(udi=OTHER, id_="x-1"), line(id_="x-2"), line(id_="x-2")))
    console.type("license install flash:a.lic")
    console.sees(
        "...Failed:\n% Error: UDI mismatch\nInstalling...Feature:advipservices...Successful:Supported\n",
        "...Failed:\n% Error: Duplicate license\n",
        counts(1, 1, 1),
    )


def test_a_feature_that_the_image_does_not_know(console: ConsoleDriver) -> None:
    on_flash(console, paper(console, line(feature="entservices")))
    console.type("license install flash:a.lic")
    console.sees("Installing...Feature:entservices...Successful:Not Supported\n")
    console.type("show license")
    console.sees("Index 3 Feature: entservices")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-40],
        lambda _: b"",
        lambda _: b"hello",
        lambda _: b"<?xml version='1.0'?><nothing/>",
        lambda content: content + b" " * (256 * 1024),
        lambda content: content.replace(b"CISCO_WT_LICENSES", b"CISCO_XX_LICENSES"),
    ],
    ids=["truncated", "empty", "not xml", "other xml", "too large", "other root"],
)
def test_what_is_no_license_file_changes_nothing(console: ConsoleDriver, spoil) -> None:
    on_flash(console, spoil(paper(console, line())))
    before = console.router.activation.inventory.licenses
    console.type("license install flash:a.lic")
    console.sees_exactly("% Error: Invalid license file\n")
    assert console.router.activation.inventory.licenses is before


def test_a_file_of_which_only_the_size_is_kept(console: ConsoleDriver) -> None:
    console.router.state.flash.write("a.lic", paper(console, line()), 0, size=5_000_000)
    console.type("license install flash:a.lic")
    console.sees_exactly("% Error: Invalid license file\n")


@pytest.mark.parametrize("url", ["flash:none.lic", "none.lic"])
def test_a_file_that_is_not_there(console: ConsoleDriver, url: str) -> None:
    console.type(f"license install {url}")
    console.sees_exactly(f"%Error opening {url} (No such file or directory)\n% Error: Could not open file {url}\n")


def test_a_stick_that_is_not_there(console: ConsoleDriver) -> None:
    console.type("license install usbflash0:a.lic")
    console.sees("%Error opening usbflash0:a.lic (No such device)\n")


def test_a_server_that_does_not_answer(console: ConsoleDriver) -> None:
    before = console.world.now
    console.type("license install tftp://192.0.2.10/a.lic")
    console.sees_exactly(
        "%Error opening tftp://192.0.2.10/a.lic (Timed out)\n% Error: Could not open file tftp://192.0.2.10/a.lic\n"
    )
    assert console.world.now - before == 18 * SECOND


def test_install_over_tftp(console: ConsoleDriver) -> None:
    console.world.state.server.write("a.lic", paper(console, line()), 0)
    console.type(
        "configure terminal", "interface vlan 1", "ip address 192.0.2.1 255.255.255.0", "end",
        "license install tftp://192.0.2.10/a.lic",
    )  # fmt: skip
    console.sees(counts(1, 0, 0))


def test_a_full_store(console: ConsoleDriver) -> None:
    on_flash(console, paper(console, *(line(id_=f"x-{number}") for number in range(STORE_CAPACITY))))
    console.type("license install flash:a.lic")
    console.sees(
        "% Error: No space left in license storage\n", f"{STORE_CAPACITY - 1}/32 licenses were successfully installed\n"
    )
    assert len(features(console)) == STORE_CAPACITY


@pytest.mark.parametrize("answer", ["yes", "y", "YES"])
def test_an_extension_asks_for_its_agreement(console: ConsoleDriver, answer: str) -> None:
    on_flash(console, paper(console, line(LicenseType.EXTENSION)))
    console.type("license install flash:a.lic")
    console.sees(
        f'Extension licenses are being installed in the device with UDI "{UDI}" for the following features:\n'
        "   Feature Name: advipservices\n\n\n\n"
    )
    assert console.prompt == "ACCEPT? [yes/no]: "
    console.type(answer)
    console.sees(counts(1, 0, 0), "%LICENSE-6-EULA_ACCEPTED", LEVEL_MESSAGE.format(TOP, TOP))


@pytest.mark.parametrize(
    ("count", "period", "reason"),
    [
        (10_001, 60, "Invalid count"),
        (0, 60, "Invalid count"),
        (None, 0, "Invalid period"),
        (None, 36_401, "Invalid period"),
    ],
)
def test_what_a_line_may_not_grant(console: ConsoleDriver, count: int | None, period: int, reason: str) -> None:
    bad = msgspec.structs.replace(line(LicenseType.EXTENSION), count=count, period=period * DAY)
    on_flash(console, paper(console, bad))
    console.type("license install flash:a.lic")
    console.sees(f"Installing...Feature:advipservices...Failed:\n% Error: {reason}\n", counts(0, 0, 1))
    assert features(console) == FACTORY


def test_one_agreement_for_metered_lines_of_two_types(console: ConsoleDriver) -> None:
    on_flash(console, paper(console, line(LicenseType.EXTENSION, "e-1"), line(LicenseType.GRACE_PERIOD, "g-1"), line()))
    console.type("license install flash:a.lic")
    for title in ("Extension", "Grace Period"):
        console.sees(
            f'{title} licenses are being installed in the device with UDI "{UDI}" for the following features:\n'
            "   Feature Name: advipservices\n"
        )
    console.type("no")
    console.sees(counts(1, 0, 2))
    console.type("license install flash:a.lic", "yes")
    console.sees(counts(2, 1, 0))


def test_a_demo_license_asks_before_its_first_use(console: ConsoleDriver) -> None:
    on_flash(console, paper(console, line(LicenseType.EVALUATION, "d-1")))
    console.type("license install flash:a.lic")
    console.sees(counts(1, 0, 0))
    console.type("show license")
    console.sees("\tLicense Type: Evaluation\n\tLicense State: Active, Not in Use, EULA not accepted\n")


def test_a_subscription_asks_nothing(console: ConsoleDriver) -> None:
    end = msgspec.structs.replace(line(feature="ios-ips-update"), type=LicenseType.SUBSCRIPTION, ends=1_300_000_000_000)
    on_flash(console, paper(console, end))
    console.type("license install flash:a.lic")
    console.sees("Installing...Feature:ios-ips-update...Successful:Not Supported\n", counts(1, 0, 0))


@pytest.mark.parametrize("answers", [("no",), ("", "N"), ("maybe", "show clock", "n")])
def test_a_refused_agreement_stores_nothing(console: ConsoleDriver, answers: tuple[str, ...]) -> None:
    on_flash(console, paper(console, line(LicenseType.EXTENSION), line(id_="x-2")))
    console.type("license install flash:a.lic", *answers)
    console.sees("...Failed:\n% Error: EULA not accepted\n", counts(1, 0, 1))
    assert features(console) == [*FACTORY, (TOP, LicenseType.PERMANENT)]


# --- clear --------------------------------------------------------------------------------------------------------


def test_clear_of_nothing(console: ConsoleDriver) -> None:
    console.type("license clear advipservices")
    console.sees_exactly("% Error: No license found for feature advipservices\n")
    console.type("license clear foo")
    console.sees_exactly("% Error: No license found for feature foo\n")


def test_clear_of_a_license_in_use(console: ConsoleDriver) -> None:
    console.type("license clear advsecurity")
    console.sees("% Error: License advsecurity is in use and cannot be cleared\n")
    assert features(console) == FACTORY


@pytest.fixture
def licensed(console: ConsoleDriver) -> ConsoleDriver:
    """R1 with a second license installed, not yet in use."""
    on_flash(console, paper(console, line()))
    return console.type("license install flash:a.lic")


def test_clear(licensed: ConsoleDriver) -> None:
    licensed.type("license clear advipservices")
    licensed.sees_exactly(
        "Feature: advipservices\n"
        "       License Type: Permanent\n"
        "       License State: Active, Not in Use\n"
        "       License Addition: Exclusive\n"
        "       Comment:\n"
        "       Store Index: 1\n"
        "       Store Name: Primary License Storage\n"
    )
    assert licensed.prompt == "Are you sure you want to clear? (yes/[no]): "
    licensed.type("yes")
    assert unstamped(licensed.shown) == (
        f"%LICENSE-6-REMOVE: Feature advipservices 1.0 was removed from this device. UDI={UDI}; "
        "StoreIndex=1:Primary License Storage\n" + LEVEL_MESSAGE.format("advsecurity", "advsecurity")
    )
    assert features(licensed) == FACTORY


@pytest.mark.parametrize("answer", ["no", "", "n"])
def test_clear_is_not_confirmed(licensed: ConsoleDriver, answer: str) -> None:
    licensed.type("license clear advipservices", answer)
    licensed.sees_exactly("")
    assert len(features(licensed)) == 2


def test_clear_asks_again_for_yes_or_no(licensed: ConsoleDriver) -> None:
    licensed.type("license install flash:a.lic", "license clear advipservices", "x")
    licensed.sees_exactly("% Please answer 'yes' or 'no'.\n")
    assert licensed.prompt == "Are you sure you want to clear? (yes/[no]): "
    licensed.type("yes")
    assert features(licensed) == FACTORY


def test_of_several_one_is_chosen(licensed: ConsoleDriver) -> None:
    on_flash(licensed, paper(licensed, line(id_="x-2")), "b.lic")
    licensed.type("license install flash:b.lic", "license clear advipservices")
    licensed.sees("    1  License Type: Permanent\n", "    2  License Type: Permanent\n")
    assert licensed.prompt == "Select Index to Clear [1-2]: "
    licensed.type("2", "yes")
    licensed.sees("StoreIndex=2:Primary")
    assert [stored.line.id for stored in licensed.router.activation.inventory.licenses.primary][1:] == ["x-1"]


@pytest.mark.parametrize("answer", ["0", "3", "", "x", "-1", "²"])
def test_a_wrong_index_clears_nothing(licensed: ConsoleDriver, answer: str) -> None:
    on_flash(licensed, paper(licensed, line(id_="x-2")), "b.lic")
    licensed.type("license install flash:b.lic", "license clear advipservices", answer)
    licensed.sees_exactly("% Error: Invalid index\n")
    assert len(features(licensed)) == 3


def test_what_was_cleared_can_be_sent_and_installed_again(console: ConsoleDriver, bench: BenchDriver) -> None:
    file = bench.license_on_stick()
    console.type(f"license install usbflash0:{file}", "license clear advipservices", "yes")
    bench.succeeds("usb remove R1")
    bench.succeeds("portal resend R1")
    file = bench.mail_to("usb")
    bench.succeeds("usb insert R1")
    console.type(f"license install usbflash0:{file}")
    console.sees(counts(1, 1, 0))


# --- boot module --------------------------------------------------------------------------------------------------


def test_boot_module_asks_for_the_agreement(console: ConsoleDriver) -> None:
    console.type("configure terminal", "license boot module c880-data level advipservices")
    assert console.shown.startswith("\n\n\nPLEASE  READ")
    assert console.shown.endswith("\n\n\n")
    assert console.prompt == "ACCEPT? [yes/no]: "
    console.type("y")
    assert unstamped(console.shown) == (
        f"%LICENSE-6-EULA_ACCEPTED: EULA for feature advipservices 1.0 has been accepted. UDI={UDI}; "
        "StoreIndex=0:Evaluation License Storage\n"
        "% use 'write' command to make license boot config take effect on next boot\n" + LEVEL_MESSAGE.format(TOP, TOP)
    )
    assert console.router.running.changed
    console.type("end", "show license")
    console.sees("\tLicense State: Active, Not in Use, EULA accepted\n", "\tLicense Priority: Low\n")


@pytest.mark.parametrize("answer", ["no", "n"])
def test_a_refused_agreement_leaves_the_configuration(console: ConsoleDriver, answer: str) -> None:
    console.type("configure terminal", "license boot module c880-data level advipservices", answer)
    console.sees("% EULA must be accepted for license level = advipservices\n")
    console.type("end", "show running-config")
    console.sees_nothing_of("license boot")
    assert not console.router.running.changed


def test_the_agreement_is_asked_for_once(console: ConsoleDriver) -> None:
    console.type(
        "configure terminal", "license boot module c880-data level advipservices", "yes",
        "no license boot module c880-data level", "license boot module c880-data level advipservices",
    )  # fmt: skip
    assert console.prompt == "Router(config)#"


def test_a_line_that_was_not_saved_is_lost_but_not_the_agreement(console: ConsoleDriver) -> None:
    console.type("configure terminal", "license boot module c880-data level advipservices", "yes", "end")
    console.type("reload", "no", "")
    console.log_in()
    assert console.router.running.level == "advsecurity"
    console.type("show license")
    console.sees("EULA accepted")


def test_a_level_with_a_permanent_license_asks_nothing(licensed: ConsoleDriver) -> None:
    licensed.type("configure terminal", "license boot module c880-data level advipservices")
    assert licensed.prompt == "Router(config)#"


def test_no_license_boot_module(licensed: ConsoleDriver) -> None:
    licensed.type("configure terminal", "license boot module c880-data level advsecurity")
    licensed.sees(LEVEL_MESSAGE.format("advsecurity", "advsecurity"))
    licensed.type("no license boot module c880-data level advipservices")
    licensed.sees_exactly("")
    licensed.type("no license boot module c880-data level advsecurity")
    licensed.sees(LEVEL_MESSAGE.format(TOP, TOP))
    licensed.type("no license boot module c880-data")
    licensed.sees_exactly("")


def test_a_saved_line_whose_agreement_was_never_accepted_brings_no_level(console: ConsoleDriver) -> None:
    console.type("write")
    startup = console.router.state.startup
    assert startup is not None
    startup.text = startup.text.replace("license udi", "license boot module c880-data level advipservices\nlicense udi")
    console.type("reload", "")
    console.sees(
        "%IOS_LICENSE_IMAGE_APPLICATION-6-LICENSE_LEVEL_CONFIG: "
        "EULA must be accepted for license level = advipservices\n"
    )
    console.log_in()
    assert console.router.running.level == "advsecurity"
    assert not console.router.running.changed
    console.type("show running-config | include boot module")
    console.sees_exactly("license boot module c880-data level advipservices\n")


# --- revoke -------------------------------------------------------------------------------------------------------

GRACE = line(LicenseType.GRACE_PERIOD, "g-1")
TICKET = PermissionTicket("PT-1", ME, ("x-1",), (TOP,), (GRACE,))


@pytest.fixture
def rehosting(licensed: ConsoleDriver) -> ConsoleDriver:
    """R1 running advipservices under a permanent license, with a permission ticket on its flash."""
    licensed.type("license install flash:a.lic")
    on_flash(licensed, ticket_paper(licensed, TICKET), "pt.xml")
    licensed.reload()
    assert licensed.router.running.level == TOP
    return licensed


REVOKE = "license revoke flash:pt.xml flash:rt.xml"


def test_revoke(rehosting: ConsoleDriver) -> None:
    rehosting.type(REVOKE)
    rehosting.sees(
        "Following Permanent license(s) will be revoked from this device\n      Feature Name: advipservices\n",
        "will be installed in this device\n      Feature Name: advipservices\n",
    )
    assert rehosting.prompt == "ACCEPT? [yes/no]: "
    rehosting.type("yes")
    rehosting.sees(
        "Rehost ticket saved ..!\n",
        f"%LICENSE-6-REVOKE: Feature advipservices 1.0 was revoked from this device. UDI={UDI}; StoreIndex=1:",
        LEVEL_MESSAGE.format(TOP, TOP),
    )
    assert features(rehosting) == [*FACTORY, (TOP, LicenseType.GRACE_PERIOD)]
    paper_ = rehosting.router.state.flash.find("rt.xml")
    assert paper_ is not None
    ticket = read_rehost_ticket(paper_.content, lambda udi: Verifier(rehosting.world.device_key(udi).public))
    assert (ticket.permission, ticket.source, ticket.revoked) == ("PT-1", ME, ("x-1",))


def test_after_a_revoke_the_level_goes_on_with_the_grace_period(rehosting: ConsoleDriver) -> None:
    rehosting.type(REVOKE, "yes")
    begin = rehosting.world.now
    rehosting.pass_time(5 * DAY)
    used = rehosting.router.activation.inventory.consumed().used["g-1"]
    assert rehosting.world.now - begin <= used <= rehosting.world.now - begin + 10 * SECOND
    rehosting.reload()
    assert rehosting.router.running.level == TOP
    rehosting.type("show license")
    rehosting.sees("\tLicense Type: Grace Period\n\tLicense State: Active, In Use\n")


def test_the_same_ticket_again_gives_the_same_answer_and_asks_nothing(rehosting: ConsoleDriver) -> None:
    rehosting.type(REVOKE, "yes")
    flash = rehosting.router.state.flash
    first = flash.find("rt.xml")
    assert first is not None
    flash.delete("rt.xml")
    rehosting.type(REVOKE)
    rehosting.sees_exactly("Rehost ticket saved ..!\n")
    again = flash.find("rt.xml")
    assert again is not None
    assert again.content == first.content


def test_the_revoked_license_cannot_come_back(rehosting: ConsoleDriver) -> None:
    rehosting.type(REVOKE, "yes", "license install flash:a.lic")
    rehosting.sees("% Error: License was revoked from this device\n", counts(0, 0, 1))


@pytest.mark.parametrize("answer", ["no", "n"])
def test_a_refused_agreement_revokes_nothing(rehosting: ConsoleDriver, answer: str) -> None:
    before = rehosting.router.activation.inventory.licenses
    rehosting.type(REVOKE, answer)
    rehosting.sees_exactly("% Error: EULA not accepted, nothing was revoked\n")
    assert rehosting.router.activation.inventory.licenses is before
    assert rehosting.router.state.flash.find("rt.xml") is None


def refused(console: ConsoleDriver, text: str, command: str = REVOKE) -> None:
    before = console.router.activation.inventory.licenses
    console.type(command)
    console.sees_exactly(text)
    assert console.router.activation.inventory.licenses is before


def test_a_ticket_for_another_device(rehosting: ConsoleDriver) -> None:
    other = msgspec.structs.replace(TICKET, source=OTHER, grant=(line(LicenseType.GRACE_PERIOD, "g-2", OTHER),))
    on_flash(rehosting, ticket_paper(rehosting, other), "pt.xml")
    refused(rehosting, "% Error: Permission ticket is for another device\n")


def test_a_ticket_that_is_sealed_for_another_device(rehosting: ConsoleDriver) -> None:
    on_flash(rehosting, ticket_paper(rehosting, TICKET, opened_by=OTHER), "pt.xml")
    refused(rehosting, "% Error: Permission ticket is for another device\n")


def test_a_ticket_changed_by_hand(rehosting: ConsoleDriver) -> None:
    content = ticket_paper(rehosting, TICKET).replace(b"PT-1", b"PT-2")
    on_flash(rehosting, content, "pt.xml")
    refused(rehosting, "% Error: Permission ticket is not valid\n")


def test_a_ticket_for_a_license_that_is_not_there(rehosting: ConsoleDriver) -> None:
    other = msgspec.structs.replace(TICKET, revoke=("x-9",))
    on_flash(rehosting, ticket_paper(rehosting, other), "pt.xml")
    refused(
        rehosting,
        f"% Error: The permission ticket names a license for {TOP} that is not installed on this device\n"
        "% Install it again, or ask the license portal for a permission ticket for what is installed\n",
    )


def test_a_ticket_that_is_not_there(rehosting: ConsoleDriver) -> None:
    rehosting.router.state.flash.delete("pt.xml")
    refused(
        rehosting,
        "%Error opening flash:pt.xml (No such file or directory)\n"
        "% Error: Could not open permission ticket file flash:pt.xml\n",
    )


def test_a_full_flash_is_told_before_anything_is_revoked(rehosting: ConsoleDriver) -> None:
    flash = rehosting.router.state.flash
    flash.write("ballast", b"", 0, flash.free - 100)
    refused(rehosting, "% Error: Could not write rehost ticket file flash:rt.xml (Not enough space on device)\n")


def test_a_target_that_names_no_file(rehosting: ConsoleDriver) -> None:
    refused(
        rehosting,
        "% Error: Could not write rehost ticket file flash: (No such file or directory)\n",
        "license revoke flash:pt.xml flash:",
    )


def test_a_target_on_a_server_that_does_not_answer(rehosting: ConsoleDriver) -> None:
    before = rehosting.world.now
    refused(
        rehosting,
        "% Error: Could not write rehost ticket file tftp://192.0.2.10/rt.xml (Timed out)\n",
        "license revoke flash:pt.xml tftp://192.0.2.10/rt.xml",
    )
    assert rehosting.world.now - before == 18 * SECOND


def test_a_ticket_on_a_server_that_does_not_answer(rehosting: ConsoleDriver) -> None:
    before = rehosting.world.now
    refused(
        rehosting,
        "%Error opening tftp://192.0.2.10/pt.xml (Timed out)\n"
        "% Error: Could not open permission ticket file tftp://192.0.2.10/pt.xml\n",
        "license revoke tftp://192.0.2.10/pt.xml flash:rt.xml",
    )
    assert rehosting.world.now - before == 18 * SECOND


def test_a_power_cut_after_the_revocation_is_completed_by_the_same_command(rehosting: ConsoleDriver) -> None:
    rehosting.type(REVOKE)
    rehosting.line.terminal.submit("yes")
    rehosting.world.clock.settle()
    rehosting.router.power_off()
    assert features(rehosting) == [*FACTORY, (TOP, LicenseType.GRACE_PERIOD)]
    assert rehosting.router.state.flash.find("rt.xml") is None
    rehosting.boot().type(REVOKE)
    rehosting.sees_exactly("Rehost ticket saved ..!\n")


def test_a_power_cut_before_the_answer_revokes_nothing(rehosting: ConsoleDriver) -> None:
    rehosting.type(REVOKE)
    rehosting.router.power_off()
    assert features(rehosting) == [*FACTORY, (TOP, LicenseType.PERMANENT)]
