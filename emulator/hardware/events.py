"""What the hardware goes through. The console prints from these; nothing here is text."""

from emulator.kernel.events import Event


class PoweredOn(Event, frozen=True, kw_only=True):
    """The board got power; its first stage is about to begin."""


class PoweredOff(Event, frozen=True, kw_only=True):
    """The power went, whatever was going on."""


class ResetBegan(Event, frozen=True, kw_only=True):
    """The board left whatever it ran and starts from its first stage."""


class StageEntered(Event, frozen=True, kw_only=True):
    """A boot stage began; `stage` is its name in `boot.toml`."""

    stage: str


class BootHalted(Event, frozen=True, kw_only=True):
    """ROMMON could not go on and stands at its prompt; `reason` is a fault of the image or its absence."""

    reason: str
    file: str


class BootFinished(Event, frozen=True, kw_only=True):
    """IOS is up and its console is there."""


class LinkChanged(Event, frozen=True, kw_only=True):
    """An interface's link came up or went down."""

    interface: str
    up: bool


class LineProtocolChanged(Event, frozen=True, kw_only=True):
    """The line protocol of an interface followed its link."""

    interface: str
    up: bool
