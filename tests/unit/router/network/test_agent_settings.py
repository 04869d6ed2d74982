"""The lines of the license agent: where it listens, for whom, how many at once, and whom it notifies."""

import pytest

from emulator.router.configuration import Configuration
from emulator.router.network.agent_settings import AgentListener, agent_listener, notified_urls, session_limit
from tests.driver import ConsoleDriver, world_of


def configured(*lines: str) -> Configuration:
    """The running configuration of a router at which these lines were typed."""
    console = ConsoleDriver(world_of("R1")).boot().type("configure terminal", *lines, "end")
    return console.router.configuration


@pytest.mark.parametrize(
    ("lines", "plaintext", "secure"),
    [
        (("license agent listener http plaintext /a",), None, None),
        (("ip http server",), None, None),
        (
            ("ip http server", "license agent listener http plaintext a"),
            AgentListener("/a", "", authenticates=True), None,
        ),
        (("ip http server", "license agent listener http secure /a"), None, None),
        (
            ("ip http server", "ip http secure-server", "license agent listener http plaintext /a",
             "license agent listener http plaintext /b acl 7 authenticate none",
             "license agent listener http secure /c acl 9"),
            AgentListener("/b", "7", authenticates=False), AgentListener("/c", "9", authenticates=True),
        ),
        (
            ("ip http server", "ip http secure-server", "license agent default authenticate none",
             "license agent listener http plaintext /a", "license agent listener http secure /b authenticate"),
            AgentListener("/a", "", authenticates=False), AgentListener("/b", "", authenticates=True),
        ),
    ],
)  # fmt: skip
def test_a_listener_is_at_a_web_server_that_runs_and_authenticates_by_default(
    lines: tuple[str, ...], plaintext: AgentListener | None, secure: AgentListener | None
) -> None:
    configuration = configured(*lines)
    assert (agent_listener(configuration, "plaintext"), agent_listener(configuration, "secure")) == (plaintext, secure)


def test_there_are_nine_sessions_unless_configured_and_any_number_of_urls() -> None:
    assert session_limit(configured()) == 9
    urls = ("http://127.0.0.1:8000/a", "https://localhost/b")
    lines = ("license agent max-sessions 2", *(f"license agent notify {url}" for url in urls))
    configuration = configured(*lines, f"no license agent notify {urls[0]}")
    assert (session_limit(configuration), list(notified_urls(configuration))) == (2, [urls[1]])
