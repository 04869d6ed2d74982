"""Logging in at the console: who is asked what, banners, levels, tries, idling."""

import pytest

from emulator.console.line.login import METHOD_RULES, TRANSITIONS, LoginStage
from emulator.console.line.phases import LinePhase, PromptKind
from emulator.kernel.time import MINUTE, SECOND
from emulator.keys.passwords import hash_secret, hide
from emulator.router.access import Method
from emulator.sim.seeding import draw
from tests.driver import ConsoleDriver, VtyDriver

SALT = draw(1, "test")


def configured(console: ConsoleDriver, *lines: str, on_line: dict[str, str] | None = None) -> ConsoleDriver:
    """The console, closed, of a router whose configuration holds these lines."""
    configuration = console.router.configuration
    for line in lines:
        words = line.split()
        take = 1 if words[0] in {"hostname"} else 2
        configuration.lines[" ".join(words[:take])] = line
    configuration.section("line con 0").lines.update(on_line or {})
    console.type("exit")
    return console


def test_nothing_is_asked_where_nothing_is_configured(console: ConsoleDriver) -> None:
    configured(console).type("").sees_exactly("\n")
    assert console.prompt == "Router>"


def test_the_lines_of_the_capture(console: ConsoleDriver) -> None:
    configured(console, "username cisco privilege 15 password 0 cisco", on_line={"login": "login local"})
    console.screen = ""
    console.type("", "cisco", "cisco", "configure terminal", "exit")
    assert console.screen == (
        "\nUser Access Verification\n\nUsername: cisco\nPassword: \nRouter#configure terminal\n"
        "Enter configuration commands, one per line.  End with CNTL/Z.\nRouter(config)#exit\n"
        + console.screen[console.screen.index("*Mar") :]
    )
    console.sees("%SYS-5-CONFIG_I: Configured from console by cisco on console")
    assert console.router.running.configured_by == "cisco"


def test_who_saves_is_named_in_the_configuration(console: ConsoleDriver) -> None:
    configured(console, "username cisco privilege 15 password 0 cisco", on_line={"login": "login local"})
    console.type("", "cisco", "cisco", "configure terminal", "end", "write", "show startup-config")
    console.sees("! Last configuration change at ", " by cisco\n")
    assert console.router.state.startup is not None
    assert console.router.state.startup.by == "cisco"


@pytest.mark.parametrize("kept", ["cisco", "0 cisco", f"7 {hide('cisco', SALT)}"])
def test_the_password_of_the_line(console: ConsoleDriver, kept: str) -> None:
    configured(console, on_line={"login": "login", "password": f"password {kept}"})
    console.type("").sees_exactly("\nUser Access Verification\n\n")
    assert console.line.prompt.hidden
    console.type("wrong").sees_exactly("")
    assert console.type("cisco").prompt == "Router>"


def test_three_wrong_passwords(console: ConsoleDriver) -> None:
    configured(console, on_line={"login": "login", "password": "password cisco"})
    console.type("", "a", "b", "c").sees("% Bad passwords\n", "Router con0 is now available")
    assert console.line.phase is LinePhase.CLOSED


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        (["username a secret 5 " + hash_secret("right", SALT)], "% Login invalid\n\n"),
        (
            [
                "username a secret 5 " + hash_secret("right", SALT),
                "aaa new-model",
                "aaa authentication login default local",
            ],
            "% Authentication failed\n\n",
        ),
    ],
)
def test_three_wrong_users(console: ConsoleDriver, lines: list[str], refusal: str) -> None:
    configured(console, on_line={"login": "login local"})
    for line in lines:
        key = "aaa authentication login default" if "default" in line else " ".join(line.split()[:2])
        console.router.configuration.lines[key] = line
    console.type("", "", "a", "wrong").sees_exactly(refusal)
    console.type("nobody", "right").sees_exactly(refusal)
    console.type("a", "").sees(refusal, "con0 is now available")
    console.type("", "a", "right")
    assert console.line.phase is LinePhase.OPEN
    assert console.line.exec.user == "a"


def test_a_masked_hash_lets_nobody_in(console: ConsoleDriver) -> None:
    configured(console, "username a secret 5 $1$xxxx$xxxxxxxxxxxxx", on_line={"login": "login local"})
    console.type("", "a", "x").sees("% Login invalid")


