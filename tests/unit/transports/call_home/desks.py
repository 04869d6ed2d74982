"""A call-home server over a back end of its own, without a world around it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from emulator.backend.service import LicensingService
from emulator.backend.skus import load_skus
from emulator.backend.store.database import Database
from emulator.hardware.platform import Families, PlatformCatalogue
from emulator.keys.sealing import SealingKey, derive_sealing_key
from emulator.keys.signing import SigningKey, Verifier, derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.udi import Udi
from emulator.router.ports import CallRefused, LogIn
from emulator.transports.call_home.log_ins import LogIns
from emulator.transports.call_home.server import CallHandler
from emulator.transports.call_home.wire import read_answer, write_call
from emulator.world.call_home.protocol import Answer, Call, CallOperation

ONE, TWO = Udi("CISCO881-K9", "FTX1405YDC7"), Udi("CISCO881-K9", "FTX1405YDC8")
WHO = LogIn("lab", "lab")
AIS = "L-880-AIS="


class Clock:
    """Wall time that a test winds."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Few:
    """A rate of three wrong tries, for ever."""

    def __init__(self) -> None:
        self.wrong: dict[str, int] = {}

    def wait(self, account: str, client: str, /) -> int:
        return 60 if any(self.wrong.get(key, 0) >= 3 for key in (account, client)) else 0

    def failed(self, account: str, client: str, /) -> None:
        for key in (account, client):
            self.wrong[key] = self.wrong.get(key, 0) + 1

    def remember(self, account: str, client: str, /) -> None:
        """Every address is as good as another."""


def key_of(udi: Udi) -> SigningKey:
    return derive_signing_key(WorldSecret.known(1), f"device {udi}")


def sealing_key_of(udi: Udi) -> SealingKey:
    return derive_sealing_key(WorldSecret.known(1), f"device {udi}")


def service_at(place: Path | str | None) -> LicensingService:
    """A back end with two devices made."""
    start = datetime(2010, 3, 1, 9, tzinfo=UTC)
    service = LicensingService(
        Database(place),
        load_skus(),
        Families(PlatformCatalogue()),
        derive_signing_key(WorldSecret.known(1), "licensing"),
        device_verifier=lambda udi: Verifier(key_of(udi).public),
        device_seal=lambda udi: sealing_key_of(udi).public,
        calendar=lambda instant: start + timedelta(milliseconds=instant),
    )
    for udi in (ONE, TWO):
        service.manufacture(udi, ["advsecurity"], 0)
    return service


class Office:
    """The desk, and a device that calls it without a network between."""

    def __init__(self, place: Path | None = None) -> None:
        self.service = service_at(place)
        self.clock = Clock()
        self.passwords, self.lookups = Few(), Few()
        self.log_ins = LogIns(self.service, self.clock)
        self.desk = CallHandler(
            self.service,
            lambda: 5000,
            lambda udi: Verifier(key_of(udi).public),
            log_ins=self.log_ins,
            passwords=self.passwords,
            lookups=self.lookups,
        )

    def order(self, quantity: int = 1, sku: str = AIS) -> str:
        return self.service.order(sku, quantity, 0, by="lab")[0].pak

    def left(self, pak: str) -> int:
        return self.service.look_up(pak, ONE, by="lab")[0].available

    def send(self, operation: CallOperation, device: Udi = ONE, who: LogIn = WHO, **what: object) -> tuple[int, bytes]:
        call = Call(f"{device.serial}.1.{operation}", operation, device, who, **what)  # type: ignore[arg-type]
        response = self.desk.answer(write_call(call, key_of(device)), "192.0.2.1")
        return response.status_code, bytes(response.body)

    def call(
        self, operation: CallOperation, device: Udi = ONE, who: LogIn = WHO, **what: object
    ) -> Answer | CallRefused:
        return read_answer(self.send(operation, device, who, **what)[1])
