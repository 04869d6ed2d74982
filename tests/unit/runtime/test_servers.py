"""Routers of a served world call home over real HTTPS, and the screen shows what it shows in process."""

from asyncio.selector_events import BaseSelectorEventLoop
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from emulator.backend import accounts
from emulator.kernel.errors import Refused
from emulator.keys.world_secret import WorldSecret
from emulator.runtime.extras import needs_serve
from emulator.runtime.servers import Served, Where, proxy_addresses, smtp_address
from emulator.transports.call_home.client import Patience
from emulator.world.build import new_world
from emulator.world.call_home.protocol import ACTS
from emulator.world.recipe import WorldRecipe
from tests.driver import world_of
from tests.unit.world.dialogues import INSTALL, RESEND, REVOKE, Dialogue

KINDS = (INSTALL, RESEND, REVOKE)


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log-in costs a tenth of a second on purpose."""
    monkeypatch.setitem(accounts._COST, "n", 2)


class Real:
    """A dialogue whose calls go over the loopback."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.dialogue = Dialogue(kind)
        self.served = Served(self.dialogue.world, folder, Where(), portal=False)
        self.served.start()

    def stop(self) -> None:
        self.served.stop()


@pytest.fixture(params=KINDS)
def real(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Real]:
    real = Real(request.param, tmp_path)
    yield real
    real.stop()


def test_the_screen_is_that_of_a_call_in_process(real: Real) -> None:
    screen = real.dialogue.finish()
    real.dialogue.check()
    other = Dialogue(real.dialogue.kind)
    assert screen == other.finish()
    assert real.dialogue.world.now == other.world.now


@pytest.mark.heavy
@pytest.mark.parametrize("written", [False, True], ids=["before it wrote", "after it wrote"])
def test_a_server_that_fails_once_is_called_again(real: Real, monkeypatch: pytest.MonkeyPatch, written: bool) -> None:
    failed: list[str] = []
    for operation, act in list(ACTS.items()):

        def fail_once(*given: object, act=act, name=str(operation)):
            if name in failed:
                return act(*given)
            failed.append(name)
            if written:
                act(*given)
            raise RuntimeError("a fault put in")

        monkeypatch.setitem(ACTS, operation, fail_once)
    screen = real.dialogue.finish()
    assert failed
    assert "%Error" not in screen
    real.dialogue.check()


class Deaf:
    """An application whose work is done and whose answers are lost, for the operations that it is told."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self.app, self.lost, self.done = app, set[str](), list[str]()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        heard: list[bytes] = []

        async def listen() -> Any:
            message = await receive()
            heard.append(message.get("body", b""))
            return message

        async def mute(message: Any) -> None:
            operation = b"".join(heard).partition(b"<OPERATION>")[2].partition(b"<")[0].decode()
            if operation not in self.lost:
                await send(message)
            elif message["type"] == "http.response.start":
                self.done.append(operation)

        await self.app(scope, listen, mute)


@pytest.mark.heavy
@pytest.mark.parametrize("operation", ["rehostable", "permit", "complete"])
def test_answers_that_are_lost_after_the_work_are_had_by_the_same_command(tmp_path: Path, operation: str) -> None:
    """The server has done it, and however often the router calls it hears nothing; then the line is good again."""
    dialogue = Dialogue(REVOKE)
    served = Served(dialogue.world, tmp_path, Where(), portal=False)
    deaf = Deaf(served.call_home.app)
    served.call_home.app = deaf
    served.start()
    try:
        deaf.lost.add(operation)
        for _ in range(2):
            assert "%Error: " in dialogue.finish()
            dialogue.console.router.power_off()
            dialogue.recover()
        assert set(deaf.done) == {operation}
        assert len(deaf.done) == 2 * Patience().attempts
        deaf.lost.clear()
        assert "has been issued\n" in dialogue.finish()
    finally:
        served.stop()
    dialogue.check()
    assert dialogue.console.router.activation.inventory.licenses.transfer is None


@pytest.mark.heavy
def test_a_server_that_is_gone(real: Real) -> None:
    real.stop()
    screen = real.dialogue.finish()
    assert screen.endswith("%Error: Unable to connect to the CISCO License Server\n")


def test_a_cut_while_the_call_is_out(real: Real, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer finds nobody; the same command goes through afterwards."""
    dialogue = real.dialogue
    for _ in dialogue.moments():
        if dialogue.world.clock.outside.out:
            dialogue.console.router.power_off()
            break
    assert not dialogue.world.clock.outside.out
    dialogue.recover()
    dialogue.finish()
    dialogue.check()


