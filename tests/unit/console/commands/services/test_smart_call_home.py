"""Call home by e-mail reaches the lab's mail server over the router's own path, or says why not."""

from collections.abc import Callable

import pytest
from lxml import etree

from emulator.backend.mail import Mail
from emulator.console.arguments.call_home import NAME_HELP, PROFILE_HELP, TEXT_HELP, CallHomeTestType
from emulator.console.session.call_home_sender import PARTS
from emulator.grammar.arguments import COMPLETE, VIABLE, Match
from emulator.kernel.time import DAY, MINUTE, SECOND
from emulator.world.build import new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe
from tests.driver import BenchDriver, ConsoleDriver

IMAGE = "c880data-universalk9-mz.154-2.T1.bin"
STARTUP = """\
hostname R1
service call-home
username admin privilege 15 secret lab
interface Vlan1
 ip address 192.0.2.1 255.255.255.0
call-home
 contact-email-addr noc@lab.example
 customer-id ExampleCorp
 mail-server 192.0.2.77 priority 1
 mail-server 192.0.2.10 priority 2
 profile lab
  active
  destination transport-method email
  destination address email admin@lab.example
 profile other
  destination transport-method email
  destination address email other@lab.example
end
"""
TEST = "call-home test profile lab"
SETTLED = 5 * SECOND
FAILED = "%CALL_HOME-3-SMTP_SEND_FAILED"


@pytest.fixture
def console() -> ConsoleDriver:
    return console_with(STARTUP)


def console_with(startup: str, image: str = IMAGE) -> ConsoleDriver:
    world = new_world(WorldRecipe(routers={"R1": RouterRecipe(image=image, powered=True, startup=startup)}))
    world.clock.run_while(lambda: world.lines_of("R1").console.busy)
    console = ConsoleDriver(world).log_in()
    console.pass_time(MINUTE)
    return console


def letters(console: ConsoleDriver) -> list[Mail]:
    return console.world.post.arrived()


def test_a_test_message_arrives_at_the_bench(console: ConsoleDriver) -> None:
    console.type(TEST)
    assert FAILED not in console.shown
    [letter] = letters(console)
    assert (letter.sender, letter.to) == ("noc@lab.example", "admin@lab.example")
    assert letter.subject == "System Notification From R1 - test"
    assert "System Name : R1" in letter.body
    assert "Customer ID : ExampleCorp" in letter.body
    assert letter.subject in BenchDriver(console.world).succeeds("mail")


def test_a_group_sends_what_its_commands_print_and_no_secret(console: ConsoleDriver) -> None:
    console.type("call-home send alert-group inventory", "call-home send alert-group configuration profile lab")
    inventory, configuration = letters(console)
    assert "Command Output Name : show license all" in inventory.body
    assert console.router.state.udi.serial in inventory.body
    assert "username admin privilege 15 secret 5 <removed>" in configuration.body
    assert "$1$" not in configuration.body


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ('"two words" profile lab', "two words"),
        ("greetings prof lab", "greetings"),
        ('"profile" profile lab', "profile"),
        ("profile lab", "Call home test message"),
    ],
)
def test_a_test_message_has_a_text(console: ConsoleDriver, typed: str, text: str) -> None:
    console.type(f"call-home test {typed}")
    assert f"Event Description : {text}\n" in letters(console)[0].body


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ('"two words" profile lab', COMPLETE),
        ("two words profile lab", Match(acceptable=4)),
        ("text profile lab more", Match(acceptable=17)),
        ("text", VIABLE),
        ('"two words', VIABLE),
        ("profile", VIABLE),
        ("text profile", VIABLE),
    ],
)
def test_the_words_of_a_test_message(typed: str, match: Match) -> None:
    assert CallHomeTestType().match(typed, None) == match


def test_help_knows_which_word_is_next() -> None:
    words = [
        CallHomeTestType().entries(text, None)
        for text in ("", "p", '"a b" ', "text pro", "profile ", "text profile lab ")
    ]
    profile = ("profile", PROFILE_HELP)
    text, name = ("WORD", TEXT_HELP), ("WORD", NAME_HELP)
    assert words == [[text, profile], [text, profile], [profile], [profile], [name], []]


def subscribe(console: ConsoleDriver, *lines: str) -> int:
    """Subscribe a profile; returns how many letters that alone has sent."""
    console.type("configure terminal", "call-home", "profile lab", *lines, "end")
    console.pass_time(SETTLED)
    return len(letters(console))


def told(console: ConsoleDriver, since: int) -> list[str]:
    """Read the letters behind the first ones."""
    found = letters(console)[since:]
    return [next(line for line in each.body.splitlines() if line.startswith("Event Des")) for each in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("syslog", ["%SYS-5-CONFIG_I"]),
        ("syslog severity notification", ["%SYS-5-CONFIG_I"]),
        ("syslog severity warning", []),
        ("syslog severity catastrophic", []),
        ("syslog severity normal pattern CONFIG_I", ["%SYS-5-CONFIG_I"]),
        ('syslog severity normal pattern "from console"', ["%SYS-5-CONFIG_I"]),
        ("syslog severity normal pattern LINK", []),
        ("configuration", ["Configuration change"]),
        ("all", ["Configuration change", "%SYS-5-CONFIG_I"]),
        ("environment", []),
        ("configuration periodic daily 10:00", []),
    ],
)
def test_what_a_change_of_the_configuration_sends(console: ConsoleDriver, line: str, expected: list[str]) -> None:
    before = subscribe(console, f"subscribe-to-alert-group {line}")
    console.type("configure terminal", "end")
    console.pass_time(SETTLED)
    assert [text for text, words in zip(told(console, before), expected, strict=True) if words not in text] == []


