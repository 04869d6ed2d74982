"""The link between vendor and router: where the license file is, and how it comes into the store."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from emulator.backend.mail import Mail
from emulator.backend.views import Entitlement
from emulator.hardware.board import BoardPhase
from emulator.keys.documents import LICENSE_FILE_LIMIT, InvalidDocument, read_license_file
from emulator.licensing.changes import InstallResult
from emulator.licensing.file import FileLine
from emulator.licensing.store import HistoryKind
from emulator.router.configuration import EXPAND_STORE
from emulator.storage.filesystem import FileSystem, StoredFile
from emulator.world.explanation.purchase import closed_portal, portal_wait, standing
from emulator.world.explanation.subject import Subject
from emulator.world.explanation.view import BENCH, Link, MendingStep, blocked, broken, not_needed, ok
from emulator.world.site_network import SERVER_HOST

LINE = "license line"

LATEST_LETTERS = 200
"""Number of letters that are searched for a license file; an older one is sent again."""


def line_link(subject: Subject, issued: Sequence[Entitlement]) -> Link:
    """Link from license to router: whether the router has a line for the subject, and the step that brings it there."""
    views = subject.views()
    if subject.is_base and not views:
        return not_needed(LINE, f"{subject.name} is the base level")
    stored = {view.line.id for view in views}
    absent = [each for each in standing(subject, issued) if each.line.id not in stored]
    if subject.usable() or (views and not absent):
        title = subject.router.activation.inventory.store_title
        stands = (f"{view.title} in {title(view.stored.store)}, index {view.stored.index}" for view in views)
        return ok(LINE, "; ".join(stands))
    if not absent:
        return blocked(LINE, f"no license for {subject.name} was issued to {subject.router.state.udi}")
    return _not_installed(subject, absent[0])


def _not_installed(subject: Subject, entitlement: Entitlement) -> Link:
    router, id_ = subject.router, entitlement.line.id
    licenses = router.activation.inventory.licenses
    result = router.activation.examine(entitlement.line)
    if result is InstallResult.STORE_FULL:
        return broken(LINE, f"license {id_} cannot be installed: {result}", *_room(subject))
    if result is not InstallResult.INSTALLED:
        return broken(LINE, f"license {id_} cannot be installed: {result}")
    was = "was cleared from the router" if licenses.ever(HistoryKind.CLEARED, id_) else "was never installed"
    if router.state.board.phase is not BoardPhase.RUNNING:
        on = MendingStep(BENCH, f"power {router.name} on")
        fact = f"license {id_} {was}, and IOS does not run"
        return broken(LINE, fact, on) if router.state.board.phase is BoardPhase.OFF else broken(LINE, fact)
    fact, steps = _way(subject, id_)
    return broken(LINE, f"license {id_} {was}: {fact}", *steps)


def _room(subject: Subject) -> tuple[MendingStep, ...]:
    """Next step that gives a full store more room; none where it has all that it can have, or IOS does not run."""
    router = subject.router
    expandable = subject.manifest.dialect.license_expand_nvram and not router.state.store_expanded
    if not expandable or router.state.board.phase is not BoardPhase.RUNNING:
        return ()
    saved = router.state.startup.text if router.state.startup is not None else ""
    if EXPAND_STORE in saved.splitlines():
        return (MendingStep(router.name, "reload"),)
    return tuple(MendingStep(router.name, line) for line in ("configure terminal", EXPAND_STORE, "end", "write memory"))


def _way(subject: Subject, id_: str) -> tuple[str, tuple[MendingStep, ...]]:
    """Location of the file that has the license, and the next step from there."""
    world, router = subject.world, subject.router

    def has(files: Iterable[StoredFile]) -> StoredFile | None:
        return next((file for file in files if _contains(subject, file.name, file.content, id_)), None)

    for device, system in (("flash", router.state.flash), ("usbflash0", router.state.usb)):
        if system is not None and (file := has(system.files)):
            url = f"{device}:{file.name}"
            return f"its file is {url}", (MendingStep(router.name, f"license install {url}"),)
    if (file := has(world.state.server.files)) and world.reach(router.name, SERVER_HOST) is not None:
        url = f"tftp://{SERVER_HOST}/{file.name}"
        return f"its file is {url}", (MendingStep(router.name, f"license install {url}"),)
    if router.platform.usb_ports:
        if world.state.stick is not None and (file := has(world.state.stick.files)):
            return f"{file.name} is on the USB stick", (MendingStep(BENCH, f"usb insert {router.name}"),)
        for holder, stick in _sticks_elsewhere(subject):
            if has(stick.files):
                return f"its file is on the stick in {holder}", (MendingStep(BENCH, f"usb remove {holder}"),)
    return _letter_way(subject, id_)


def _letter_way(subject: Subject, id_: str) -> tuple[str, tuple[MendingStep, ...]]:
    world, router = subject.world, subject.router
    for number, letter in _latest_letters(subject):
        if any(_contains(subject, each.name, each.content, id_) for each in letter.attachments):
            holder = world.stick_holder()
            if router.platform.usb_ports and holder is not None:
                return f"its file came with mail {number}", (MendingStep(BENCH, f"usb remove {holder}"),)
            medium = "usb" if router.platform.usb_ports else "tftp"
            return f"its file came with mail {number}", (MendingStep(BENCH, f"mail save {number} {medium}"),)
    if (wait := portal_wait(world)) is not None:
        return f"its file is not at hand, and {closed_portal(world)}", (wait,)
    device = router.name if router.state.online else str(router.state.udi)
    return "its file is not at hand", (MendingStep(BENCH, f"portal resend {device}"),)


def _sticks_elsewhere(subject: Subject) -> Iterator[tuple[str, FileSystem]]:
    holder = subject.world.stick_holder()
    if holder is not None and holder != subject.router.name:
        stick = subject.world.router(holder).state.usb
        if stick is not None:
            yield holder, stick


def _latest_letters(subject: Subject) -> Iterator[tuple[int, Mail]]:
    """Yield the letters in the mailbox with their places, the latest first."""
    last = subject.world.post.count()
    for number in range(last, max(last - LATEST_LETTERS, 0), -1):
        letter = subject.world.post.letter(number)
        if letter is not None and letter.attachments:
            yield number, letter


def _contains(subject: Subject, name: str, content: bytes, id_: str) -> bool:
    """Tell whether a file is a license file with that license in it."""
    if not name.endswith((".lic", ".xml")) or len(content) > LICENSE_FILE_LIMIT:
        return False
    with suppress(InvalidDocument):
        entries = read_license_file(content, subject.world.license_verifier)
        return any(isinstance(each, FileLine) and each.line.id == id_ for each in entries)
    return False