def test_no_internet_opens_no_socket(real: Real, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BaseSelectorEventLoop, "sock_connect", lambda *_: pytest.fail("a socket was opened"))
    real.dialogue.console.router.state.online = False
    assert real.dialogue.finish().endswith("%Error: Unable to connect to the CISCO License Server\n")


@pytest.mark.parametrize(("where", "portal"), [(Where(), True), (Where("0.0.0.0"), True), (Where("0.0.0.0"), False)])
def test_a_world_whose_keys_anybody_can_work_out_is_not_served(tmp_path: Path, where: Where, portal: bool) -> None:
    world = world_of()
    assert world.secret.is_known
    with pytest.raises(Refused, match=r"anybody could forge its licenses, and it is not served"):
        Served(world, tmp_path / "served", where, portal=portal)
    assert not (tmp_path / "served").exists()


def test_the_keys_of_a_served_world_are_its_owner_s_alone(real: Real) -> None:
    folder = real.served.identity.key.parent
    assert {file.name: file.stat().st_mode & 0o777 for file in folder.glob("*.key")} == {
        "ca.key": 0o600,
        "server.key": 0o600,
    }


def test_letters_that_a_mail_server_refused_are_told_of(real: Real, tmp_path: Path) -> None:
    assert not [line for line in real.served.addresses() if line.startswith("Mail:")]
    folder = tmp_path / "mail-refused"
    folder.mkdir()
    for number in (1, 7):
        (folder / f"{number:06d}.eml").write_bytes(b"")
    assert f"Mail:       2 letter(s) that the mail server refused, in {folder}" in real.served.addresses()


@pytest.mark.parametrize(
    ("text", "address"),
    [(None, None), ("", None), ("localhost:25", ("localhost", 25)), ("[::1]:2525", ("::1", 2525))],
)
def test_the_address_of_a_mail_server(text: str | None, address: object) -> None:
    assert smtp_address(text) == address


@pytest.mark.parametrize("text", ["localhost", ":25", "localhost:", "localhost:0", "localhost:70000", "a:b"])
def test_an_address_that_is_none(text: str) -> None:
    with pytest.raises(Refused, match="is not a mail server; write HOST:PORT"):
        smtp_address(text)


@pytest.mark.parametrize(
    ("text", "addresses"),
    [(None, ()), ("", ()), ("10.0.0.1", ("10.0.0.1",)), ("10.0.0.0/8, ::1", ("10.0.0.0/8", "::1"))],
)
def test_the_addresses_of_proxies(text: str | None, addresses: object) -> None:
    assert proxy_addresses(text) == addresses


@pytest.mark.parametrize("text", ["*", "proxy.example", "10.0.0.0/33", "10.0.0.1/8"])
def test_a_proxy_is_named_by_its_address(text: str) -> None:
    with pytest.raises(Refused, match="is not the address of a proxy"):
        proxy_addresses(text)


def test_a_library_that_is_missing_is_told_with_the_way_to_have_it() -> None:
    told = r"serving needs starlette; install it with: pip install 'isrtwin\[serve\]'"
    with pytest.raises(Refused, match=told), needs_serve():
        raise ModuleNotFoundError("No module named 'starlette'", name="starlette")


def test_a_module_of_our_own_that_is_missing_is_a_mistake() -> None:
    with pytest.raises(ModuleNotFoundError), needs_serve():
        raise ModuleNotFoundError("No module named 'emulator.x'", name="emulator.x")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.net"])
def test_no_portal_with_a_password_that_everybody_knows_is_served_elsewhere(tmp_path: Path, host: str) -> None:
    world = new_world(WorldRecipe(), secret=WorldSecret.random())
    with pytest.raises(Refused, match="everybody knows the password of the operator lab") as told:
        Served(world, tmp_path, Where(host))
    assert f"isrtwin bench --world {tmp_path} " in str(told.value)
