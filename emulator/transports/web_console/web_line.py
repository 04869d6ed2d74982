"""A session at a line whose terminal is a page, or several: one types, others may watch.

What was printed last is kept, so a page whose connection dropped is shown what it missed when it comes back. The
session goes on meanwhile, for a while (I); con 0 goes on in any case, as it does without a terminal.
"""

import asyncio
from collections.abc import Callable
from secrets import compare_digest

from emulator.console.line.phases import NO_PROMPT
from emulator.transports.discipline.sessions import SessionScheduler, TerminalPort, TerminalSession
from emulator.transports.web.consoles import WantedLine
from emulator.transports.web_console.messages import (
    BreakSent,
    FromPage,
    KeysTyped,
    LineOpened,
    LineShown,
    LineStopped,
    LineWatched,
    PageEnded,
    PageSized,
)
from emulator.transports.web_console.page_link import PageLink
from emulator.transports.web_console.screen_row import ScreenRow

KEPT_TEXT = 1 << 18
"""Characters of what was printed that are kept for pages that come back or begin to watch."""

KEPT = 300.0
"""Seconds that a session is kept for a page whose connection dropped."""

MOST_WATCHING = 10
"""Pages that watch one session."""

OVER = "The session has ended."
ELSEWHERE = "This session goes on in another page."
CUT_OFF = "The session was ended: the page did not take what was printed."
TOO_SLOW = "This page did not take what was printed, and watches no more."
FULL = f"{MOST_WATCHING} pages watch this session already. Close one of them first."


class _Session(TerminalSession):
    """A session that tells the state of its line after every turn."""

    def __init__(self, port: TerminalPort, line: "WebLine", scheduler: SessionScheduler) -> None:
        super().__init__(port, line, scheduler, windowed=False)
        self._line = line

    def turn(self) -> bool:
        """Act on what was typed, and tell the pages."""
        more = super().turn()
        self._line.report()
        return more


