"""The way of a manager to the license agent of a router: a web server that runs, a listener at it, and a log-in."""

from collections.abc import Iterator

from emulator.router.configuration import Configuration
from emulator.router.device import Router
from emulator.router.network.agent_settings import (
    LISTENER,
    AgentListener,
    agent_listener,
)
from emulator.router.network.http_access import AUTHENTICATION, lets_in
from emulator.router.network.web_servers import SERVER_LINES, WebServer, is_serving
from emulator.world.explanation.view import Link, MendingStep, blocked, broken, not_needed, ok

AGENT = "license-agent"
WEB_SERVER, AGENT_LISTENER, LOG_IN = "web server", "listener", "log-in"
PATH = "/lic-agent"
USER = "username admin privilege 15 secret lab"


def agent_links(router: Router) -> Iterator[Link]:
    """Yield the links from a router that has power to a license agent that answers."""
    if router.state.running is None:
        for name in (WEB_SERVER, AGENT_LISTENER, LOG_IN):
            yield blocked(name, "the configuration is not read before IOS runs")
        return
    configuration = router.configuration
    running = [server for server in SERVER_LINES if is_serving(configuration, server)]
    configured: list[WebServer] = [server for server in SERVER_LINES if configuration.has(f"{LISTENER} {server}")]
    wanted: WebServer = next(iter([*configured, *running]), "secure")
    if running:
        yield ok(WEB_SERVER, " and ".join(SERVER_LINES[server] for server in running))
    else:
        yield broken(WEB_SERVER, "no web server runs", *_typed(router, SERVER_LINES[wanted]))
    listeners = [found for server in running if (found := agent_listener(configuration, server)) is not None]
    if listeners:
        yield ok(AGENT_LISTENER, f"at {listeners[0].path}")
    elif configured:
        fact = f"the listener is at a server that does not run: {SERVER_LINES[wanted]}"
        yield broken(AGENT_LISTENER, fact, *_typed(router, SERVER_LINES[wanted]))
    else:
        yield broken(AGENT_LISTENER, "there is none", *_typed(router, f"{LISTENER} {wanted} {PATH}"))
    yield _log_in(router, configuration, listeners)


def _log_in(router: Router, configuration: Configuration, listeners: list[AgentListener]) -> Link:
    if any(not listener.authenticates for listener in listeners):
        return not_needed(LOG_IN, "the listener does not authenticate")
    method = configuration.word(AUTHENTICATION, "enable")
    if lets_in(configuration):
        return ok(LOG_IN, f"{AUTHENTICATION} {method}")
    if method == "enable":
        return broken(LOG_IN, "there is no enable password", *_typed(router, "enable secret lab"))
    fact = f"{AUTHENTICATION} {method} lets no user in"
    return broken(LOG_IN, fact, *_typed(router, f"{AUTHENTICATION} local", USER))


def _typed(router: Router, *lines: str) -> tuple[MendingStep, ...]:
    return tuple(MendingStep(router.name, each) for each in ("configure terminal", *lines, "end"))
