"""`show route-map`, `show ip prefix-list`, `show key chain`: named policies of the configuration."""

from collections.abc import Callable
from functools import partial

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render.routing import policies
from emulator.console.session.session import Session
from emulator.grammar import ALWAYS, Command
from emulator.kernel.effects import Handler, Say
from emulator.router.configuration import Configuration

HELP = {
    "show": "Show running system information",
    "show key": "Key information",
    "show key chain": "Show key chains",
    "show key chain <name>": "Key-chain name",
    "show route-map": "route-map information",
    "show route-map <name>": "route-map name",
    "show route-map all": "all the route-maps",
    "show ip": "IP information",
    "show ipv6": "IPv6 information",
    **{f"show {kind} {words}": text for kind in policies.PREFIX_LIST for words, text in (
        ("prefix-list", "List prefix lists"),
        ("prefix-list <name>", "Name of a prefix list"),
        ("prefix-list detail", "Detail of prefix lists"),
    )},
}  # fmt: skip


def named(session: Session, *, name: str | None, screen: Callable[[Configuration, str | None], str]) -> Handler:
    yield Say(screen(session.router.configuration, name))


def whole(session: Session, *, screen: Callable[[Configuration], str]) -> Handler:
    yield Say(screen(session.router.configuration))


def _prefix_lists(configuration: Configuration, name: str | None, *, kind: str) -> str:
    return policies.show_prefix_lists(configuration, kind, name)


def _in_detail(configuration: Configuration, *, kind: str) -> str:
    return policies.show_prefix_lists_in_detail(configuration, kind)


def _all_route_maps(configuration: Configuration) -> str:
    return "STATIC routemaps\n" + policies.show_route_maps(configuration) + "DYNAMIC routemaps\n"


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_policies", basis="R",
                source="IOS routing command references, recalled")  # fmt: skip
_KINDS = (("ip", ALWAYS), ("ipv6", feature("ipv6")))
COMMANDS = (
    _SHOW("show key chain [<name:Word>]", run=partial(named, screen=policies.show_key_chains)),
    _SHOW("show route-map [<name:Word>]", run=partial(named, screen=policies.show_route_maps)),
    _SHOW("show route-map all", run=partial(whole, screen=_all_route_maps)),
    *(_SHOW(f"show {kind} prefix-list [<name:Word>]", run=partial(named, screen=partial(_prefix_lists, kind=kind)),
            when=when) for kind, when in _KINDS),
    *(_SHOW(f"show {kind} prefix-list detail", run=partial(whole, screen=partial(_in_detail, kind=kind)), when=when)
      for kind, when in _KINDS),
)  # fmt: skip
