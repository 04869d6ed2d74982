"""Screens of the RSA keys: `show crypto key mypubkey rsa`, and the key as SSH clients know it in `show ip ssh`.

R: forms, from what 12.4 and 15.x print. Left out: `Redundancy enabled.`, which some releases add.
"""

from textwrap import wrap

from emulator.console.configuration.conditions import is_since
from emulator.console.wording import wording
from emulator.keys.rsa import public_der, public_openssh
from emulator.router.clocks import WallTime
from emulator.router.device import Router
from emulator.router.network.rsa_keys import KeyRing
from emulator.router.network.ssh_server import server_key, spoken
from emulator.router.rsa_key import RsaKey

GROUPS = 8
"""Groups of eight digits in a line."""

WIDTH = 80
"""Characters of a line of base64."""


def show_keys(router: Router, name: str | None = None) -> str:
    """Screen of every key pair, or those of a name, oldest first."""
    ring = KeyRing(router)
    return "".join(_key(router, ring, key) for key in ring.keys if name in {None, key.name})


def _key(router: Router, ring: KeyRing, key: RsaKey) -> str:
    return wording(
        "keys.shown",
        made=_moment(key.made),
        name=key.name,
        type="Key type: RSA KEYS\n" if is_since(router.manifest, "15.0") else "",
        device="private-config" if ring.is_saved(key) else "not specified",
        use=key.use,
        exportable="is" if key.exportable else "is not",
        data="".join(f"  {line}\n" for line in _digits(public_der(ring.modulus(key)).hex().upper())),
    )


def _digits(digits: str) -> list[str]:
    """Eight groups a line; a full line ends with a blank."""
    groups = wrap(digits, 8)
    rows = [groups[at : at + GROUPS] for at in range(0, len(groups), GROUPS)]
    return [" ".join(row) + (" " if len(row) == GROUPS else "") for row in rows]


def _moment(time: WallTime) -> str:
    """`23:43:49 UTC Jun 7 2017`."""
    local = time.local
    return f"{local:%H:%M:%S} {time.zone} {local:%b} {local.day} {local:%Y}"


def show_ip_ssh(router: Router) -> str:
    """Screen of `show ip ssh`: whether the server runs, and how; R: the lines of each release."""
    configuration, manifest = router.configuration, router.manifest
    version, wanted = spoken(router), configuration.word("ip ssh version")
    parts = [
        wording("ssh.enabled", version=version)
        if version
        else wording("ssh.disabled", version={"1": "1.5", "2": "2.0"}.get(wanted, "1.99"))
    ]
    if is_since(manifest, "15.4"):
        parts.append(wording("ssh.methods"))
    if is_since(manifest, "15.5"):
        parts.append(wording("ssh.algorithms"))
    timeout = configuration.word("ip ssh time-out") or "120"
    parts.append(
        wording("ssh.limits", timeout=timeout, tries=configuration.word("ip ssh authentication-retries") or "3")
    )
    if is_since(manifest, "15.0"):
        parts.append(wording("ssh.group_size", bits=_group_size(router)))
        parts.append(wording("ssh.key", shown=_server_key(router)))
    return "".join(parts)


def _group_size(router: Router) -> str:
    return router.configuration.word("ip ssh dh min size") or "1024"


def _server_key(router: Router) -> str:
    """The key in lines of 80 characters; since 15.5 behind its name."""
    key = server_key(router)
    if key is None:
        return " NONE\n"
    name = f" {key.name}" if is_since(router.manifest, "15.5") else ""
    kind, text, *_ = public_openssh(KeyRing(router).modulus(key)).split()
    line = f"{kind} {text}"
    return f"{name}\n" + "".join(f"{line[at : at + WIDTH]}\n" for at in range(0, len(line), WIDTH))
