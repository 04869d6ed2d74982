"""Log-ins of a class that outlive a restart of its server, so that every page goes on where it was.

I: ours. The disk keeps a digest of each name, by which no one comes in. A log-in ends when its owner logs out, or after
half a day.
"""

from collections.abc import Callable
from hashlib import sha256
from threading import Lock

from emulator.transports.classroom.ports import KeptSession, SessionStore
from emulator.transports.web.guard.sessions import LONGEST, BrowserSession, Sessions

MOST_KEPT_EACH = 20
"""Log-ins of one learner that outlive a restart; of more, the last ones."""


class KeptSessions(Sessions):
    """The log-ins of a class."""

    def __init__(self, clock: Callable[[], float], store: SessionStore) -> None:
        """Go on with the log-ins that were kept; `clock` has seconds since 1970."""
        super().__init__(clock, idle=LONGEST)
        self._store, self._writing = store, Lock()
        self._kept = {each.digest: each for each in store.load()}

    def find(self, id_: str) -> BrowserSession | None:
        """The log-in under this name, unless it is over."""
        found = super().find(id_)
        kept = self._kept.get(_digest(id_))
        if found is not None or kept is None:
            return found
        now = self._clock()
        if not 0 <= now - kept.begun <= LONGEST:
            return None
        session = BrowserSession(id_, kept.account, self._store.form_token(id_), kept.begun, now)
        self._named.put(kept.account, id_, session)
        return session

    def begin(self, account: str | None = None) -> BrowserSession:
        """A new log-in under a new name."""
        session = super().begin(account)
        if account is not None:
            session.form_token = self._store.form_token(session.id)
            with self._writing:
                own = [each.digest for each in self._kept.values() if each.account == account]
                for digest in own[: max(len(own) - MOST_KEPT_EACH + 1, 0)]:
                    del self._kept[digest]
                self._kept[_digest(session.id)] = KeptSession(_digest(session.id), account, session.begun)
                self._write()
        return session

    def end(self, session: BrowserSession) -> None:
        """End a log-in, for good."""
        super().end(session)
        with self._writing:
            if self._kept.pop(_digest(session.id), None) is not None:
                self._write()

    def _write(self) -> None:
        now = self._clock()
        self._kept = {digest: each for digest, each in self._kept.items() if now - each.begun <= LONGEST}
        self._store.save(tuple(self._kept.values()))


def _digest(id_: str) -> str:
    return sha256(id_.encode("utf-8", "surrogatepass")).hexdigest()
