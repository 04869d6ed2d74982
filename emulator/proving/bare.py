"""Cost of HTTPS alone on this host: so many requests, each over a connection of its own."""

import asyncio
import ssl
import time
from pathlib import Path

from emulator.runtime.extras import needs_serve
from emulator.runtime.wall_clock import host_time
from emulator.transports.connections.handshakes import watch_handshake
from emulator.transports.https.certificates import identity

with needs_serve():
    from emulator.transports.https.hosting import Hosting, Site
    from emulator.transports.proving.throttled_portal import bare_site

AT_ONCE = 16
"""Requests at one time."""


async def bare_requests(folder: Path, count: int) -> float:
    """Make so many requests to a server of this process that answers two characters; returns requests a second."""
    import httpx2

    shown = identity(folder, "proving ground", ["127.0.0.1"], host_time())
    site = Site(bare_site, "127.0.0.1", 0)
    hosting = Hosting([site], shown)
    hosting.start()
    left = iter(range(count))
    try:
        trust = ssl.create_default_context(cafile=shown.ca)
        async with httpx2.AsyncClient(
            verify=trust, trust_env=False, event_hooks={"request": [watch_handshake]}
        ) as client:

            async def ask() -> None:
                for _ in left:
                    answer = await client.get(site.url, headers={"Connection": "close"})
                    answer.raise_for_status()

            began = time.monotonic()
            await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
            return count / (time.monotonic() - began)
    finally:
        hosting.stop()
