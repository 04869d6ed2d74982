"""Drafts: what was typed into a wizard that was left, kept for its account until the wizard is done.

A draft belongs to the account, not to the session, so it outlives a log-out, a closed browser and another machine; it
ends with the server, for it is no record of the world (I). What an account keeps is bounded, the oldest goes first.
"""

from collections.abc import Mapping

from emulator.transports.web.guard.shares import Shares

FormDraft = Mapping[str, tuple[str, ...]]
"""The texts of a form, by the names of its fields."""

MOST_EACH, MOST = 1 << 20, 32 << 20
"""Characters of drafts of one account, and of all."""

LONGEST_NAME = 100


class Drafts:
    """The drafts of a face, by account and wizard; used by many threads at once."""

    def __init__(self) -> None:
        self._kept: Shares[FormDraft] = Shares(MOST_EACH, MOST, _characters)

    def find(self, account: str, wizard: str) -> FormDraft | None:
        """The draft of a wizard, or None."""
        return self._kept.get(_key(account, wizard))

    def keep(self, account: str, wizard: str, fields: FormDraft) -> None:
        """Keep a draft in place of the one before; one in which nothing stands is none."""
        self.drop(account, wizard)
        if len(wizard) <= LONGEST_NAME and any(text.strip() for texts in fields.values() for text in texts):
            self._kept.put(account, _key(account, wizard), fields)

    def drop(self, account: str, wizard: str) -> None:
        """Forget the draft of a wizard."""
        self._kept.drop(_key(account, wizard))


def _key(account: str, wizard: str) -> str:
    return f"{account}\0{wizard}"


def _characters(fields: FormDraft) -> int:
    return sum(len(name) + sum(map(len, texts)) for name, texts in fields.items())
