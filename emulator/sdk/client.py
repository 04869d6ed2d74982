"""Clients of a license manager: one that waits for each answer, and one for asyncio.

A request that only reads is made again where its answer was lost; one that changes something is not, for its author
knows whether it was done. Times are in seconds.
"""

import asyncio
import ssl
import time
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

import msgspec

from emulator.manager.api.call import ManagerCall
from emulator.manager.api.jobs import READ_JOB, JobView, NameJob
from emulator.manager.job_records import OVER
from emulator.sdk.messages import ManagerError, answer_of, request_of
from emulator.transports.connections.handshakes import watch_handshake

if TYPE_CHECKING:
    import httpx2

Asked = TypeVar("Asked", bound=msgspec.Struct)
Answer = TypeVar("Answer")

ATTEMPTS = 3
"""Times that a request which only reads is made."""

ANSWER_WITHIN = 60.0
"""Seconds that an answer may take."""

LOOK_EVERY = 0.25
"""Seconds between two looks at a job that is waited for."""


class ManagerClient:
    """A client that waits for each answer; to be used by one thread, and closed."""

    def __init__(self, url: str, token: str, *, ca: str | None = None) -> None:
        """Get ready; the first call connects.

        Args:
            url: of the manager, such as `https://127.0.0.1:8444/`.
            token: of one of its users.
            ca: path of the certificate authority that signed its certificate; None for those of the system.
        """
        import httpx2

        verify = ssl.create_default_context(cafile=ca)
        self._client = httpx2.Client(
            base_url=url.rstrip("/"),
            headers=_headers(token),
            verify=verify,
            timeout=ANSWER_WITHIN,
            trust_env=False,
        )

    def __enter__(self) -> "ManagerClient":
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def call(self, call: ManagerCall[Asked, Answer], asked: Asked) -> Answer:
        """Make a call.

        Raises:
            ManagerError: it is refused, or there is no answer.
        """
        import httpx2

        request = request_of(call, asked)
        for left in reversed(range(ATTEMPTS if request.method == "GET" else 1)):
            try:
                found = self._client.request(
                    request.method, request.path, params=request.query or None, content=request.body
                )
            except httpx2.TransportError as error:
                if not left:
                    raise _silent(error) from error
            else:
                return answer_of(call, found.status_code, found.content)
        raise AssertionError("the last attempt returns or raises")

    def wait(self, job: JobView, within: float) -> JobView:
        """Wait until a job is over.

        Raises:
            ManagerError: it is not over in time, or a call is refused.
        """
        end = time.monotonic() + within
        while not is_over(job):
            if time.monotonic() > end:
                raise _late(job, within)
            time.sleep(LOOK_EVERY)
            job = self.call(READ_JOB, NameJob(job=job.id))
        return job


class AsyncManagerClient:
    """A client for asyncio; to be closed."""

    def __init__(self, url: str, token: str, *, ca: str | None = None) -> None:
        """Get ready as `ManagerClient` does."""
        import httpx2

        verify = ssl.create_default_context(cafile=ca)
        self._client = httpx2.AsyncClient(
            base_url=url.rstrip("/"),
            headers=_headers(token),
            verify=verify,
            timeout=ANSWER_WITHIN,
            trust_env=False,
            event_hooks={"request": [watch_handshake]},
        )

    async def __aenter__(self) -> "AsyncManagerClient":
        return self

    async def __aexit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def call(self, call: ManagerCall[Asked, Answer], asked: Asked) -> Answer:
        """Make a call.

        Raises:
            ManagerError: it is refused, or there is no answer.
        """
        import httpx2

        request = request_of(call, asked)
        for left in reversed(range(ATTEMPTS if request.method == "GET" else 1)):
            try:
                found = await self._client.request(
                    request.method, request.path, params=request.query or None, content=request.body
                )
            except httpx2.TransportError as error:
                if not left:
                    raise _silent(error) from error
            else:
                return answer_of(call, found.status_code, found.content)
        raise AssertionError("the last attempt returns or raises")

    async def wait(self, job: JobView, within: float) -> JobView:
        """Wait until a job is over.

        Raises:
            ManagerError: it is not over in time, or a call is refused.
        """
        end = time.monotonic() + within
        while not is_over(job):
            if time.monotonic() > end:
                raise _late(job, within)
            await asyncio.sleep(LOOK_EVERY)
            job = await self.call(READ_JOB, NameJob(job=job.id))
        return job


def is_over(job: JobView) -> bool:
    """Tell whether a job goes on no more; one that is paused may."""
    return job.state in {str(state) for state in OVER}


def _headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


def _silent(error: "httpx2.TransportError") -> ManagerError:
    return ManagerError(0, "no_answer", f"the manager does not answer: {error}")


def _late(job: JobView, within: float) -> ManagerError:
    return ManagerError(0, "late", f"job {job.id} is {job.state} after {within:g} s, and not over")
