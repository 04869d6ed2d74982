"""The license screens that go through the stores: `all` and its selections, and `file`.

C: the frame of `show license all` (a 1941, edited), and that it counts anew in each store. R: the selections have the
same frame; `show license file` with line, comment and hash. I: the text of a built-in line, which is in no file.
"""

from base64 import b64encode
from collections.abc import Callable, Iterable
from hashlib import sha256

from emulator.console.render.licenses.license import count_and_priority, periods, type_and_state, vendor_info
from emulator.images.manifest import Dialect
from emulator.keys.line_text import write_line
from emulator.licensing.states import LicenseState
from emulator.licensing.store import StoreName
from emulator.licensing.views import LicenseView

IN_USE = frozenset({LicenseState.IN_USE, LicenseState.EXPIRED_IN_USE})

SELECTIONS: dict[str, Callable[[LicenseView], bool]] = {
    "all": lambda _: True,
    "evaluation": lambda view: view.stored.store is StoreName.BUILT_IN,
    "expiring": lambda view: (
        view.line.rule.meter != "none" and view.state not in {LicenseState.INACTIVE, LicenseState.EULA_PENDING}
    ),
    "in-use": lambda view: view.state in IN_USE,
    "permanent": lambda view: view.line.rule.meter == "none",
}
"""Licenses that each form shows. Expiring: every license that can run out and may be used (I)."""


def show_license_all(views: Iterable[LicenseView], dialect: Dialect, selection: str = "all") -> str:
    """Store by store."""
    chosen = [view for view in views if SELECTIONS[selection](view)]
    return "".join(_store(store, chosen, lambda view: _entry(view, dialect), dialect) for store in StoreName) + "\n"


def _store(
    store: StoreName, views: Iterable[LicenseView], entry: Callable[[LicenseView], str], dialect: Dialect
) -> str:
    own = sorted((view for view in views if view.stored.store is store), key=lambda view: view.stored.index)
    return f"License Store: {dialect.store_title(store)}\n" + "".join(map(entry, own))


def _entry(view: LicenseView, dialect: Dialect) -> str:
    head = f"StoreIndex: {view.stored.index}   Feature: {view.line.feature:<34s}Version: {view.line.version}\n"
    return head + type_and_state(view, dialect) + periods(view, used=False) + count_and_priority(view)


def show_license_file(views: Iterable[LicenseView], dialect: Dialect) -> str:
    """Screen of `show license file`: the license lines of every store."""
    every = list(views)
    return "".join(_store(store, every, _file_entry, dialect) for store in StoreName) + "\n"


def _file_entry(view: LicenseView) -> str:
    text = line_text(view)
    digest = b64encode(sha256(text.encode("ascii")).digest()).decode("ascii")
    return (
        f"  Store Index: {view.stored.index}\n"
        f"    License: {text}\n"
        f"    Comment: {view.stored.comment}\n"
        f"    Hash: {digest}\n"
    )


def line_text(view: LicenseView) -> str:
    """The line as its file has it, signature included; a line without a file has none."""
    line = view.line
    if line.udi is not None:
        return f"{write_line(line)} {view.stored.proof}".rstrip()
    return (
        f"11 {line.feature} {line.version} LONG TRIAL STANDALONE {'EXCL' if line.exclusive else 'ADD'} INFINITE_KEYS "
        f"INFINITE_KEYS NEVER NEVER {line.period} SLM_CODE DEMO NiL NiL NiL NiL NiL 5_MINS {vendor_info(view)}"
    )
