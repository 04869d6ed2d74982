"""Client of an application in the same process.

Starlette's own starts a thread and an event loop for every request, which costs as much as the answer. Here all clients
of a process share one loop, which ends with the run (`conftest.py`).
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.testclient import TestClient

_loops: list[BlockingPortal] = []
_ending = ExitStack()


class WebClient(TestClient):
    """Client of an application; what it raises is raised here, or with `raise_server_exceptions=False` answered."""

    @contextmanager
    def _portal_factory(self) -> Iterator[BlockingPortal]:
        yield _loop()


def _loop() -> BlockingPortal:
    if not _loops:
        _loops.append(_ending.enter_context(start_blocking_portal()))
    return _loops[0]


def end_loop() -> None:
    """End the loop that the clients of this process shared, if there was one."""
    _ending.close()
    _loops.clear()
