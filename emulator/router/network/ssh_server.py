"""State of a router's SSH server: whether it runs, in which version and with which key; no connection is modeled here.

R: it runs as soon as there is an RSA key for signatures: `ip ssh rsa keypair-name` says which, else the key that is
named after host and domain, else any (I: the first). Version 2 wants at least 768 bits; without `ip ssh version` both
versions are spoken, which is called 1.99. C: the message when it begins (a VG204XM). Left out: the note without a
facility that a short key is not good for version 2.
"""

from emulator.kernel.time import Duration
from emulator.router.events import SshDisabled, SshEnabled
from emulator.router.network.host import Host
from emulator.router.network.rsa_keys import KeyRing
from emulator.router.rsa_key import KeyUse, RsaKey
from emulator.router.state import DeferredTask

BITS_OF_VERSION_2 = 768
VERSIONS = {("", True): "1.99", ("", False): "1.5", ("1", True): "1.5", ("1", False): "1.5", ("2", True): "2.0"}
"""Protocol version, by the configured one and whether the key is long enough for version 2; none: not running."""

NOTICED_AFTER: Duration = 100
"""Time until the server notices that its key has come or gone, in milliseconds (I)."""


def server_key(router: Host) -> RsaKey | None:
    """Return the key that the server shows to its clients, or None."""
    ring = KeyRing(router)
    chosen = router.configuration.word("ip ssh rsa keypair-name")
    keys = ring.named(chosen) if chosen else (*ring.named(ring.usual_name), *ring.keys)
    return next((key for key in keys if key.use is not KeyUse.ENCRYPTION), None)


def spoken(router: Host) -> str:
    """Protocol version of the server, `1.99`; empty while it does not run."""
    key = server_key(router)
    wanted = router.configuration.word("ip ssh version")
    return "" if key is None else VERSIONS.get((wanted, key.bits >= BITS_OF_VERSION_2), "")


def look(router: Host) -> None:
    """Schedule the server's check of its key."""
    router.schedule(DeferredTask.FOLLOW_SSH, NOTICED_AFTER)


def follow(router: Host) -> None:
    """Start or stop the server and publish it; a new version of a running server is not reported (R)."""
    before, version = router.running.ssh, spoken(router)
    router.running.ssh = version
    if version and not before:
        router.tell(SshEnabled, version=version)
    elif before and not version:
        router.tell(SshDisabled, version=before)
