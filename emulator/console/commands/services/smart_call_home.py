"""`call-home test`, `call-home send alert-group`, `show call-home`: messages by e-mail and HTTP, since 15.2.

R, from the guide to call home: the commands, the two lines before the outcome, that mail servers are tried by their
priority, and the message when none takes the mail. I: the words of the refusals and the times; what the rate limit
drops is dropped without a word.
"""

from collections.abc import Generator
from functools import partial
from typing import Any

from emulator.console.arguments.call_home import CallHomeTest
from emulator.console.configuration.conditions import from_release
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.services.smart_call_home import CallHomeMessage, mail_server_status, settings_text
from emulator.console.session.call_home_sender import mails, post, posts, tell_mail, tell_post, with_outputs
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Effect, Handler, Request, Say
from emulator.kernel.time import SECOND, Duration
from emulator.router.device import Router
from emulator.router.network.call_home_alerts import take_place
from emulator.router.network.smart_call_home import (
    EMAIL,
    HTTP,
    CallHomeProfile,
    is_enabled,
    mail_servers,
    profiles,
    sender,
)
from emulator.router.ports import RouterMail

HELP = {
    "call-home": "Call-home",
    "call-home test": "Send a test message",
    "call-home test <test>": "Text of the message, in quotation marks where it has blanks, and profile",
    "call-home send": "Send a call-home message",
    "call-home send alert-group": "Send the message of an alert group",
    "call-home send alert-group configuration": "Configuration info",
    "call-home send alert-group inventory": "Inventory info",
    **{
        f"call-home send alert-group {group} {words}": text
        for group in ("configuration", "inventory")
        for words, text in (("profile", "Profile that it goes to"), ("profile <name>", "Profile name"))
    },
    "show": "Show running system information",
    "show call-home": "Show call-home settings",
    "show call-home mail-server": "Call-home mail servers",
    "show call-home mail-server status": "Check whether they take mail",
}

DELIVERY: Duration = 2 * SECOND
"""Time in which a mail server takes a message, or refuses it, in milliseconds (I)."""


def send_test(session: Session, *, test: CallHomeTest) -> Handler:
    """Send a test message to a profile."""
    yield Say(wording("smart_call_home.sending", what="test"))
    yield from _send(session, test.profile, CallHomeMessage("test", test.text or "Call home test message"))


def send_group(session: Session, *, group: str) -> Handler:
    """Send the message of an alert group to all active profiles."""
    yield from _send_group(session, group, None)


def send_group_to(session: Session, *, group: str, name: str) -> Handler:
    """Send the message of an alert group to a profile."""
    yield from _send_group(session, group, name)


def show(session: Session) -> Handler:
    yield Say(settings_text(session.router.configuration))


def show_mail_servers(session: Session) -> Handler:
    router = session.router
    yield Say(wording("smart_call_home.checking"))
    found = []
    for server in mail_servers(router.configuration):
        there = yield Request(partial(router.context.mail.answers, router.name, server.host), DELIVERY)
        found.append((server.host, server.priority, there))
    yield Say(mail_server_status(found))


def _send_group(session: Session, group: str, name: str | None) -> Handler:
    yield Say(wording("smart_call_home.sending", what=f"{group} info"))
    yield from _send(session, name, CallHomeMessage(group, f"{group} info"))


def _send(session: Session, name: str | None, message: CallHomeMessage) -> Handler:
    """Send a message to the destinations of a profile, or of all active ones."""
    router = session.router
    configuration = router.configuration
    chosen = [each for each in profiles(configuration) if name is None or each.name == name]
    refusal = _refusal(router, name, chosen)
    if refusal:
        yield Say(refusal)
        return
    message = with_outputs(session, message)
    for mail in mails(router, message, chosen):
        if take_place(router.running.call_home, router.configuration, router.now):
            tell_mail(router, taken=(yield from _deliver(router, mail)))
    for url, text in posts(router, message, chosen):
        if take_place(router.running.call_home, router.configuration, router.now):
            tell_post(router, taken=(yield Request(partial(post, router, message, url, text), DELIVERY)))


def _deliver(router: Router, mail: RouterMail) -> Generator[Effect, Any, bool]:
    """Hand a message to the first mail server that takes it."""
    for server in mail_servers(router.configuration):
        taken = yield Request(partial(router.context.mail.take, router.name, server.host, mail), DELIVERY)
        if taken:
            return True
    return False


def _refusal(router: Router, name: str | None, chosen: list[CallHomeProfile]) -> str:
    """The words for what is missing before anything can be sent; empty if nothing is."""
    configuration = router.configuration
    if not is_enabled(configuration):
        return wording("smart_call_home.disabled")
    if name is not None and not chosen:
        return wording("smart_call_home.no_profile", name=name)
    mailing = any(each.destinations(EMAIL) for each in chosen)
    if not mailing and not any(each.destinations(HTTP) for each in chosen):
        return wording("smart_call_home.no_destination")
    if not sender(configuration):
        return wording("smart_call_home.no_contact")
    return "" if mail_servers(configuration) or not mailing else wording("smart_call_home.no_server")


_WHEN = from_release("15.2")
_SOURCE = "Configuring Call Home, recalled"
COMMANDS = (
    *(Command(line, modes=(EXEC,), privilege=PRIVILEGED, run=run, when=_WHEN, output="call_home_mail",
              source=_SOURCE, basis="R")
      for line, run in (
        ("call-home test <test:CallHomeTest>", send_test),
        ("call-home send alert-group <group:configuration|inventory>", send_group),
        ("call-home send alert-group <group:configuration|inventory> profile <name:Word>", send_group_to),
    )),
    Command("show call-home", modes=(EXEC,), privilege=PRIVILEGED, run=show, when=_WHEN, piped=True,
            output="show_call_home", source=_SOURCE, basis="R"),
    Command("show call-home mail-server status", modes=(EXEC,), privilege=PRIVILEGED, run=show_mail_servers, when=_WHEN,
            piped=True, output="show_call_home", source=_SOURCE, basis="R"),
)  # fmt: skip
