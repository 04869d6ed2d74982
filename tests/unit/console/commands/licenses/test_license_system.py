"""Licensing tells of itself; debugging; commands that do not exist on this family."""

import pytest

from emulator.kernel.time import DAY
from emulator.licensing.types import LicenseType
from emulator.router.state import LicenseCounter
from tests.driver import ConsoleDriver, world_of
from tests.unit.console.papers import installed, line, on_flash, paper
from tests.unit.router.records import restored, saved


@pytest.mark.parametrize(
    "text",
    [
        "license boot level advipservices",
        "license feature",
        "license feature snasw",
        "license purge",
        "license right-to-use activate",
        "license right-to-use deactivate",
        "license annotate",
        "show license summary",
        "show license usage",
        "show license right-to-use",
    ],
)
@pytest.mark.parametrize("mode", ["exec", "config"])
def test_what_this_family_does_not_have(console: ConsoleDriver, text: str, mode: str) -> None:
    if mode == "config":
        console.type("configure terminal")
    console.type(text)
    console.sees("% Invalid input detected at '^' marker.\n")


EXEC_COMMANDS = [
    "license install a",
    "license clear a",
    "license comment add a b",
    "license save a",
    "license save credential a",
    "license revoke a b",
    "license call-home resend",
    "license modify priority a high",
    "clear license agent counters",
    "debug license events",
    "show license",
    "show license all",
    "show license statistics",
    "show subsys license",
    "erase startup-config",
    "format flash:",
    "more a",
    "clock set 1:1:1 1 may 2011",
]


@pytest.mark.parametrize("text", EXEC_COMMANDS)
def test_user_exec_has_none_of_them(console: ConsoleDriver, text: str) -> None:
    console.type("disable", text)
    console.sees("% Invalid input detected")


def test_the_right_to_use_column_depends_on_the_release() -> None:
    console = ConsoleDriver(world_of(image="c880data-universalk9-mz.154-2.T1.bin")).boot()
    console.type("show license feature")
    console.sees_exactly(
        "Feature name             Enforcement  Evaluation  Subscription   Enabled  RightToUse \n"
        "advipservices            yes          yes         no             no       no         \n"
        "advsecurity              no           no          no             yes      no         \n"
        "SSL_VPN                  yes          no          no             no       no         \n"
        "ios-ips-update           yes          yes         yes            no       yes        \n"
        "content-filter           yes          no          yes            no       no         \n\n"
    )


def test_statistics_count_what_was_done(console: ConsoleDriver) -> None:
    installed(console, line())
    console.type("license install flash:a.lic", "license install flash:none", "license clear foo")
    console.type("license clear advipservices", "yes", "license comment add advsecurity x", "license save flash:b.lic")
    console.type(
        "license comment delete advsecurity", "yes", "license save usbflash0:b", "license revoke flash:b flash:c"
    )
    counted = console.router.state.operations
    assert counted == {
        LicenseCounter.GRANTED: 1,
        LicenseCounter.INSTALLED: 1,
        LicenseCounter.DUPLICATE: 1,
        LicenseCounter.INSTALL_FAILED: 1,
        LicenseCounter.CLEAR_FAILED: 1,
        LicenseCounter.CLEARED: 1,
        LicenseCounter.COMMENT_ADDED: 1,
        LicenseCounter.COMMENT_DELETED: 1,
        LicenseCounter.SAVED: 1,
        LicenseCounter.SAVE_FAILED: 1,
        LicenseCounter.REVOKE_FAILED: 1,
    }
    console.type("show license statistics")
    console.sees(
        "\tInstall success count:     1\n", "\tRevoke failure count:      1\n", "\tPermanent                  1\n"
    )


def test_a_request_without_a_license_is_counted() -> None:
    console = ConsoleDriver(world_of(factory=())).boot()
    console.type("show license statistics")
    console.sees("\tRequest success count      0\n", "\tRequest failure count      1\n")


