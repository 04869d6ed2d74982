"""Sessions: who is logged in is kept on the server; the browser holds an unguessable name for it.

A session begins when the log-in page is shown, without an account, so that the log-in form is protected as well; the
log-in puts a new session under a new name in its place (no fixation). A restart of the server ends all sessions.
"""

from collections import OrderedDict
from collections.abc import Callable
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Literal

import msgspec

from emulator.transports.portal.guard.idempotency import Once

IDLE = 30 * 60.0
"""Seconds without a request after which a session is over."""

LONGEST = 12 * 3600.0
"""Seconds after which it is over in any case."""

Tone = Literal["good", "bad"]


class BrowserSession(msgspec.Struct):
    """One browser.

    Attributes:
        account: who is logged in; None before the log-in.
        form_token: what every form of this session has to bring back.
        begun, used: seconds of the server's clock.
        told: sentences for the next page that is shown.
        shown_once: name and secret of a token that was just made, for the next page only.
        once: forms of it that are carried out once, however often they are sent.
    """

    id: str
    account: str | None
    form_token: str
    begun: float
    used: float
    told: list[tuple[Tone, str]] = []
    shown_once: tuple[str, str] | None = None
    once: Once = msgspec.field(default_factory=Once)

    def made_form(self, token: str) -> bool:
        """Whether a form with this token is one that this session was shown."""
        return compare_digest(self.form_token.encode(), token.encode("utf-8", "surrogatepass"))


class Sessions:
    """All sessions of a server, the named ones apart from the nameless, which anybody can begin."""

    def __init__(self, clock: Callable[[], float], most: int = 5_000) -> None:
        self._clock, self._most = clock, most
        self._named: OrderedDict[str, BrowserSession] = OrderedDict()
        self._nameless: OrderedDict[str, BrowserSession] = OrderedDict()

    def find(self, id_: str) -> BrowserSession | None:
        """The session under this name, unless it is over."""
        held = self._named if id_ in self._named else self._nameless
        if (session := held.get(id_)) is None:
            return None
        now = self._clock()
        if now - session.used > IDLE or now - session.begun > LONGEST:
            del held[id_]
            return None
        session.used = now
        held.move_to_end(id_)
        return session

    def begin(self, account: str | None = None) -> BrowserSession:
        """A new session under a new name."""
        now = self._clock()
        session = BrowserSession(token_urlsafe(32), account, token_urlsafe(32), now, now)
        held = self._nameless if account is None else self._named
        held[session.id] = session
        while len(held) > self._most:
            held.popitem(last=False)
        return session

    def end(self, session: BrowserSession) -> None:
        """This session is over."""
        self._named.pop(session.id, None)
        self._nameless.pop(session.id, None)

    def end_all_of(self, account: str, but: BrowserSession | None = None) -> None:
        """Every session of an account is over: its password was changed."""
        for session in [each for each in self._named.values() if each.account == account]:
            if but is None or session.id != but.id:
                self.end(session)
