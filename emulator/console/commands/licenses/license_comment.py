"""`license comment`: the one part of an installed license that the user may change.

C: at most 99 ASCII characters. R: the index where a feature has several licenses, and that deleting is confirmed.
15.x refuses a longer comment, 12.4T cuts it (C that both occur, from two manuals; I where). Quotes around a comment
are not part of it (I).
"""

from emulator.console.dialogs.questions import choose, confirm, installed, list_licenses
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.licensing.file import COMMENT_LIMIT
from emulator.router.state import LicenseCounter

HELP = {
    "license": "Configure license features",
    "license comment": "Add or delete license comments",
    "license comment add": "Add a comment to a license",
    "license comment add <feature>": "Feature name",
    "license comment add <feature> <comment>": "Comment, at most 99 characters",
    "license comment delete": "Delete the comment of a license",
    "license comment delete <feature>": "Feature name",
}


def add(session: Session, *, feature: str, comment: str) -> Handler:
    text = comment.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1]
    if session.router.manifest.dialect.license_comment_truncated:
        text = text[:COMMENT_LIMIT]
    if len(text) > COMMENT_LIMIT:
        yield Say(wording("comment.too_long", limit=COMMENT_LIMIT))
        return
    if not text.isascii() or not text.isprintable():
        yield Say(wording("comment.not_ascii"))
        return
    matches = installed(session, feature)
    if not matches:
        yield Say(wording("clear.none", feature=feature))
        return
    if len(matches) > 1:
        yield list_licenses(feature, matches)
    chosen = yield from choose(matches, wording("comment.select_add", count=len(matches)))
    if chosen is None:
        return
    session.router.activation.comment(chosen.stored, text)
    session.router.state.count(LicenseCounter.COMMENT_ADDED)
    yield Say(wording("comment.added", text=text))


def delete(session: Session, *, feature: str) -> Handler:
    matches = [view for view in installed(session, feature) if view.stored.comment]
    if not matches:
        known = installed(session, feature)
        yield Say(wording("comment.none" if known else "clear.none", feature=feature))
        return
    yield list_licenses(feature, matches)
    chosen = yield from choose(matches, wording("comment.select_delete", count=len(matches)))
    if chosen is None:
        return
    sure = yield from confirm(wording("comment.confirm"))
    if not sure:
        return
    session.router.activation.comment(chosen.stored, "")
    session.router.state.count(LicenseCounter.COMMENT_DELETED)
    yield Say(wording("comment.deleted"))


_SOURCE = "Software Activation command reference, recalled; License Manager API reference"
COMMANDS = (
    Command("license comment add <feature:Word> <comment:Line>", modes=(EXEC,), privilege=PRIVILEGED, run=add,
            output="license_comment", source=_SOURCE, basis="R"),
    Command("license comment delete <feature:Word>", modes=(EXEC,), privilege=PRIVILEGED, run=delete,
            output="license_comment", source=_SOURCE, basis="R"),
)  # fmt: skip
