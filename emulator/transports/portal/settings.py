"""Settings that the operator of a served portal may change."""

from collections.abc import Callable
from time import monotonic

import msgspec

from emulator.transports.web.guard.rate_limits import Rate


class PortalSettings(msgspec.Struct, frozen=True):
    """Limits and rates of the portal.

    Attributes:
        secure: it is reached over TLS, so that its cookie travels over nothing else.
        most_bytes: size of one request.
        bodies, bodies_of_all: bytes of requests that one account, and all, may have under way.
        log_in_forms, log_in_forms_of_all: the same for one address, and all, before the log-in.
        log_ins: how often a password may be wrong, for an account and for an address.
        lookups: how often an account may name what is not there or not its own.
        lookups_at: how often all accounts of one address may.
        gallery: the page of all components is there, for developers.
        clock: seconds of wall time that never go backwards.
    """

    secure: bool = True
    most_bytes: int = 2 * 1024 * 1024
    bodies: int = 8 * 1024 * 1024
    bodies_of_all: int = 64 * 1024 * 1024
    log_in_forms: int = 64 * 1024
    log_in_forms_of_all: int = 8 * 1024 * 1024
    log_ins: Rate = Rate(10, 6.0)
    lookups: Rate = Rate(20, 6.0)
    lookups_at: Rate = Rate(200, 1.0)
    gallery: bool = False
    clock: Callable[[], float] = monotonic
