"""Events of the hardware. The console prints from these; nothing here is text."""

from emulator.hardware.stages import StageName
from emulator.kernel.events import Event


class PoweredOn(Event, frozen=True, kw_only=True):
    """The board got power; its first stage is about to begin."""


class PoweredOff(Event, frozen=True, kw_only=True):
    """The power went off, whatever was going on."""


class ResetBegan(Event, frozen=True, kw_only=True):
    """The board left whatever it ran and starts from its first stage."""


class StageEntered(Event, frozen=True, kw_only=True):
    """A boot stage began; `stage` is its name in `boot.toml`."""

    stage: StageName


class BootHalted(Event, frozen=True, kw_only=True):
    """ROMMON has the board and stands at its prompt; `reason` is a fault of the image, its absence, or a break."""

    reason: str
    file: str
    device: str = "flash"


class BootFileMissing(Event, frozen=True, kw_only=True):
    """A file that was to be booted is not there; ROMMON tries the next."""

    file: str


class LoadBegan(Event, frozen=True, kw_only=True):
    """ROMMON was told to load an image."""


class IosContinued(Event, frozen=True, kw_only=True):
    """ROMMON gave the board back to the IOS that a break had stopped."""


class BreakReceived(Event, frozen=True, kw_only=True):
    """A break arrived on the console line."""


class IosCrashed(Event, frozen=True, kw_only=True):
    """IOS met an exception that it could not handle; `cause` is a reset cause, the rest are data from the processor."""

    cause: str
    pc: int
    address: int


class BootFinished(Event, frozen=True, kw_only=True):
    """IOS is up and its console is ready."""


class LinkChanged(Event, frozen=True, kw_only=True):
    """An interface's link came up or went down."""

    interface: str
    up: bool


class LinkShut(Event, frozen=True, kw_only=True):
    """The configuration holds an interface down from now on; `was_up` tells whether its link was up."""

    interface: str
    was_up: bool


class ControllerChanged(Event, frozen=True, kw_only=True):
    """A modem trained its line, or lost it; `controller` is its name as configurations have it, `VDSL 0`."""

    controller: str
    up: bool


class LineProtocolChanged(Event, frozen=True, kw_only=True):
    """The line protocol of an interface followed its link."""

    interface: str
    up: bool
