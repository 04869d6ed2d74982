"""The license region as a router uses it: the stores decoded, and every change one transaction.

Where the power fails during a commit the router is dark, and `Abandoned` ends whatever ran.
"""

from collections.abc import Callable
from typing import NoReturn

import msgspec

from emulator.kernel.effects import Abandoned
from emulator.licensing.store import Licenses
from emulator.storage.partition import Partition, PowerFailed


class LicenseRegion:
    """The license stores of one router."""

    __slots__ = ("_decoded", "_partition", "_power_fails")

    def __init__(self, partition: Partition, power_fails: Callable[[], None]) -> None:
        self._partition, self._power_fails = partition, power_fails
        self._decoded: Licenses | None = None

    @property
    def licenses(self) -> Licenses:
        """Current stores; empty where no copy is good."""
        if self._decoded is None:
            content = self._partition.content()
            self._decoded = Licenses() if content is None else msgspec.json.decode(content, type=Licenses)
        return self._decoded

    def keep(self, licenses: Licenses) -> None:
        """Commit a change.

        Raises:
            Abandoned: the power failed; the stores are then the old or the new ones.
        """
        try:
            self._partition.commit(encode(licenses))
        except PowerFailed:
            self._fail()
        self._decoded = licenses

    def keep_earlier(self, licenses: Licenses) -> None:
        """Store content that was written before the power went: used time, as last saved. A lost region stays lost."""
        if licenses is not self.licenses and self._partition.content() is not None:
            self._partition.put(encode(licenses))
            self._decoded = licenses

    def recover(self) -> tuple[bool, str | None]:
        """Check the region at boot; returns whether the stores are lost, and the damage found in words.

        Raises:
            Abandoned: the power failed while they were mended.
        """
        try:
            recovery = self._partition.recover()
        except PowerFailed:
            self._fail()
        self._decoded = None
        if recovery.content is None:
            self._partition.put(encode(Licenses()))
        return recovery.content is None, recovery.problem

    def _fail(self) -> NoReturn:
        self._decoded = None
        self._power_fails()
        raise Abandoned


def encode(licenses: Licenses) -> bytes:
    """Encode the content of the license region; the same licenses give the same bytes."""
    return msgspec.json.encode(licenses, order="deterministic")
