"""Files over a network by every protocol: who logs in, with what, and what a license command makes of it."""

import pytest

from emulator.console.wording import wordings
from emulator.kernel.time import SECOND
from emulator.router.files.protocols import protocols
from emulator.storage.urls import REMOTE_SCHEMES
from tests.driver import BenchDriver, ConsoleDriver

SERVER = "192.0.2.10"
MOMENTS = {"accessing", "loading", "received", "writing"}


@pytest.fixture
def online(console: ConsoleDriver) -> ConsoleDriver:
    """R1 with an address on its LAN, so that the lab's server can be reached."""
    console.type("configure terminal", "interface vlan 1", "ip address 192.0.2.1 255.255.255.0", "end")
    return console


def license_on_server(bench: BenchDriver) -> str:
    """A license for R1 on the lab's server."""
    bench.license_on_stick()
    bench.do("usb remove R1")
    stick = bench.world.state.stick
    assert stick is not None
    (file,) = stick.files
    bench.world.store("tftp", file.name, file.content, file.size)
    return file.name


def test_every_protocol_has_its_facts_and_its_words() -> None:
    assert set(protocols()) == set(REMOTE_SCHEMES)
    assert set(wordings()["transfer"]) == {f"{name}_{moment}" for name in REMOTE_SCHEMES for moment in MOMENTS}


@pytest.mark.parametrize("protocol", REMOTE_SCHEMES)
def test_a_license_is_installed_over_the_network(online: ConsoleDriver, bench: BenchDriver, protocol: str) -> None:
    name = license_on_server(bench)
    password = ["lab"] if protocol == "scp" else []
    online.type(f"license install {protocol}://{'lab@' if password else ''}{SERVER}/{name}", *password)
    online.sees("Installing...Feature:advipservices...Successful:Supported\n1/1 licenses were successfully installed\n")


@pytest.mark.parametrize("protocol", REMOTE_SCHEMES)
def test_licenses_are_saved_over_the_network_and_installed_again(
    online: ConsoleDriver, bench: BenchDriver, protocol: str
) -> None:
    name = license_on_server(bench)
    url = f"{protocol}://{'lab:lab@' if protocol == 'scp' else ''}{SERVER}"
    online.type(f"license install {url}/{name}", f"license save {url}/saved.lic", f"license install {url}/saved.lic")
    online.sees("0/2 licenses were successfully installed\n2/2 licenses were existing licenses\n")


@pytest.mark.parametrize("protocol", REMOTE_SCHEMES)
def test_a_server_that_is_not_there(console: ConsoleDriver, protocol: str) -> None:
    before, facts = console.world.now, protocols()[protocol]
    console.type(f"license install {protocol}://{SERVER}/a.lic")
    console.sees(f"%Error opening {protocol}://{SERVER}/a.lic ({facts.unreachable})\n")
    assert console.world.now - before == facts.seconds * SECOND


@pytest.mark.parametrize(
    ("lines", "url", "right"),
    [
        ((), "ftp://{}/a", True),
        ((), "ftp://lab:lab@{}/a", True),
        ((), "ftp://lab@{}/a", False),
        (("ip ftp username lab",), "ftp://{}/a", False),
        (("ip ftp username lab", "ip ftp password lab"), "ftp://{}/a", True),
        (("ip ftp username lab", "ip ftp password 7 082D4D4C"), "ftp://{}/a", True),
        (("ip ftp password lab",), "ftp://lab@{}/a", True),
        (("service password-encryption", "ip ftp username lab", "ip ftp password lab"), "ftp://{}/a", True),
        ((), "http://{}/a", True),
        ((), "https://lab:lab@{}/a", True),
        (("ip http client username lab", "ip http client password no"), "http://{}/a", False),
        (("ip http client username lab", "ip http client password lab"), "https://{}/a", True),
        (("service password-encryption", "ip http client username lab", "ip http client password lab"),
         "http://{}/a", True),
        (("ip rcmd remote-username somebody",), "rcp://{}/a", True),
        ((), "scp://lab:lab@{}/a", True),
        ((), "scp://lab:no@{}/a", False),
    ],
)  # fmt: skip
def test_who_logs_in(online: ConsoleDriver, lines: tuple[str, ...], url: str, right: bool) -> None:
    online.world.store("tftp", "a", b"x", 1)
    online.type("configure terminal", *lines, "end", f"copy {url.format(SERVER)} flash:b", "")
    online.sees("1 bytes copied in" if right else "%Error opening")


def test_a_configured_user_is_proposed(online: ConsoleDriver) -> None:
    online.type("configure terminal", "ip rcmd remote-username lab", "end", "copy rcp: flash:", SERVER)
    assert online.prompt == "Source username [lab]? "


def test_the_password_is_asked_for_unseen(online: ConsoleDriver) -> None:
    online.type(f"copy scp://lab@{SERVER}/a flash:", "")
    assert online.line.prompt.text == "Password: "
    assert online.line.prompt.hidden


def test_nobody_is_asked_for_a_password_where_no_server_answers(console: ConsoleDriver) -> None:
    console.type(f"copy scp://lab@{SERVER}/a flash:", "")
    console.sees_exactly(f"%Error opening scp://lab@{SERVER}/a (Undefined error)\n")


def test_a_password_in_a_url_is_not_shown(online: ConsoleDriver) -> None:
    online.type(f"copy ftp://lab:secret@{SERVER}/a flash:", "")
    assert "secret" not in online.shown


@pytest.mark.parametrize("protocol", [each for each in REMOTE_SCHEMES if each != "scp"])
def test_a_running_configuration_goes_to_a_server_and_comes_back(online: ConsoleDriver, protocol: str) -> None:
    url = f"{protocol}://{SERVER}/r1-confg"
    online.type("configure terminal", "hostname Branch", "end", f"copy running-config {url}", "")
    online.type("configure terminal", "hostname Other", "end", f"copy {url} running-config", "")
    assert online.router.hostname == "Branch"
