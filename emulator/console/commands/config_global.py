"""Global configuration: name, enable secret, and the switches of features.

The lines that need a level exist only where the running level contains their feature (I): without it they are unknown
words, and the caret says so.
"""

import re
from functools import partial

from emulator.console.arguments import feature
from emulator.console.grammar import ALWAYS, Command
from emulator.console.modes import CONFIG
from emulator.console.session import Session
from emulator.console.wording import wording
from emulator.kernel.effects import Handler, Say
from emulator.keys.passwords import hash_secret

HELP = {
    "hostname": "Set system's network name",
    "hostname <name>": "This system's network name",
    "enable": "Modify enable password parameters",
    "enable secret": "Assign the privileged level secret",
    "enable secret 0": "Specifies an UNENCRYPTED password will follow",
    "enable secret 0 <secret>": "The UNENCRYPTED (cleartext) 'enable' secret",
    "enable secret 5": "Specifies an ENCRYPTED secret will follow",
    "enable secret 5 <hashed>": "The ENCRYPTED 'enable' secret string",
    "enable secret <secret>": "The UNENCRYPTED (cleartext) 'enable' secret",
    "ip": "Global IP configuration subcommands",
    "ip cef": "Cisco Express Forwarding",
    "ip domain": "IP DNS Resolver",
    "ip domain lookup": "Enable IP Domain Name System hostname translation",
    "ip multicast-routing": "Enable IP multicast forwarding",
    "ip vrf": "Configure an IP VPN Routing/Forwarding instance",
    "ip vrf <name>": "VPN Routing/Forwarding instance name",
    "ipv6": "Global IPv6 configuration commands",
    "ipv6 unicast-routing": "Enable unicast routing",
    "no": "Negate a command or set its defaults",
    "no hostname": "Set system's network name",
    "no hostname <name>": "This system's network name",
    "no enable": "Modify enable password parameters",
    "no enable secret": "Assign the privileged level secret",
    "no ip": "Global IP configuration subcommands",
    "no ip cef": "Cisco Express Forwarding",
    "no ip domain": "IP DNS Resolver",
    "no ip domain lookup": "Enable IP Domain Name System hostname translation",
    "no ip multicast-routing": "Enable IP multicast forwarding",
    "no ip vrf": "Configure an IP VPN Routing/Forwarding instance",
    "no ip vrf <name>": "VPN Routing/Forwarding instance name",
    "no ipv6": "Global IPv6 configuration commands",
    "no ipv6 unicast-routing": "Enable unicast routing",
}


TYPE_5 = re.compile(r"\$1\$[./0-9A-Za-z]{0,8}\$[./0-9A-Za-z]{22}")
"""MD5 crypt: mark, salt and hash."""


def put(session: Session, *, key: str, line: str) -> None:
    """Set a global line."""
    session.router.configuration.lines[key] = line
    session.router.running.changed = True


def remove(session: Session, *, key: str) -> None:
    """Take a global line back to its default."""
    session.router.configuration.lines.pop(key, None)
    session.router.running.changed = True


def hostname(session: Session, *, name: str) -> None:
    put(session, key="hostname", line=f"hostname {name}")


def no_hostname(session: Session, *, name: str | None) -> None:
    if name in {None, session.router.hostname}:
        remove(session, key="hostname")


def secret(session: Session, *, secret: str) -> None:
    put(session, key="enable secret", line=f"enable secret 5 {hash_secret(secret, session.router.draw('salt'))}")


def hashed_secret(session: Session, *, hashed: str) -> Handler:
    if not TYPE_5.fullmatch(hashed):
        yield Say(wording("config.not_hashed"))
        return
    put(session, key="enable secret", line=f"enable secret 5 {hashed}")


def vrf(session: Session, *, name: str) -> None:
    header = f"ip vrf {name}"
    session.router.configuration.section(header)
    session.router.running.changed = True
    session.line.enter("config-vrf", header)


def no_vrf(session: Session, *, name: str) -> None:
    session.router.configuration.sections.pop(f"ip vrf {name}", None)
    session.router.running.changed = True


def _switch(text: str, source: str, when: str | None = None, *, default_on: bool = False) -> tuple[Command, Command]:
    """A line that is there or not. One that is on by default is kept only as its `no` form."""
    condition = feature(when) if when else ALWAYS
    on = partial(remove, key=f"no {text}") if default_on else partial(put, key=text, line=text)
    off = partial(put, key=f"no {text}", line=f"no {text}") if default_on else partial(remove, key=text)
    return (
        Command(text, modes=(CONFIG,), run=on, source=source, basis="R", when=condition),
        Command(f"no {text}", modes=(CONFIG,), run=off, source=source, basis="R", when=condition),
    )


_SOURCE = "IOS configuration command references; levels after the feature matrix"
COMMANDS = (
    Command("hostname <name:Word>", modes=(CONFIG,), run=hostname, source=_SOURCE, basis="C"),
    Command("no hostname [<name:Word>]", modes=(CONFIG,), run=no_hostname, source=_SOURCE, basis="R"),
    Command("enable secret [0] <secret:Line>", modes=(CONFIG,), run=secret, source=_SOURCE, basis="C"),
    Command("enable secret 5 <hashed:Word>", modes=(CONFIG,), run=hashed_secret, source=_SOURCE, basis="C"),
    Command("no enable secret", modes=(CONFIG,), run=partial(remove, key="enable secret"), source=_SOURCE, basis="R"),
    *_switch("ip cef", _SOURCE),
    *_switch("ip domain lookup", _SOURCE, default_on=True),
    *_switch("ip multicast-routing", _SOURCE, "multicast"),
    *_switch("ipv6 unicast-routing", _SOURCE, "ipv6"),
    Command("ip vrf <name:Word>", modes=(CONFIG,), run=vrf, when=feature("vrf"), source=_SOURCE, basis="R"),
    Command("no ip vrf <name:Word>", modes=(CONFIG,), run=no_vrf, when=feature("vrf"), source=_SOURCE, basis="R"),
)
