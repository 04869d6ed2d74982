"""Further effects of a configuration line that is typed or taken back, by the name that its row gives."""

from collections.abc import Callable

from emulator.console.configuration.editor import Editor
from emulator.router.line_settings import vty_range


def _links(session: Editor) -> None:
    session.router.links.follow()


def _addresses(session: Editor) -> None:
    """R: with the primary address all go, and a secondary one that becomes it is secondary no longer.

    In a configuration that is read secondary addresses may stand where there is no primary one.
    """
    from emulator.router.network.views import SECONDARY

    primary = session.block.word("ip address").partition(" ")[0]
    for key in [each for each in session.block.lines if each.startswith(SECONDARY)]:
        if (not primary and session.interactive) or key.endswith(f" {primary}"):
            del session.block.lines[key]
    _links(session)


def _passive(session: Editor) -> None:
    """R: only what differs from the default is kept: exceptions where all are passive, else the passive ones."""
    lines = session.block.lines
    passive = "passive-interface default" in lines
    for key, line in list(lines.items()):
        single = key.startswith("passive-interface ") and not key.endswith(" default")
        if single and line.startswith("no ") != passive:
            del lines[key]


def _passwords(session: Editor) -> None:
    from emulator.console.configuration.password_encryption import hide_passwords

    hide_passwords(session.router)


def _ssh(session: Editor) -> None:
    from emulator.router.network import ssh_server

    if session.router.running.rsa_keys:
        ssh_server.look(session.router)


def _terminal_lines(session: Editor) -> None:
    """A range of virtual terminal lines was entered, or taken away; what is typed next goes to each of its parts."""
    from emulator.console.configuration.vty_ranges import cover, cut_off, is_whole, join

    configuration, entered = session.router.configuration, session.subject
    if not entered:
        first, _ = vty_range(session.spelled.partition(" ")[2])
        cut_off(configuration, first)
        return
    if is_whole(configuration, entered):
        return
    first, last = vty_range(entered)
    del configuration.sections[entered]
    join(configuration)
    one, *others = cover(configuration, first, last)
    session.exec.enter("config-line", one, tuple(others))


HOOKS: dict[str, Callable[[Editor], None]] = {
    "links": _links,
    "addresses": _addresses,
    "passive": _passive,
    "passwords": _passwords,
    "ssh": _ssh,
    "terminal lines": _terminal_lines,
}
