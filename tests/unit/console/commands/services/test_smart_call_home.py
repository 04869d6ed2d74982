"""Call home by e-mail reaches the lab's mail server over the router's own path, or says why not."""

from collections.abc import Callable

import pytest

from emulator.backend.mail import Mail
from emulator.kernel.time import MINUTE
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
