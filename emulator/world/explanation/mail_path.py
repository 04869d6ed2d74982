"""The way of a router's mail to the lab's mail server: call home enabled, a profile, a server's name, and the path."""

from collections.abc import Iterator
from ipaddress import IPv4Address

from emulator.console.configuration.conditions import is_since
from emulator.hardware.register import ignores_nvram
from emulator.router.device import Router
from emulator.router.network.reachability import resolve
from emulator.router.network.smart_call_home import EMAIL, is_enabled, mail_servers, profiles, sender
from emulator.world.explanation.server_path import NAME, Server, server_links
from emulator.world.explanation.starting import fits, image_steps, register_steps
from emulator.world.explanation.view import Link, MendingStep, blocked, broken, ok
from emulator.world.mail_server import MAIL
from emulator.world.site_network import SERVER_HOST
from emulator.world.world import World

RELEASE, SETTINGS, PROFILE = "release", "call home", "profile"
FIRST_RELEASE = "15.2"
SENDER = ("service call-home", "call-home", "contact-email-addr noc@lab.example")
DESTINATION = ("active", "destination transport-method email", "destination address email admin@lab.example")
MAIL_SERVER = Server(MAIL, f"takes mail; the line is mail-server {SERVER_HOST} priority 1", "mail goes in the clear")


def mail_links(world: World, router: Router) -> Iterator[Link]:
    """Yield the links from a router that has power to the lab's mail server."""
    if router.state.running is None:
        for name in (RELEASE, SETTINGS, PROFILE, NAME):
            yield blocked(name, "the configuration is not read before IOS runs")
    elif not is_since(router.manifest, FIRST_RELEASE):
        yield _old_release(world, router)
        for name in (SETTINGS, PROFILE, NAME):
            yield blocked(name, f"there is none before release {FIRST_RELEASE}")
    else:
        yield ok(RELEASE, f"release {router.manifest.release} sends mail")
        yield from _configured(router)
    yield from server_links(world, router, MAIL_SERVER)


def _old_release(world: World, router: Router) -> Link:
    """The link of a release that sends no mail; an image of a later one mends it, if one runs on the router."""
    fact = f"release {router.manifest.release} sends no mail"
    images = (world.images.get(name) for name in world.images.names())
    later = [each for each in images if is_since(each, FIRST_RELEASE) and fits(each, router.platform)]
    if not later:
        return blocked(RELEASE, f"{fact}, and no later image runs here")
    image = min(later, key=lambda each: (each.size, each.file)).file
    if router.state.flash.find(image) is None:
        return broken(RELEASE, fact, *image_steps(world, router, image))
    if ignores_nvram(router.next_register):
        return broken(RELEASE, f"{fact}, and the register has the saved configuration ignored", *register_steps(router))
    named = _typed(router, "no boot system", f"boot system flash {image}")
    return broken(RELEASE, fact, *named, MendingStep(router.name, "write"), MendingStep(router.name, "reload"))


def _configured(router: Router) -> Iterator[Link]:
    configuration = router.configuration
    if is_enabled(configuration) and (address := sender(configuration)):
        yield ok(SETTINGS, f"call home is enabled, and {address} is the sender")
    else:
        yield broken(SETTINGS, "call home is not enabled, or has no contact", *_typed(router, *SENDER))
    found = [each for each in profiles(configuration) if each.active and EMAIL in each.methods and each.addresses]
    if found:
        yield ok(PROFILE, f"{found[0].name} sends mail to {', '.join(found[0].addresses)}")
    else:
        steps = _typed(router, "call-home", "profile lab", *DESTINATION)
        yield broken(PROFILE, "no active profile has an address of e-mail", *steps)
    servers = [each.host for each in mail_servers(configuration)]
    if any(resolve(router, each) == IPv4Address(SERVER_HOST) for each in servers):
        yield ok(NAME, f"{' and '.join(servers)}, tried by priority")
        return
    why = f"{' and '.join(servers)} leads to no mail server" if servers else "no mail server is configured"
    yield broken(NAME, why, *_typed(router, "call-home", f"mail-server {SERVER_HOST} priority 1"))


def _typed(router: Router, *lines: str) -> tuple[MendingStep, ...]:
    return tuple(MendingStep(router.name, each) for each in ("configure terminal", *lines, "end"))
