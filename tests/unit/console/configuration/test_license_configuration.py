"""Licensing lines of the configuration: the agreement, the agent, call home, the store, the traps."""

import pytest

from emulator.licensing.changes import EXPANDED_CAPACITY, STORE_CAPACITY
from emulator.licensing.store import Licenses
from emulator.licensing.types import LicenseType
from emulator.router.licensing.storage import encode
from tests.driver import UDI, ConsoleDriver
from tests.unit.console.papers import LEVEL_MESSAGE, TOP, line, on_flash, paper, unstamped

AGREEMENT = "license accept end user agreement"
ALL_ACCEPTED = "%LICENSE-6-EULA_ACCEPT_ALL: The Right to Use End User License Agreement is accepted\n"


def lines(console: ConsoleDriver, pattern: str = "^license [^u]|^snmp") -> list[str]:
    console.type(f"do show running-config | include {pattern}")
    return console.shown.splitlines()


@pytest.fixture
def config(console: ConsoleDriver) -> ConsoleDriver:
    return console.type("configure terminal")


# --- the agreement ------------------------------------------------------------------------------------------------


def test_the_agreement_for_all(config: ConsoleDriver) -> None:
    config.type(AGREEMENT)
    assert config.shown.startswith("\n\n\nPLEASE  READ")
    assert config.prompt == "ACCEPT? [yes/no]: "
    config.type("yes")
    assert unstamped(config.shown) == ALL_ACCEPTED
    assert lines(config) == [AGREEMENT]
    config.type("license boot module c880-data level advipservices")
    assert config.prompt == "Router(config)#", "no other agreement is asked for"


@pytest.mark.parametrize("answer", ["no", "n"])
def test_the_agreement_is_refused(config: ConsoleDriver, answer: str) -> None:
    config.type(AGREEMENT, answer)
    config.sees_exactly("% EULA not accepted\n")
    assert lines(config) == []
    assert not config.router.activation.inventory.licenses.eula_for_all


def test_the_agreement_is_asked_for_once_and_outlives_its_line(config: ConsoleDriver) -> None:
    config.type(AGREEMENT, "yes", f"no {AGREEMENT}")
    assert lines(config) == []
    config.type(AGREEMENT)
    config.sees_exactly("")
    assert lines(config) == [AGREEMENT]
    config.type("end", "write erase", "", "reload", "no", "")
    config.log_in().type("show license")
    config.sees("EULA accepted")
    config.type("show running-config | include accept")
    config.sees_exactly("")


def test_the_agreement_does_not_start_an_evaluation(config: ConsoleDriver) -> None:
    config.type(AGREEMENT, "yes", "end")
    assert config.reload().router.running.level == "advsecurity"


def test_the_agreement_releases_a_configured_level(config: ConsoleDriver) -> None:
    config.type("end", "write")
    startup = config.router.state.startup
    assert startup is not None
    startup.text = startup.text.replace("license udi", "license boot module c880-data level advipservices\nlicense udi")
    config.type("reload", "")
    config.log_in().type("configure terminal", AGREEMENT, "yes")
    assert unstamped(config.shown) == ALL_ACCEPTED + LEVEL_MESSAGE.format(TOP, TOP)
    config.type("end")
    assert config.reload().router.running.level == TOP


def test_a_saved_agreement_counts_where_the_store_was_lost(config: ConsoleDriver) -> None:
    config.type(AGREEMENT, "yes", "end", "write")
    config.router.state.partition.put(encode(Licenses()))
    config.type("reload", "")
    config.log_in()
    assert config.router.activation.inventory.licenses.eula_for_all


def test_with_the_agreement_an_extension_asks_nothing(config: ConsoleDriver) -> None:
    on_flash(config, paper(config, line(LicenseType.EXTENSION)))
    config.type(AGREEMENT, "yes", "end", "license install flash:a.lic")
    config.sees("1/1 licenses were successfully installed\n")


# --- the store ----------------------------------------------------------------------------------------------------


def test_the_store_is_enlarged_by_the_next_reload(config: ConsoleDriver) -> None:
    config.type("license expand nvram", "end")
    assert config.router.activation.inventory.capacity == STORE_CAPACITY
    config.reload()
    assert config.router.activation.inventory.capacity == EXPANDED_CAPACITY
    on_flash(config, paper(config, *(line(id_=f"x-{number}") for number in range(STORE_CAPACITY))))
    config.type("license install flash:a.lic")
    config.sees(f"{STORE_CAPACITY}/{STORE_CAPACITY} licenses were successfully installed\n")
    config.type("configure terminal", "no license expand nvram", "end")
    assert config.reload().router.activation.inventory.capacity == STORE_CAPACITY


# --- the agent and call home --------------------------------------------------------------------------------------

KEPT = [
    "license agent default authenticate none",
    "license agent listener http plaintext /lic-agent",
    "license agent listener http plaintext /lic-agent acl 10",
    "license agent listener http plaintext /lic-agent authenticate",
    "license agent listener http secure /lic-agent acl 99 authenticate none",
    "license agent max-sessions 25",
    "license agent notify http://192.0.2.10/notify",
    "license call-home url https://192.0.2.10/swift",
    "license expand nvram",
    "snmp-server enable traps license",
    "snmp-server enable traps license deploy usage",
]


