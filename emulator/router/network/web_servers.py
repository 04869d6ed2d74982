"""The web servers of a router in its configuration: whether they run, at which port, for whom, and for how many.

R: `ip http server` and `ip http secure-server`; `ip http port` and `ip http secure-port`, 80 and 443 unless the
configuration says otherwise; `ip http access-class` names the standard list that decides by the address of a client at
both; `ip http max-connections` bounds the connections of both together, 5 unless the configuration says otherwise.
"""

from collections.abc import Mapping
from typing import Literal

from emulator.router.configuration import Configuration

WebServer = Literal["plaintext", "secure"]
"""Web server of a router, as the lines of the license agent name it."""

SERVER_LINES: Mapping[WebServer, str] = {"plaintext": "ip http server", "secure": "ip http secure-server"}
PORT_LINES: Mapping[WebServer, str] = {"plaintext": "ip http port", "secure": "ip http secure-port"}
USUAL_PORTS: Mapping[WebServer, int] = {"plaintext": 80, "secure": 443}
ACCESS_CLASS = "ip http access-class"
MAX_CONNECTIONS = "ip http max-connections"
USUAL_CONNECTIONS = 5


def is_serving(configuration: Configuration, server: WebServer) -> bool:
    """Tell whether a web server of the router runs."""
    return SERVER_LINES[server] in configuration.lines


def web_port(configuration: Configuration, server: WebServer) -> int:
    """Return the port of a web server, whether it runs or not."""
    words = configuration.word(PORT_LINES[server])
    return int(words) if words.isdecimal() else USUAL_PORTS[server]


def web_access_list(configuration: Configuration) -> str:
    """Return the list that decides which clients are answered; empty: all are."""
    return configuration.word(ACCESS_CLASS)


def connection_limit(configuration: Configuration) -> int:
    """Return the number of connections that the web servers have at once."""
    words = configuration.word(MAX_CONNECTIONS)
    return int(words) if words.isdecimal() else USUAL_CONNECTIONS