def test_a_boot_sends_the_inventory_and_a_crash_what_was_logged(console: ConsoleDriver) -> None:
    subscribe(console, "subscribe-to-alert-group inventory", "subscribe-to-alert-group crash")
    console.type("write memory")
    BenchDriver(console.world).succeeds("fault R1 crash forced")
    console.pass_time(10 * MINUTE)
    inventory, crash = told(console, 0)
    assert inventory == "Event Description : Cold boot"
    assert crash.startswith("Event Description : System crash: error - a Software forced crash")
    assert "Command Output Name : show logging" in letters(console)[1].body


def test_a_periodic_message_comes_at_its_time(console: ConsoleDriver) -> None:
    subscribe(console, "subscribe-to-alert-group configuration periodic weekly saturday 10:30")
    console.type("clock set 09:59:00 1 March 2010")
    console.pass_time(4 * DAY)
    assert not letters(console)
    console.pass_time(4 * DAY)
    [letter] = letters(console)
    assert "periodic" in letter.body
    assert "Sat Mar 6 2010" in letter.body


def test_no_more_messages_a_minute_than_the_limit(console: ConsoleDriver) -> None:
    console.type("configure terminal", "call-home", "rate-limit 2", "end", TEST, TEST, TEST)
    assert len(letters(console)) == 2
    assert FAILED not in console.shown
    console.pass_time(MINUTE)
    console.type(TEST)
    assert len(letters(console)) == 3


def test_failed_alerts_do_not_alert(console: ConsoleDriver) -> None:
    before = subscribe(console, "subscribe-to-alert-group syslog")
    stop_server(console)
    console.type("configure terminal", "end")
    console.pass_time(MINUTE)
    assert console.shown.count(FAILED) == 1
    assert len(letters(console)) == before


@pytest.mark.parametrize(
    ("form", "start"), [("", "<?xml"), ("short-text", "CISCO881-K9@C@"), ("long-text", "TimeStamp")]
)
def test_a_profile_by_http_reaches_the_web_server_of_the_lab(console: ConsoleDriver, form: str, start: str) -> None:
    subscribe(console, "no destination transport-method email", "destination transport-method http",
              "destination address http http://192.0.2.10/call-home", "subscribe-to-alert-group configuration",
              *([f"destination preferred-msg-format {form}"] if form else []))  # fmt: skip
    console.type(TEST)
    serial, server = console.router.state.udi.serial, console.world.state.server
    stored = {file.name: file.content.decode() for file in server.files}
    ending = "xml" if not form else "txt"
    assert stored[f"call-home-{serial}-test.{ending}"].startswith(start)
    assert f"call-home-{serial}-configuration.{ending}" in stored
    if not form:
        parsed = etree.fromstring(stored[f"call-home-{serial}-configuration.xml"].encode())
        assert [each.get("command") for each in parsed.iter("CommandOutput")] == list(PARTS["configuration"])
    BenchDriver(console.world).succeeds("server tftp down")
    console.type(TEST)
    console.sees("%CALL_HOME-3-HTTP_SEND_FAILED")
    assert not letters(console)


def cut_cable(console: ConsoleDriver) -> None:
    BenchDriver(console.world).do("cable R1 FastEthernet0 out", "advance 1m")


def stop_server(console: ConsoleDriver) -> None:
    BenchDriver(console.world).succeeds("server mail down")


def take_address(console: ConsoleDriver) -> None:
    console.type("configure terminal", "interface vlan 1", "no ip address", "end")


def name_another(console: ConsoleDriver) -> None:
    console.type("configure terminal", "call-home", "no mail-server 192.0.2.10", "end")


@pytest.mark.parametrize("obstruct", [cut_cable, stop_server, take_address, name_another])
def test_without_a_path_no_mail_leaves(console: ConsoleDriver, obstruct: Callable[[ConsoleDriver], None]) -> None:
    obstruct(console)
    console.type("show call-home mail-server status")
    assert "[Available]" not in console.shown
    assert "Address: 192.0.2.77 Priority: 1 [Not Available]" in console.shown
    console.type(TEST)
    console.sees(FAILED)
    assert not letters(console)


@pytest.mark.parametrize(
    ("lines", "command", "words"),
    [
        (("no service call-home",), TEST, "not enabled"),
        ((), "call-home test profile nobody", "Profile nobody does not exist"),
        ((), "call-home test profile other", "No active profile"),
        (("call-home", "no contact-email-addr"), TEST, "contact email address"),
        (("call-home", "no mail-server 192.0.2.10", "no mail-server 192.0.2.77"), TEST, "No mail server"),
    ],
)
def test_what_is_not_configured_is_told(
    console: ConsoleDriver, lines: tuple[str, ...], command: str, words: str
) -> None:
    console.type("configure terminal", *lines, "end", command)
    console.sees(words)
    assert not letters(console)


def test_a_mail_server_is_named_by_a_name_too(console: ConsoleDriver) -> None:
    console.type("configure terminal", "ip host mail.example 192.0.2.10", "call-home", "no mail-server 192.0.2.10",
                 "mail-server mail.example priority 9", "end", TEST)  # fmt: skip
    assert len(letters(console)) == 1


def test_earlier_releases_have_no_such_command() -> None:
    console = console_with("hostname R1\nend\n", "c880data-universalk9-mz.151-4.M5.bin")
    console.type(TEST)
    console.sees("% Invalid input detected")