@pytest.mark.parametrize("text", KEPT)
def test_a_line_is_kept_saved_read_and_taken_back(config: ConsoleDriver, text: str) -> None:
    config.type(text)
    config.sees_exactly("")
    assert lines(config) == [text]
    config.type("end")
    config.reload().type("configure terminal")
    assert lines(config) == [text]
    config.type(f"no {text}")
    assert lines(config) == []


@pytest.mark.parametrize(
    "text",
    [
        "license agent max-sessions 0", "license agent max-sessions 26", "license agent notify foo",
        "license call-home url ftp://x/y", "license agent listener http plaintext /x acl 100",
        "license agent listener ftp /x",
    ],
)  # fmt: skip
def test_what_is_not_taken(config: ConsoleDriver, text: str) -> None:
    config.type(text)
    config.sees("% Invalid input detected")


def test_the_order_of_the_lines(config: ConsoleDriver) -> None:
    config.type(*reversed(KEPT[:1] + KEPT[4:9]), AGREEMENT, "yes", "license boot module c880-data level advsecurity")
    assert lines(config) == [
        AGREEMENT, "license boot module c880-data level advsecurity", "license expand nvram", *KEPT[:1], *KEPT[4:8],
    ]  # fmt: skip


def test_defaults_are_not_kept(config: ConsoleDriver) -> None:
    config.type(
        "license agent max-sessions 3", "license agent max-sessions 9", "license agent default authenticate none",
        "license agent default authenticate",
    )  # fmt: skip
    assert lines(config) == []
    config.type("license agent max-sessions 3", "no license agent max-sessions")
    assert lines(config) == []


def test_notifications_add_up(config: ConsoleDriver) -> None:
    one, two = "license agent notify http://a/1", "license agent notify http://b/2"
    config.type(two, one, two)
    assert lines(config) == [one, two]
    config.type(f"no {one}")
    assert lines(config) == [two]


def test_the_agent_is_off_when_its_last_listener_goes(config: ConsoleDriver) -> None:
    plain, secure = "license agent listener http plaintext /a", "license agent listener http secure /b"
    config.type(plain, secure, f"no {plain}")
    config.sees_exactly("")
    config.type("no license agent listener http secure /other")
    config.sees_exactly("")
    assert lines(config) == [secure]
    config.type(f"no {secure}")
    assert unstamped(config.shown) == f"%LICENSE-4-LIC_AGENT_OFF: License Agent is turned off. UDI={UDI}\n"


def test_another_call_home_url_is_not_taken_back(config: ConsoleDriver) -> None:
    config.type("license call-home url https://a/b", "no license call-home url https://a/c")
    assert lines(config) == ["license call-home url https://a/b"]
    config.type("no license call-home url")
    assert lines(config) == []


def test_the_counters_of_the_agent(console: ConsoleDriver) -> None:
    agent = console.router.running.agent
    agent.requests, agent.sessions = 4, 2
    console.type("show license agent counters")
    console.sees("Request Messages Received:4: Messages with Errors:0\n")
    console.type("clear license agent counters", "show license agent counters")
    console.sees("Request Messages Received:0: ")
    console.type("show license agent sessions")
    console.sees("License Agent Sessions: 2 open, maximum is 9\n")
    console.type("clear license agent sessions", "show license agent sessions")
    console.sees("License Agent Sessions: 0 open")


# --- traps --------------------------------------------------------------------------------------------------------

TRAPS = "snmp-server enable traps license"
GENERAL = "snmp-server enable traps snmp"
GENERAL_TRAPS = f"{GENERAL} authentication linkdown linkup coldstart warmstart"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ([f"{TRAPS} usage deploy"], [f"{TRAPS} deploy usage"]),
        ([f"{TRAPS} error", f"{TRAPS} usage"], [f"{TRAPS} error usage"]),
        ([f"{TRAPS} error", f"{TRAPS} usage deploy"], [TRAPS]),
        ([TRAPS, f"no {TRAPS} error"], [f"{TRAPS} deploy usage"]),
        ([f"{TRAPS} error", f"no {TRAPS}"], []),
        ([f"no {TRAPS} error"], []),
        ([f"{TRAPS} error", "snmp-server enable traps"], [GENERAL_TRAPS, TRAPS]),
        (["snmp-server enable traps", "no snmp-server enable traps"], []),
        ([GENERAL], [GENERAL_TRAPS]),
        ([f"{GENERAL} warm linku", f"{GENERAL} authentication"], [f"{GENERAL} authentication linkup warmstart"]),
        ([GENERAL, f"no {GENERAL} linkdown"], [f"{GENERAL} authentication linkup coldstart warmstart"]),
        ([f"{GENERAL} linkup", f"no {GENERAL} linkup linkdown"], []),
        ([f"{GENERAL} linkup", f"no {GENERAL}"], []),
    ],
)
def test_the_groups_of_traps(config: ConsoleDriver, typed: list[str], kept: list[str]) -> None:
    config.type(*typed)
    assert lines(config) == kept