def test_show_license_file_shows_the_line_of_the_file(console: ConsoleDriver) -> None:
    on_flash(console, paper(console, line(), line(LicenseType.EXTENSION, "e-1"), comment="two"))
    console.type("license install flash:a.lic", "yes", "show license file")
    file = console.router.state.flash.find("a.lic")
    assert file is not None
    text = file.content.decode("ascii")
    for part in text.split("<![CDATA[")[1:]:
        console.sees(f"    License: {part.partition(']]>')[0]}\n    Comment: two\n    Hash: ")
    for part in text.split(' hash="')[1:]:
        console.sees(f"    Hash: {part.partition(chr(34))[0]}\n")


def test_license_events_are_shown_as_debug_lines(console: ConsoleDriver) -> None:
    console.type("debug license events")
    on_flash(console, paper(console, line()))
    console.type("license install flash:a.lic")
    console.sees(
        ": LIC-EVENT: License installed: feature advipservices, version 1.0, index 1, store Primary License Storage, "
        "type permanent\n",
        ": LIC-EVENT: Next level chosen: module c880-data, level advipservices, license advipservices\n",
    )
    console.sees_nothing_of("LIC-ERROR")
    console.type("undebug license events", "license clear advipservices", "yes")
    console.sees_nothing_of("LIC-EVENT")


@pytest.mark.parametrize("topic", ["errors", "core errors", "core all"])
def test_license_errors_are_shown_as_debug_lines(topic: str) -> None:
    console = ConsoleDriver(world_of(factory=())).boot()
    console.type(f"debug license {topic}")
    console.pass_time(8 * DAY)
    console.sees(": LIC-ERROR: License request failed: feature advsecurity, version 1.0\n")


def test_debugging_ends_with_the_reload(console: ConsoleDriver) -> None:
    console.type("debug license agent all", "debug license agent error", "debug license core all", "debug license ipc")
    console.type("show debugging")
    console.sees_exactly(
        "License:\n  License agent all debugging is on\n  License agent error debugging is on\n"
        "  License core all debugging is on\n  License ipc debugging is on\n\n"
    )
    console.reload().type("show debugging")
    console.sees_exactly("")
    console.type("debug license ipc", "no debug all", "show debugging")
    console.sees_exactly("")


def words(help_text: str) -> list[str]:
    return [row.split()[0] for row in help_text.splitlines()]


def test_the_words_of_help(console: ConsoleDriver) -> None:
    assert words(console.session.help("license ")) == [
        "call-home",
        "clear",
        "comment",
        "install",
        "modify",
        "revoke",
        "save",
    ]
    assert words(console.session.help("show license ")) == [
        "agent",
        "all",
        "call-home",
        "detail",
        "evaluation",
        "expiring",
        "feature",
        "file",
        "handle",
        "image",
        "in-use",
        "permanent",
        "statistics",
        "status",
        "udi",
        "|",
        "<cr>",
    ]
    assert words(console.session.help("license call-home revoke udi ")) == ["WORD"]
    console.type("configure terminal")
    assert words(console.session.help("license ")) == ["accept", "agent", "boot", "call-home", "expand"]
    assert words(console.session.help("license agent listener http plaintext /x ")) == ["acl", "authenticate", "<cr>"]


def test_what_was_counted_and_switched_survives_saving_the_world(console: ConsoleDriver) -> None:
    installed(console, line())
    console.type("debug license events", "license save flash:b.lic")
    console.router.running.agent.requests = 3
    copy = ConsoleDriver(restored(saved(console.world)))
    copy.log_in().type("show debugging")
    copy.sees("License events debugging is on\n")
    copy.type("show license statistics")
    copy.sees("\tInstall success count:     1\n", "\tSave count:                1\n")
    copy.type("show license agent counters")
    copy.sees("Request Messages Received:3:")
    copy.type("license save flash:c.lic")
    copy.sees("license lines saved .. to flash:c.lic\n")
