"""Sessions: who is logged in is kept on the server; the browser holds an unguessable name for it.

A session begins when the log-in page is shown, without an account, so that the log-in form is protected as well; the
log-in puts a new session under a new name in its place (no fixation). A nameless session is not kept: its name proves
that this server gave it out, and its form token follows from the name, so a flood of log-in pages takes no memory and
displaces nobody's. A restart of the server ends all sessions.
"""

from collections.abc import Callable
from hashlib import blake2b
from hmac import compare_digest
from secrets import token_bytes, token_urlsafe
from typing import Literal

import msgspec

from emulator.transports.web.guard.idempotency import Once
from emulator.transports.web.guard.shares import Shares

IDLE = 30 * 60.0
"""Seconds without a request after which a session is over."""

LONGEST = 12 * 3600.0
"""Seconds after which it is over in any case."""

MOST_EACH, MOST = 20, 5_000
"""Sessions of one account, and of all."""

MOST_TOLD = 10
"""Sentences that wait for the next page."""

Tone = Literal["good", "bad"]


class BrowserSession(msgspec.Struct):
    """One browser.

    Attributes:
        account: who is logged in; None before the log-in.
        form_token: what every form of this session has to bring back.
        begun, used: seconds of the server's clock.
        log_in: mark of the log-in that it stands on; another one for the account ends it.
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
    log_in: str = ""
    once: Once = msgspec.field(default_factory=Once)

    def made_form(self, token: str) -> bool:
        """Tell whether a form with this token is one that this session was shown."""
        return compare_digest(self.form_token.encode(), token.encode("utf-8", "surrogatepass"))

    def tell(self, tone: Tone, sentence: str) -> None:
        """Say this on the next page that is shown; of too many sentences the last ones."""
        self.told = [*self.told, (tone, sentence)][-MOST_TOLD:]


class Sessions:
    """All sessions of a server: those of accounts are kept, the nameless are proved by their names."""

    def __init__(
        self,
        clock: Callable[[], float],
        most_each: int = MOST_EACH,
        most: int = MOST,
        *,
        idle: float = IDLE,
        longest: float = LONGEST,
        mark_of: Callable[[str], str] = lambda _: "",
    ) -> None:
        """Begin with none.

        Args:
            clock: seconds.
            most_each: sessions of one account.
            most: sessions of all.
            idle: seconds without a request after which a session is over.
            longest: seconds after which it is over in any case.
            mark_of: mark of the log-in of an account, another one after each change of its password.
        """
        self._mark_of = mark_of
        self._clock, self._idle, self._longest = clock, idle, longest
        self._key = token_bytes(32)
        self._named: Shares[BrowserSession] = Shares(most_each, most)

    def find(self, id_: str) -> BrowserSession | None:
        """The session under this name, unless it is over."""
        if (session := self._named.get(id_)) is None:
            return self._nameless(id_)
        now = self._clock()
        if now - session.used > self._idle or now - session.begun > self._longest:
            self._named.drop(id_)
            return None
        session.used = now
        return session

    def begin(self, account: str | None = None) -> BrowserSession:
        """A new session under a new name."""
        now = self._clock()
        if account is None:
            name = f"{int(now)}.{token_urlsafe(16)}"
            id_ = f"{name}.{self._mark('name', name)}"
            return BrowserSession(id_, None, self._mark("form", id_), now, now)
        mark = self._mark_of(account)
        session = BrowserSession(token_urlsafe(32), account, token_urlsafe(32), now, now, log_in=mark)
        self._named.put(account, session.id, session)
        return session

    def stands(self, session: BrowserSession) -> bool:
        """Tell whether the log-in of a session stands still; one whose password was changed elsewhere is ended."""
        if session.account is None or session.log_in == self._mark_of(session.account):
            return True
        self.end(session)
        return False

    def end(self, session: BrowserSession) -> None:
        """End a session."""
        self._named.drop(session.id)

    def end_all_of(self, account: str, but: BrowserSession | None = None) -> None:
        """End every session of an account, except `but`, as its password was changed."""
        for session in self._named.of(account):
            if but is None or session.id != but.id:
                self.end(session)

    def _nameless(self, id_: str) -> BrowserSession | None:
        name, _, mark = id_.rpartition(".")
        begun = name.partition(".")[0]
        if not compare_digest(self._mark("name", name).encode(), mark.encode("utf-8", "surrogatepass")):
            return None
        now = self._clock()
        return None if now - int(begun) > IDLE else BrowserSession(id_, None, self._mark("form", id_), now, now)

    def _mark(self, purpose: str, text: str) -> str:
        data = f"{purpose} {text}".encode("utf-8", "surrogatepass")
        return blake2b(data, key=self._key, digest_size=24).hexdigest()


class SharedSessions(msgspec.Struct, frozen=True):
    """The log-ins of one face, for another one that is mounted below it: its sessions, and the name of its cookie."""

    sessions: Sessions
    cookie: str