def test_the_level_of_the_line(console: ConsoleDriver) -> None:
    configured(console, on_line={"privilege level": "privilege level 7"}).type("")
    assert console.prompt == "Router#"
    console.type("show privilege").sees_exactly("Current privilege level is 7\n")
    console.type("configure terminal").sees("^")


def test_banners_come_in_their_order(console: ConsoleDriver) -> None:
    configured(
        console,
        "banner motd ^C\n* $(hostname) line $(line) *\n^C",
        "banner login #log in#",
        "banner exec ^Cwelcome^C",
        on_line={"login": "login", "password": "password x"},
    )
    console.type("").sees_exactly("\n\n* Router line 0 *\n\nlog in\nUser Access Verification\n\n")
    console.type("x").sees_exactly("welcome\n")


def test_a_banner_alone(console: ConsoleDriver) -> None:
    configured(console, "banner motd #*** ATTENTION ***\n--- keep out ---\n#").type("")
    console.sees_exactly("\n*** ATTENTION ***\n--- keep out ---\n\n")
    assert console.prompt == "Router>"


def test_enable_asks_for_the_secret_before_the_password(console: ConsoleDriver) -> None:
    configured(console, "enable secret 5 " + hash_secret("one", SALT), "enable password two").type("")
    console.type("enable", "two", "x", "y").sees("% Bad secrets\n")
    assert console.type("enable", "one").prompt == "Router#"


def test_enable_asks_for_the_password(console: ConsoleDriver) -> None:
    configured(console, "enable password two").type("")
    console.type("enable", "1", "2", "3").sees("% Bad passwords\n")
    assert console.type("enable", "two").prompt == "Router#"


def test_levels_between(console: ConsoleDriver) -> None:
    console.router.configuration.lines["enable secret level 5"] = "enable secret level 5 5 " + hash_secret("five", SALT)
    console.type("disable", "enable 5", "five", "show privilege").sees("level is 5")
    console.type("enable 3", "show privilege").sees("level is 3")
    console.type("disable", "enable 2", "show privilege").sees("level is 2")


def idling(console: ConsoleDriver, timeout: str | None) -> ConsoleDriver:
    if timeout:
        console.router.configuration.section("line con 0").lines["exec-timeout"] = timeout
    console.line.terminal.attend(there=True)
    return console


def test_an_idle_line_is_closed(console: ConsoleDriver) -> None:
    idling(console, "exec-timeout 0 30").pass_time(29 * SECOND)
    assert console.line.phase is LinePhase.OPEN
    console.type("").pass_time(29 * SECOND)
    assert console.line.phase is LinePhase.OPEN
    console.pass_time(SECOND)
    assert console.line.phase is LinePhase.CLOSED
    console.sees("Router con0 is now available")
    console.type("")
    assert console.prompt == "Router>"


def test_ten_minutes_are_the_default(console: ConsoleDriver) -> None:
    idling(console, None).pass_time(10 * MINUTE - 1)
    assert console.line.phase is LinePhase.OPEN
    console.pass_time(1)
    assert console.line.phase is LinePhase.CLOSED


def test_a_line_may_idle_for_ever(console: ConsoleDriver) -> None:
    idling(console, "exec-timeout 0 0").pass_time(100 * MINUTE)
    assert console.line.phase is LinePhase.OPEN


def test_no_timeout_is_a_timeout_of_nothing(console: ConsoleDriver) -> None:
    console.type("configure terminal", "line con 0", "exec-timeout 1 0", "no exec-timeout")
    assert console.router.configuration.section("line con 0").lines["exec-timeout"] == "exec-timeout 0 0"


def test_nobody_there_is_timed_out(console: ConsoleDriver) -> None:
    console.pass_time(100 * MINUTE)
    assert console.line.phase is LinePhase.OPEN
    console.line.terminal.attend(there=True)
    console.line.terminal.attend(there=False)
    console.pass_time(100 * MINUTE)
    assert console.line.phase is LinePhase.OPEN


def test_configuration_that_times_out_is_told(console: ConsoleDriver) -> None:
    idling(console, "exec-timeout 1 0").type("configure terminal").pass_time(MINUTE)
    console.sees("Configured from console by console", "con0 is now available")


