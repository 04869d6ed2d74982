"""Refusals of sessions by messages: there is no shell behind them, so no commands and no files in flash.

What needs one of them is then tried by the next transport of the device.
"""

from collections.abc import Mapping
from typing import NoReturn

from emulator.manager.entities import DeviceFault
from emulator.manager.errors import DeviceError

_UNITS = (("week", 604_800), ("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


class NoCommands:
    """The calls of a `CommandSession`, each refused; `refusal` says why."""

    refusal: str
    shown_key = ""
    level_refusal = ""

    async def show(self, _command: str) -> str:
        """Refuse: there is no shell.

        Raises:
            DeviceError: always.
        """
        self._refuse()

    async def ask(self, _command: str, _answers: Mapping[str, str], *, leaves: bool = False) -> str:
        """Refuse: there is no shell.

        Raises:
            DeviceError: always.
        """
        del leaves  # the name is that of the other sessions
        self._refuse()

    async def configure(self, _line: str, _answers: Mapping[str, str]) -> str:
        """Refuse: there is no shell.

        Raises:
            DeviceError: always.
        """
        self._refuse()

    async def send_file(self, _name: str, _content: bytes) -> None:
        """Refuse: there is no way into the flash.

        Raises:
            DeviceError: always.
        """
        self._refuse()

    async def fetch_file(self, _name: str) -> bytes:
        """Refuse: there is no way out of the flash.

        Raises:
            DeviceError: always.
        """
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise DeviceError(DeviceFault.REFUSED, self.refusal)


def told_period(seconds: int) -> str:
    """Write a period as devices do, `8 weeks 4 days`: the two largest units that are there."""
    told = []
    for unit, size in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            told.append(f"{count} {unit}{'s' if count > 1 else ''}")
    return " ".join(told[:2]) or "0 seconds"
