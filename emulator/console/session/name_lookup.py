"""Looking up the name of a host that was typed: `Translating "NAME"...domain server (ADDRESS)`.

C: the line, and the broadcast where no server is known (a 1941). R: an entry of `ip host`, and a name that a server
knew before, are taken in silence, each further server stands behind the one that did not answer, `[OK]` behind the one
that knew the name, and without `ip domain lookup` the name stands alone. I: what was learned is kept until the reload;
a server that does not answer is waited for as long as `ip domain timeout` says, once.
"""

from collections.abc import Generator
from ipaddress import AddressValueError, IPv4Address
from typing import Any

from emulator.console.wording import wording
from emulator.kernel.effects import Effect, Say, Wait
from emulator.kernel.time import SECOND, Duration
from emulator.router.device import Router
from emulator.router.network.names import answer_of_server, learned_address, looks_up, name_servers, own_address
from emulator.router.network.reachability import obstacle_on_way
from emulator.router.state import LearnedHost

BROADCAST = IPv4Address("255.255.255.255")
"""Address that is asked while no name server is known."""

USUAL_TIMEOUT = 3
ANSWER: Duration = 20
"""Time in which a server that is reached answers, in milliseconds (I)."""


def look_up(router: Router, host: str) -> Generator[Effect, Any, str | None]:
    """Find the address of a host, and show the look-up of a name; returns None for a host that is not found."""
    try:
        return str(IPv4Address(host))
    except AddressValueError:
        configuration = router.configuration
    own = own_address(configuration, host)
    if own is not None:
        return str(own)
    known = learned_address(router, host) if looks_up(configuration) else None
    if known is not None:
        return known
    yield Say(wording("lookup.translating", name=host))
    found = (yield from _ask(router, host)) if looks_up(configuration) else None
    yield Say(wording("lookup.found") if found is not None else "\n")
    if found is None:
        return None
    name, address = found
    router.running.hosts[name.lower()] = LearnedHost(str(address), router.now)
    return str(address)


def _ask(router: Router, name: str) -> Generator[Effect, Any, tuple[str, IPv4Address] | None]:
    """Ask one name server after the other until one answers."""
    seconds = router.configuration.word("ip domain timeout")
    timeout = (int(seconds) if seconds.isdecimal() else USUAL_TIMEOUT) * SECOND
    yield Say(wording("lookup.asking"))
    for server in name_servers(router) or [BROADCAST]:
        yield Say(wording("lookup.server", server=server))
        if server == BROADCAST or obstacle_on_way(router, server) is not None:
            yield Wait(timeout)
            continue
        yield Wait(ANSWER)
        return answer_of_server(router, name)
    return None
