"""Questions of a bare `ping` and a bare `traceroute`, and answers that are none."""

import pytest

from tests.driver import ConsoleDriver

HERE = ("configure terminal", "interface vlan 1", "ip address 192.0.2.1 255.255.255.0", "end", "ping 192.0.2.10")
PING = ("ping", "", "192.0.2.10")
TRACEROUTE = ("traceroute", "", "192.0.2.10")

BOUNDS = (
    ("Repeat count [5]: ", PING, 1, 2147483647),
    ("Datagram size [100]: ", (*PING, ""), 36, 18024),
    ("Timeout in seconds [2]: ", (*PING, "", ""), 0, 3600),
    ("Type of service [0]: ", (*PING, "", "", "", "y", ""), 0, 255),
    ("Timeout in seconds [3]: ", (*TRACEROUTE, "", ""), 1, 3600),
    ("Probe count [3]: ", (*TRACEROUTE, "", "", ""), 1, 65535),
    ("Minimum Time to Live [1]: ", (*TRACEROUTE, "", "", "", ""), 1, 255),
    ("Maximum Time to Live [30]: ", (*TRACEROUTE, "", "", "", "", ""), 1, 255),
    ("Port Number [33434]: ", (*TRACEROUTE, "", "", "", "", "", ""), 1, 65535),
)
FLAGS = (
    ("Extended commands [n]: ", (*PING, "", "", "")),
    ("Set DF bit in IP header? [no]: ", (*PING, "", "", "", "y", "", "")),
    ("Validate reply data? [no]: ", (*PING, "", "", "", "y", "", "", "")),
    ("Sweep range of sizes [n]: ", (*PING, "", "", "", "")),
    ("Numeric display [n]: ", (*TRACEROUTE, "")),
)


@pytest.fixture
def connected(console: ConsoleDriver) -> ConsoleDriver:
    """R1 in the lab's network, its neighbor known."""
    return console.type(*HERE)


@pytest.mark.parametrize(("question", "before", "least", "most"), BOUNDS)
def test_a_number_is_asked_for_until_it_is_within_its_bounds(
    connected: ConsoleDriver, question: str, before: tuple[str, ...], least: int, most: int
) -> None:
    connected.type(*before)
    for wrong in ("x", "?", str(least - 1), str(most + 1), "9" * 5000, "²"):
        assert connected.prompt == question
        connected.type(wrong).sees_exactly(f"% A decimal number between {least} and {most}.\n")
    connected.type(str(least))
    assert connected.prompt != question


@pytest.mark.parametrize(("question", "before"), FLAGS)
def test_yes_or_no_is_asked_for_until_it_is_one(
    connected: ConsoleDriver, question: str, before: tuple[str, ...]
) -> None:
    connected.type(*before)
    for wrong in ("maybe", "?", "ping"):
        assert connected.prompt == question
        connected.type(wrong).sees_exactly("% Please answer 'yes' or 'no'.\n")
    connected.type("no")
    assert connected.prompt != question


@pytest.mark.parametrize("verb", ["ping", "traceroute"])
def test_a_name_is_looked_up_as_soon_as_it_is_given(connected: ConsoleDriver, verb: str) -> None:
    connected.type(verb, "", "nobody")
    connected.sees_exactly('Translating "nobody"...domain server (255.255.255.255)\n% Bad IP address\n')
    assert connected.prompt == "Router#"


@pytest.mark.parametrize(
    ("answers", "chosen"),
    [(("v",), "V"), (("r", ""), "RV"), (("t", "3"), "TV"), (("r", "", "t", "", "v"), "RTV"), (("x",), "none")],
)
def test_the_options_of_a_route_are_asked_for_until_none_is_added(
    connected: ConsoleDriver, answers: tuple[str, ...], chosen: str
) -> None:
    connected.type(*PING, "", "", "", "y", "", "", "", "", "")
    assert connected.prompt == "Loose, Strict, Record, Timestamp, Verbose[none]: "
    connected.type(*answers)
    assert connected.prompt == f"Loose, Strict, Record, Timestamp, Verbose[{chosen}]: "


def test_a_sweep_finds_the_largest_packet(connected: ConsoleDriver) -> None:
    connected.type(*PING, "1", "", "0", "y", "", "", "y", "", "", "v", "", "y", "1499", "1502", "")
    connected.sees(
        "Sending 4, [1499..1502]-byte ICMP Echos to 192.0.2.10, timeout is 0 seconds:\n",
        "Packet sent with the DF bit set\n",
        "(size 1499)\nReply to request 1 (",
        "ms) (size 1500)\nRequest 2 timed out (size 1501)\nRequest 3 timed out (size 1502)\n",
        "\nSuccess rate is 50 percent (2/4)",
    )


def test_a_sweep_sends_each_size_as_often_as_was_asked_for(connected: ConsoleDriver) -> None:
    connected.type(*PING, "", "", "", "", "y", "", "100", "")
    connected.sees("Sending 325, [36..100]-byte ICMP Echos to 192.0.2.10", "\nSuccess rate is 100 percent (325/325)")


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (("35",), "% Bad minimum size\n"),
        (("x",), "% Bad minimum size\n"),
        (("100", "99"), "% Bad maximum size\n"),
        (("", "18025"), "% Bad maximum size\n"),
        (("100", "110", "0"), "% Bad Interval size\n"),
        (("100", "110", "11"), "% Bad Interval size\n"),
    ],
)
def test_wrong_bounds_of_a_sweep_are_told(connected: ConsoleDriver, answers: tuple[str, ...], told: str) -> None:
    connected.type(*PING, "", "", "", "", "y", *answers).sees_exactly(told)
    assert connected.prompt == "Router#"


@pytest.mark.parametrize("verb", ["telnet", "connect"])
def test_a_bare_connection_asks_for_its_host(connected: ConsoleDriver, verb: str) -> None:
    connected.type(verb)
    assert connected.prompt == "Host: "
    connected.type("")
    assert connected.prompt == "Router#"
    connected.type(verb, "192.0.2.1").sees("Trying 192.0.2.1 ... ")


def test_con_is_short_for_two_words(connected: ConsoleDriver) -> None:
    connected.type("con t").sees_exactly('% Ambiguous command:  "con t"\n')