def test_a_question_times_out(console: ConsoleDriver) -> None:
    idling(console, "exec-timeout 1 0").type("reload")
    assert console.line.prompt.kind is not PromptKind.COMMAND
    console.pass_time(MINUTE)
    assert console.line.phase is LinePhase.CLOSED


def test_a_script_is_not_asked(console: ConsoleDriver) -> None:
    configured(console, on_line={"login": "login", "password": "password x"})
    console.line.terminal.prepare(messages=True)
    assert console.prompt == "Router#"


def test_every_way_leads_somewhere() -> None:
    assert set(METHOD_RULES) == set(Method)
    assert {stage for stage, _ in TRANSITIONS} == {way.first for way in METHOD_RULES.values()} - {
        LoginStage.IN,
        LoginStage.OUT,
    } | {LoginStage.WORD}


def test_a_restored_world_has_dropped_the_log_in(console: ConsoleDriver) -> None:
    from emulator.console.line.router_lines import RouterLines

    configured(console, on_line={"login": "login", "password": "password x"}).type("")
    again = RouterLines(console.router, console.world.clock, console.world.timekeeper).console
    assert again.phase is LinePhase.CLOSED


def test_power_that_goes_ends_a_log_in(console: ConsoleDriver) -> None:
    configured(console, on_line={"login": "login", "password": "password x"}).type("")
    console.router.power_off()
    assert console.line.phase is LinePhase.DARK


def test_hidden_passwords(console: ConsoleDriver) -> None:
    console.type("configure terminal", "username a password cisco", "enable password two words", "line con 0")
    console.type("password conpass", "login", "exit", "service password-encryption", "username b password later", "end")
    console.type("show running-config | include password")
    shown = console.shown.splitlines()
    for beginning in ("enable password 7 ", "username a password 7 ", "username b password 7 ", " password 7 "):
        assert sum(line.startswith(beginning) for line in shown) == 1, beginning
    for plain in ("cisco", "two words", "conpass", "later"):
        assert plain not in console.shown
    console.type("disable", "enable", "two words")
    assert console.prompt == "Router#"
    console.type("exit", "", "conpass")
    assert console.prompt == "Router>"


def test_what_is_hidden_stays_hidden(console: ConsoleDriver) -> None:
    console.type("configure terminal", "service password-encryption", "enable password x")
    console.type("no service password-encryption")
    console.type("do show running-config | include enable").sees("enable password 7 ")


def test_typed_lines_lead_to_the_log_in(console: ConsoleDriver) -> None:
    console.type("configure terminal", "username cisco privilege 15 secret word", "banner motd #keep out#")
    console.type("line con 0", "login local", "exec-timeout 5 30", "end", "exit", "")
    console.sees("keep out\n", "User Access Verification")
    console.type("cisco", "word")
    assert console.prompt == "Router#"


def test_log_ins_are_told_of(console: ConsoleDriver) -> None:
    console.type("configure terminal", "username cisco secret word", "login on-success log", "login on-failure log")
    console.type("line con 0", "login local", "end", "exit", "", "cisco", "no", "cisco", "word", "terminal length 0")
    console.type("show logging")
    console.sees(
        "%SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: cisco] [Source: LOCAL] [localport: 0] "
        "[Reason: Login Authentication Failed] at 00:00:41 UTC Fri Mar 1 2002\n",
        "%SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: cisco] [Source: LOCAL] [localport: 0] at 00:00:41 UTC",
    )


def test_a_console_without_exec_takes_no_session(console: ConsoleDriver) -> None:
    console.type("configure terminal", "line con 0", "no exec", "end", "exit")
    console.type("", "", "enable")
    assert console.line.prompt.kind is PromptKind.RETURN
    assert not console.line.in_session
    client = VtyDriver(console.world, user="admin", privilege=15)
    client.type("configure terminal", "line con 0", "exec", "end")
    console.type("")
    assert console.line.in_session


@pytest.mark.parametrize(("limit", "after", "open_"), [("0 0", 60 * MINUTE, True), ("1", 70 * SECOND, False)])
def test_a_time_out_that_is_changed_from_another_line_counts_at_once(
    console: ConsoleDriver, limit: str, after: int, open_: bool
) -> None:
    console.line.terminal.attend(there=True)
    client = VtyDriver(console.world, user="admin", privilege=15)
    client.type("configure terminal", "line con 0", f"exec-timeout {limit}", "end")
    console.pass_time(after)
    assert console.line.in_session == open_
