"""Limits on wrong passwords and guessed names, for an account and for the address that tries.

Rule (I): whoever is wrong too often waits; whoever is right does not, and nobody can be kept out by the mistakes of
others. So an account can always log in from the addresses where it last did: their tries are counted apart from those
of the rest of the world. Of an IPv6 address its network counts, for a host has all addresses of a /64.
"""

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network, ip_address
from threading import Lock

from emulator.transports.web.guard.rate_limits import Rate, Tries

KNOWN_EACH = 4
"""Addresses that an account last logged in from; an older one is forgotten."""

MOST_KNOWN = 10_000
"""Accounts whose addresses are known; the one that logged in longest ago is forgotten first."""


class LogInAttempts:
    """Passwords that were tried; used by many threads at once."""

    def __init__(self, rate: Rate, clock: Callable[[], float]) -> None:
        self._tries = Tries(rate, clock)
        self._known: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        self._lock = Lock()

    def take(self, account: str, client: str) -> int:
        """Use up one try before a password is looked at; else the whole seconds until that is possible."""
        return self._tries.take(self._keys(account, client))

    def succeeded(self, account: str, client: str) -> None:
        """Note that the password of a try that was taken was right: the try is given back, the address known."""
        self._tries.given_back(self._keys(account, client))
        self.remember(account, client)

    def wait(self, account: str, client: str) -> int:
        """Whole seconds until a try may be made, for those that are counted only when they fail; 0 means now."""
        return self._tries.wait(self._keys(account, client))

    def failed(self, account: str, client: str) -> None:
        """Count a wrong password."""
        self._tries.failed(self._keys(account, client))

    def remember(self, account: str, client: str) -> None:
        """Note that the account has logged in from this address."""
        at = network_of(client)
        with self._lock:
            others = tuple(each for each in self._known.get(account, ()) if each != at)
            self._known[account] = (at, *others)[:KNOWN_EACH]
            self._known.move_to_end(account)
            while len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)

    def _keys(self, account: str, client: str) -> tuple[str, ...]:
        at = network_of(client)
        with self._lock:
            if at in self._known.get(account, ()):
                return (f"account {account} at {at}",)
        return f"account {account}", f"client {at}"


class Lookups:
    """Names of PAKs, devices, orders and files that were tried; used by many threads at once."""

    def __init__(self, account: Rate, client: Rate, clock: Callable[[], float]) -> None:
        self._accounts, self._clients = Tries(account, clock), Tries(client, clock)

    def wait(self, account: str, client: str) -> int:
        """Whole seconds until this account may try again from this address; 0 means now."""
        return max(self._accounts.wait([account]), self._clients.wait([network_of(client)]))

    def failed(self, account: str, client: str) -> None:
        """Count a name that is not there, or not this account's."""
        self._accounts.failed([account])
        self._clients.failed([network_of(client)])


def network_of(client: str) -> str:
    """The network of an address: itself for IPv4, its /64 for IPv6, and what is no address as it stands."""
    try:
        address = ip_address(client.partition("%")[0])
    except ValueError:
        return client
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, 64), strict=False))
