"""Limits of the manager's web face."""

from collections.abc import Callable

import msgspec

from emulator.transports.web.guard.rate_limits import Rate


class ManagerSettings(msgspec.Struct, frozen=True):
    """Limits of requests, in bytes, of wrong tokens, and of wrong passwords.

    Attributes:
        clock: seconds that never go backwards.
        most_bytes: size of one request.
        bodies, bodies_of_all: requests that one user, and all, may have under way.
        log_in_forms, log_in_forms_of_all: the same for one address, and all, before it is known who asks.
        tokens: how often a token may be wrong from one address.
        log_ins: how often a password may be wrong, of one user or from one address.
        secure: the pages are reached over TLS.
    """

    clock: Callable[[], float]
    most_bytes: int = 2 * 1024 * 1024
    bodies: int = 16 * 1024 * 1024
    bodies_of_all: int = 64 * 1024 * 1024
    log_in_forms: int = 64 * 1024
    log_in_forms_of_all: int = 8 * 1024 * 1024
    tokens: Rate = Rate(20, 10.0)
    log_ins: Rate = Rate(10, 30.0)
    secure: bool = True
