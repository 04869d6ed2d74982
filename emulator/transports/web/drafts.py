"""Drafts: what was typed into a wizard that was left, kept for its account until the wizard is done.

A draft belongs to the account, not to the session, so it outlives a log-out, a closed browser and another machine, and
with a store the server too. It is no record of the world (I). What an account keeps is bounded, the oldest goes first.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from emulator.transports.web.guard.shares import Shares

FormDraft = Mapping[str, tuple[str, ...]]
"""The texts of a form, by the names of its fields."""

MOST_EACH, MOST = 1 << 20, 32 << 20
"""Characters of drafts of one account, and of all."""

LONGEST_NAME = 100


class KeptDraft(msgspec.Struct, frozen=True):
    """A draft as a store keeps it: whose it is, the name of its wizard, and its texts."""

    account: str
    wizard: str
    fields: dict[str, tuple[str, ...]]


class DraftStore(Protocol):
    """A store that keeps drafts over a restart; used by many threads at once."""

    def load(self) -> Sequence[KeptDraft]:
        """Read all, the oldest first."""

    def save(self, key: str, draft: KeptDraft, /) -> None:
        """Keep one under a key."""

    def remove(self, key: str, /) -> None:
        """Let go of the one under a key, if it is there."""


class NoDraftStore:
    """A store that keeps nothing."""

    def load(self) -> Sequence[KeptDraft]:
        return ()

    def save(self, key: str, draft: KeptDraft, /) -> None:
        del key, draft

    def remove(self, key: str, /) -> None:
        del key


class Drafts:
    """The drafts of a face, by account and wizard; used by many threads at once."""

    def __init__(self, store: DraftStore | None = None) -> None:
        """Take up the drafts of a store; without one they end with the server."""
        self._store = store or NoDraftStore()
        self._kept: Shares[FormDraft] = Shares(MOST_EACH, MOST, _characters, self._store.remove)
        for draft in self._store.load():
            self._kept.put(draft.account, _key(draft.account, draft.wizard), draft.fields)

    def find(self, account: str, wizard: str) -> FormDraft | None:
        """The draft of a wizard, or None."""
        return self._kept.get(_key(account, wizard))

    def keep(self, account: str, wizard: str, fields: FormDraft) -> None:
        """Keep a draft in place of the one before; one in which nothing stands is none."""
        self.drop(account, wizard)
        if len(wizard) <= LONGEST_NAME and any(text.strip() for texts in fields.values() for text in texts):
            key = _key(account, wizard)
            self._store.save(key, KeptDraft(account, wizard, dict(fields)))
            self._kept.put(account, key, fields)

    def drop(self, account: str, wizard: str) -> None:
        """Forget the draft of a wizard."""
        self._kept.drop(_key(account, wizard))


def _key(account: str, wizard: str) -> str:
    return f"{account}\0{wizard}"


def _characters(fields: FormDraft) -> int:
    return sum(len(name) + sum(map(len, texts)) for name, texts in fields.items())
