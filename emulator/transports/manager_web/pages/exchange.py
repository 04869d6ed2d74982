"""Exchange with a paired manager in a network that no network reaches: keys are compared, bundles are carried.

A bundle is shown before it is read (dry run), and one that was written is taken away as often as needed until the
other side tells that it read it.
"""

from collections.abc import Sequence
from urllib.parse import quote

import msgspec
from starlette.responses import Response

from emulator.keys.signing import fingerprint
from emulator.manager.api.devices import LIST_GROUPS
from emulator.manager.errors import MissingBundles
from emulator.manager.exchange.bundles import read_bundle, write_again, write_bundle
from emulator.manager.exchange.pairs import delete_pair, keep_pair, list_pairs, own_key
from emulator.manager.exchange_entities import BundleOutcome, ManagerPair, ReadBundle
from emulator.manager.moments import moment
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import DeviceFilter
from emulator.transports.manager_web.asking import refused_beside
from emulator.transports.manager_web.carried import carried, carry
from emulator.transports.manager_web.downloads import download
from emulator.transports.manager_web.page import ManagerPage
from emulator.transports.manager_web.rights import Needing
from emulator.transports.web.drawing import Template, pair
from emulator.transports.web.problems import BadInput, NotThere
from emulator.transports.web.route import MenuEntry, PageRoute

READ_FIRST = (
    "Read what is missing first; if it was lost, have it downloaded there again. Or tick below to do without it."
)
"""Remedy where bundles are missing, as it is done on these pages."""

SHOWN = 20
"""Devices of one kind that the check of a bundle names."""


class PairView(msgspec.Struct, frozen=True):
    """A paired manager: its fingerprint, and how far the bundles both ways are."""

    name: str
    fingerprint: str
    sent: int
    acknowledged: int
    received: int
    received_at: str

    @property
    def waiting(self) -> Sequence[int]:
        """Numbers of the bundles that the other side has not told to have read, the newest first."""
        return range(self.sent, self.acknowledged, -1)


class ExchangeFacts(msgspec.Struct, frozen=True):
    """The key of this manager, its fingerprint, and the pairs."""

    key: str
    fingerprint: str
    pairs: Sequence[PairView]


class PairFacts(msgspec.Struct, frozen=True):
    """A pair, and the groups of which a bundle can be."""

    pair: PairView
    groups: Sequence[tuple[str, str]]


class BundleFacts(msgspec.Struct, frozen=True):
    """A bundle that would be read: what it would change, the first of its devices, and its content to be sent again."""

    bundle: ReadBundle
    made: str
    is_repeated: bool
    new: Sequence[str]
    updated: Sequence[str]
    content: str
    skips: bool


EXCHANGE_PAGE = Template("exchange.html", ExchangeFacts)
PAIR_PAGE = Template("pair.html", PairFacts)
BUNDLE_PAGE = Template("bundle.html", BundleFacts)


def _show(page: ManagerPage) -> Response:
    key = own_key(page.context)
    pairs = [_view(each) for each in list_pairs(page.context)]
    return page.draw(EXCHANGE_PAGE, key=key, fingerprint=fingerprint(bytes.fromhex(key)), pairs=pairs)


def _keep(page: ManagerPage) -> Response:
    name, key = page.value("name"), page.value("key")
    if not name:
        raise BadInput("Type a name for the other manager, such as outside.", "name")
    with refused_beside("name" if len(key) == len(own_key(page.context)) else "key"):
        keep_pair(page.context, name, key)
    page.tell(f"{name} is paired. Compare both fingerprints by telephone before the first bundle.")
    return page.lead(_address(name))


def _pair(page: ManagerPage) -> Response:
    groups = [("", "All devices"), *(pair(each.name) for each in page.do(LIST_GROUPS).rows)]
    return page.draw(PAIR_PAGE, pair=_view(_found(page)), groups=groups)


def _act(page: ManagerPage) -> Response:
    name = _found(page).name
    if page.value("act") == "delete":
        with refused_beside(""):
            delete_pair(page.context, name)
        page.tell(f"{name} is paired no more.")
        return page.lead("/exchange")
    with refused_beside("group"):
        number, _ = write_bundle(page.context, name, DeviceFilter(group=page.value("group")))
    page.tell(f"Bundle {number} is written. Download it and carry it there.")
    return page.lead(_address(name))


def _bundle(page: ManagerPage) -> Response:
    name, number = page.value("pair"), page.number("number")
    with refused_beside(""):
        data = write_again(page.context, name, number)
    return download(f"{name}-{number}.bundle", data)


def _read(page: ManagerPage) -> Response:
    """Show what a bundle would change, or read it once that was seen."""
    confirmed = page.value("content")
    data = carried(confirmed, page.face.most_bytes) if confirmed else page.file("file")
    if not data:
        raise BadInput("Choose the file of a bundle.", "file")
    skips = page.value("skip") == "yes"
    with refused_beside("file"):
        try:
            found = read_bundle(page.context, data, dry_run=not confirmed, skip_missing=skips)
        except MissingBundles as error:
            raise BadInput(f"{error.missing[:1].upper()}{error.missing[1:]}. {READ_FIRST}", "file") from error
    if confirmed:
        page.tell(f"Bundle {found.number} of {found.pair} is read.")
        return page.lead(_address(found.pair))
    new, updated = ([str(udi) for udi in udis[:SHOWN]] for udis in (found.new, found.updated))
    return page.draw(
        BUNDLE_PAGE, bundle=found, made=moment(found.made), is_repeated=found.outcome is BundleOutcome.REPEATED,
        new=new, updated=updated, content=carry(data), skips=skips,
    )  # fmt: skip


def _found(page: ManagerPage) -> ManagerPair:
    name = str(page.request.path_params["name"])
    for each in list_pairs(page.context):
        if each.name == name:
            return each
    raise NotThere(f"No manager is paired as {name}.")


def _address(name: str) -> str:
    return f"/exchange/pairs/{quote(name)}"


def _view(each: ManagerPair) -> PairView:
    of = fingerprint(bytes.fromhex(each.key))
    return PairView(each.name, of, each.sent, each.acknowledged, each.received, moment(each.received_at))


NEEDED = ManagerAction.EXCHANGE

PAGES = (
    PageRoute(
        "/exchange", Needing(NEEDED, _show), Needing(NEEDED, _keep), menu=MenuEntry("Paired managers", 90, "Exchange")
    ),
    PageRoute("/exchange/pairs/{name:path}", Needing(NEEDED, _pair), Needing(NEEDED, _act), once=True),
    PageRoute("/exchange/bundle", Needing(NEEDED, _bundle)),
    PageRoute("/exchange/read", send=Needing(NEEDED, _read), again=_show),
)
