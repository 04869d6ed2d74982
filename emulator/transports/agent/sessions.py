"""Sessions at the license agent: the connections on which a manager was let in (I), until they are closed.

R: `license agent max-sessions` bounds how many there are. `clear license agent sessions` closes them.
"""

from collections import Counter

import msgspec


class AgentConnection(msgspec.Struct, frozen=True):
    """A connection to a router: addresses and ports of both ends."""

    local: tuple[str, int]
    peer: tuple[str, int]


class AgentSessions:
    """The open sessions of all routers."""

    def __init__(self) -> None:
        """Begin with none."""
        self._routers: dict[AgentConnection, str] = {}
        self._open: Counter[str] = Counter()

    def count(self, router: str) -> int:
        """Return how many a router has."""
        return self._open[router]

    def enter(self, connection: AgentConnection, router: str, limit: int) -> bool:
        """Begin the session of a connection unless it has begun; False: the router has as many as it may."""
        if connection in self._routers:
            return True
        if self._open[router] >= limit:
            return False
        self._routers[connection] = router
        self._open[router] += 1
        return True

    def leave(self, connection: AgentConnection) -> str | None:
        """End the session of a connection; returns its router, None where there was none."""
        router = self._routers.pop(connection, None)
        if router is not None:
            self._open[router] -= 1
            if not self._open[router]:
                del self._open[router]
        return router

    def of(self, router: str) -> list[AgentConnection]:
        """List the connections of a router's sessions."""
        return [connection for connection, name in self._routers.items() if name == router]
