"""Passwords at the license agent: guesses are bounded, and keep nobody out who was right before."""

import asyncio
from base64 import b64encode

import pytest

from emulator.router.device import Router
from emulator.transports.agent import log_ins
from emulator.transports.agent.log_ins import REMEMBERED, WRONG, AgentLogIns
from emulator.transports.web.problems import TooOften
from tests.unit.transports.agent.network import world_with

RIGHT = "right"


class Door:
    """A router with two users; `looked_at` has every password that was checked."""

    def __init__(self, router: Router, patch: pytest.MonkeyPatch) -> None:
        self.router = router
        self.looked_at: list[str] = []
        patch.setattr(log_ins, "is_right", self._is_right)
        self.seconds = 0.0
        self._log_ins = AgentLogIns(lambda: self.seconds)

    def _is_right(self, typed: str, _kind: str, _text: str) -> bool:
        self.looked_at.append(typed)
        return typed == RIGHT

    def asks(self, user: str, password: str, client: str) -> str:
        """Tell the outcome of a log-in."""
        header = f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"
        try:
            return "in" if asyncio.run(self._log_ins.user(self.router, client, header)) == user else "wrong"
        except TooOften:
            return "wait"


@pytest.fixture(scope="module")
def router() -> Router:
    users = (f"username {name} privilege 15 password 0 {name}" for name in ("anna", "otto"))
    return world_with("ip http authentication local", *users).router("R1")


@pytest.fixture
def door(router: Router, monkeypatch: pytest.MonkeyPatch) -> Door:
    return Door(router, monkeypatch)


def test_guesses_come_to_an_end_and_are_not_even_looked_at(door: Door) -> None:
    tries = [door.asks("anna", f"guess {number}", "127.0.0.7") for number in range(WRONG.tries + 5)]
    assert tries == ["wrong"] * WRONG.tries + ["wait"] * 5
    assert len(door.looked_at) == WRONG.tries
    door.seconds += WRONG.seconds
    assert [door.asks("anna", "guess", "127.0.0.7") for _ in range(2)] == ["wrong", "wait"]


def test_guesses_from_many_addresses_are_counted_together(door: Door) -> None:
    tries = [door.asks("anna", "guess", f"127.0.1.{number}") for number in range(WRONG.tries + 1)]
    assert tries[-1] == "wait"
    assert door.asks("otto", RIGHT, "127.0.0.8") == "in"


def test_who_was_right_there_before_is_kept_out_by_nobody(door: Door) -> None:
    assert door.asks("anna", RIGHT, "127.0.0.1") == "in"
    for number in range(WRONG.tries + 1):
        door.asks("anna", "guess", f"127.0.1.{number}")
    assert door.asks("anna", RIGHT, "127.0.0.9") == "in", "a password that is remembered is not checked"
    door.seconds += REMEMBERED + 1
    for number in range(WRONG.tries + 1):
        door.asks("anna", "guess", f"127.0.1.{number}")
    assert door.asks("anna", RIGHT, "127.0.0.1") == "in"


def test_a_password_in_use_is_not_checked_again(door: Door) -> None:
    for _ in range(4):
        assert door.asks("anna", RIGHT, "127.0.0.1") == "in"
        door.seconds += REMEMBERED - 1
    assert door.looked_at == [RIGHT]
