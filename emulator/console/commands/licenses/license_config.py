"""Licensing lines of the configuration that are neither the boot level nor the agent.

C: the agreement for all software asks, and its line stays in the configuration. C2: the store can be enlarged from
12.4(20)T on. R: the agreement is shown once; the store is enlarged by the next reload. The
record of the agreement outlives its line (I): `no` takes the line away, not what was agreed to. A URL that call home
cannot use is refused when it is typed (I); one in a saved configuration stays, and leads nowhere.
"""

from functools import partial

from emulator.console.commands.configure.config_global import put, remove
from emulator.console.configuration.conditions import AGREEMENT_FOR_ALL, STORE_EXPANSION
from emulator.console.dialogs.eula import ask_eula
from emulator.console.dialogs.install_licenses import LEVEL_MESSAGE_AFTER
from emulator.console.modes import CONFIG
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say, Wait
from emulator.router.configuration import EXPAND_STORE, SERVICE_URL_KEY
from emulator.router.service_url import service_address

_LINES = {
    "license": "Configure license features",
    "license accept": "Accept licenses",
    "license accept end": "Accept licenses",
    "license accept end user": "Accept licenses",
    "license accept end user agreement": "Accept the End User License Agreement for all IOS licenses",
    "license call-home": "License call-home",
    "license call-home url": "Location of the licensing service",
    "license expand": "Expand license storage",
    "license expand nvram": "Expand license storage in NVRAM at the next reload",
}
HELP = {
    **_LINES,
    "license call-home url <url>": "URL of the licensing service",
    "no": "Negate a command or set its defaults",
}

AGREEMENT = "license accept end user agreement"


def accept_agreement(session: Session) -> Handler:
    activation = session.router.activation
    before = activation.inventory.next_level()
    if not activation.inventory.licenses.eula_for_all:
        accepted = True
        if session.interactive:
            accepted = yield from ask_eula()
        if not accepted:
            yield Say(wording("eula.all_refused"))
            return
        activation.accept_eula_for_all()
    put(session, key=AGREEMENT, line=AGREEMENT)
    if session.interactive and activation.inventory.next_level() != before:
        yield Wait(LEVEL_MESSAGE_AFTER)
        activation.announce_next_level()


def set_url(session: Session, *, url: str) -> Handler:
    if session.interactive and service_address(url) is None:
        yield Say(wording("call_home.bad_url"))
        return
    put(session, key=SERVICE_URL_KEY, line=f"{SERVICE_URL_KEY} {url}")


def unset_url(session: Session, *, url: str | None) -> None:
    if url in {None, session.router.configuration.word(SERVICE_URL_KEY)}:
        remove(session, key=SERVICE_URL_KEY)


_SOURCE = "Software Activation command reference, recalled"
COMMANDS = (
    Command(AGREEMENT, modes=(CONFIG,), run=accept_agreement, when=AGREEMENT_FOR_ALL, output="license_accept",
            source="public configurations and a TAC document", basis="C"),
    Command(f"no {AGREEMENT}", modes=(CONFIG,), run=partial(remove, key=AGREEMENT), when=AGREEMENT_FOR_ALL,
            source=_SOURCE, basis="R"),
    Command(f"{SERVICE_URL_KEY} <url:Url>", modes=(CONFIG,), run=set_url, source=_SOURCE, basis="R"),
    Command(f"no {SERVICE_URL_KEY} [<url:Url>]", modes=(CONFIG,), run=unset_url, source=_SOURCE, basis="R"),
    Command(EXPAND_STORE, modes=(CONFIG,), run=partial(put, key=EXPAND_STORE, line=EXPAND_STORE),
            when=STORE_EXPANSION, source="an account of Cisco from 2008 of 12.4(20)T", basis="C"),
    Command(f"no {EXPAND_STORE}", modes=(CONFIG,), run=partial(remove, key=EXPAND_STORE), when=STORE_EXPANSION,
            source=_SOURCE, basis="R"),
)  # fmt: skip