class WebLine:
    """One session; a `TerminalCarrier`, and the seat of the pages that show it.

    Attributes:
        name: of the line: `con 0`, `vty 3`, `bench`.
        account: whose session it is.
        paused: more was typed than is taken for now.
    """

    def __init__(
        self,
        name: str,
        account: str,
        port: TerminalPort,
        scheduler: SessionScheduler,
        ended: Callable[["WebLine"], None],
        followed: Callable[[], str] = str,
        printed: Callable[[str], None] = lambda _text: None,
        powered: Callable[[], bool] = lambda: True,
    ) -> None:
        """Open a session; `begin` starts it.

        Args:
            name: of the line.
            account: whose session it is.
            port: the line.
            scheduler: gives the session turns.
            ended: told when the session is over.
            followed: called after each turn; a text that it returns is shown.
            printed: told the rows that are printed.
            powered: tells whether what is at the other end has power.
        """
        self._powered = powered
        self.name, self.account, self.paused = name, account, False
        self._key, self._page = "", 0
        self._ended, self._followed, self._printed = ended, followed, printed
        self._frozen = self._unread = False
        self._session = _Session(port, self, scheduler)
        self._row = ScreenRow()
        self._fresh, self._text, self._at = "", "", 0
        self._given = self._heard = 0
        self._typist: PageLink | None = None
        self._watching: dict[PageLink, None] = {}
        self._told: LineShown | None = None
        self._dropped: asyncio.TimerHandle | None = None
        self._over = False

    # --- pages -------------------------------------------------------------------------------------------------

    def begin(self, link: PageLink, wanted: WantedLine) -> None:
        """Start the session, with a page to type at it."""
        self._sit_down(link, wanted, anew=True)
        self._session.begin()

    def is_key(self, word: str) -> bool:
        """Tell whether a word is the one by which the page that types comes back."""
        return bool(word) and compare_digest(self._key.encode(), word.encode("utf-8", "surrogatepass"))

    @property
    def attended(self) -> bool:
        """Tell whether a page is there to type."""
        return self._typist is not None

    @property
    def watching(self) -> int:
        """Number of pages that watch."""
        return len(self._watching)

    def come_back(self, link: PageLink, wanted: WantedLine) -> None:
        """Go on in another page of the tab that types, shown what it has missed.

        The page that is still there has been left. One that comes late, behind a page that its tab has loaded since,
        is not there any more.
        """
        if wanted.page < self._page:
            link.send(PageEnded(ELSEWHERE, take=True))
        else:
            self._go_on(link, wanted, anew=not self._can_go_on(wanted.at))

    def take_over(self, link: PageLink, wanted: WantedLine) -> None:
        """Go on in a page that has seen nothing of the session; one that is still there is let go."""
        self._go_on(link, wanted, anew=True)

    def _go_on(self, link: PageLink, wanted: WantedLine, *, anew: bool) -> None:
        before, self._typist = self._typist, None
        if before is not None:
            before.seat = None
            before.send(PageEnded(ELSEWHERE, take=True))
        self._block(unread=False)
        self._given = self._heard
        self._sit_down(link, wanted, anew=anew)
        self._show_whole(link, behind=None if anew else wanted.at)

    def watch(self, link: PageLink) -> None:
        """Show the session to a page that does not type."""
        if len(self._watching) >= MOST_WATCHING:
            link.send(PageEnded(FULL))
            return
        link.seat = self
        self._watching[link] = None
        link.send(LineOpened(self.name, anew=True))
        self._show_whole(link, behind=None)
        self._tell_watched()

    def freeze(self, *, frozen: bool) -> None:
        """Take no keys, or take them again; what was typed before waits, what is typed meanwhile is dropped."""
        if frozen == self._frozen:
            return
        self._frozen = frozen
        self._block(unread=self._unread)
        for link in (self._typist, *self._watching):
            if link is not None:
                link.send(LineStopped(frozen))

    def _block(self, *, unread: bool) -> None:
        """Hold the session up while a page takes nothing, or while it is stopped."""
        self._unread = unread
        self._session.block(blocked=unread or self._frozen)

    def end(self, told: str = OVER) -> None:
        """End the session."""
        self._session.end()
        self._close(told)

    def _sit_down(self, link: PageLink, wanted: WantedLine, *, anew: bool) -> None:
        if self._dropped is not None:
            self._dropped.cancel()
            self._dropped = None
        self._key, self._page = wanted.session, wanted.page
        link.seat, self._typist = self, link
        link.send(LineOpened(self.name, anew, self._powered()))
        self._tell_watched()
        if self._frozen:
            link.send(LineStopped(self._frozen))
        link.drain()

    def _can_go_on(self, at: int) -> bool:
        return self._at - len(self._text) <= at <= self._at

    def _show_whole(self, link: PageLink, behind: int | None) -> None:
        """Show what was printed behind a place, or all that is kept, and the line as it is."""
        text = self._text if behind is None else self._text[len(self._text) - (self._at - behind) :]
        link.send(self._state(text))

    def _tell_watched(self) -> None:
        if self._typist is not None:
            self._typist.send(LineWatched(len(self._watching)))

    # --- the seat of a page ------------------------------------------------------------------------------------

    @property
    def takes(self) -> bool:
        """Tell whether more keys can be taken now."""
        return not (self.paused or self._over)

    def take(self, link: PageLink, message: FromPage) -> None:
        """Take a message; of a page that only watches nothing is."""
        if link is not self._typist:
            return
        match message:
            case KeysTyped(_, number) if self._frozen:
                self._given = number
                self.report()
            case BreakSent() if self._frozen:
                pass  # the router stands still, so a break reaches nothing
            case KeysTyped(text, number):
                self._given = number
                self._session.received(text)
            case PageSized(rows, columns):
                self._session.resize(rows, columns)
            case BreakSent():
                self._session.send_break()

    def unread(self, link: PageLink, *, much: bool) -> None:
        """Hold the session up for a page that takes nothing; one that only watches is let go."""
        if link is self._typist:
            self._block(unread=much)
        elif much:
            self.leave(link)
            link.seat = None
            link.send(PageEnded(TOO_SLOW))

    def leave(self, link: PageLink) -> None:
        """Keep the session for a page that is gone, in case that it comes back."""
        if link is self._typist:
            self._typist = None
            self._block(unread=False)
            self._dropped = asyncio.get_running_loop().call_later(KEPT, self.end)
        elif self._watching.pop(link, self) is None:
            self._tell_watched()

    # --- what the line shows -----------------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Take what is printed."""
        self._fresh += self._row.feed(text)

    def close(self) -> None:
        """Tell that the router has ended the session."""
        self.report()
        self._close(OVER)

    def abort(self) -> None:
        """Tell that the session was cut off."""
        self._close(CUT_OFF)

    def pause_reading(self) -> None:
        """Take no keys for now."""
        self.paused = True

    def resume_reading(self) -> None:
        """Take keys again."""
        self.paused = False
        if self._typist is not None:
            asyncio.get_running_loop().call_soon(self._typist.drain)

    def report(self) -> None:
        """Tell the pages the state of the line, where it is another than the last."""
        if self._over:
            return
        if followed := self._followed():
            self._session.say(followed)
        if self._session.typed_ahead == 0:
            self._heard = self._given
        text, self._fresh = self._fresh, ""
        if text:
            self._text = (self._text + text)[-KEPT_TEXT:]
            self._at += len(text)
            self._printed(text)
        state = self._state(text)
        self._row.rung = False
        if state == self._told:
            return
        self._told = state
        for link in (self._typist, *self._watching):
            if link is not None:
                link.send(state)

    def _state(self, text: str) -> LineShown:
        prompt = self._session.prompt or NO_PROMPT
        before, typed, cursor = self._row.parts(prompt.text)
        bell, asks = self._row.rung, bool(prompt.text)
        return LineShown(text, self._at, before, typed, cursor, not prompt.hidden, self._heard, bell, asks)

    def _close(self, told: str) -> None:
        if self._over:
            return
        self._over = True
        if self._dropped is not None:
            self._dropped.cancel()
        for link in (self._typist, *self._watching):
            if link is not None:
                link.seat = None
                link.send(PageEnded(told))
        self._typist = None
        self._watching.clear()
        self._ended(self)
