"""Errors of the manager: what a device or the license portal did wrong, and what a user may not do."""

from emulator.kernel.errors import EmulatorError, Refused
from emulator.manager.entities import DeviceFault
from emulator.manager.roles import ManagerAction, ManagerRole


class DeviceError(EmulatorError):
    """A device could not be read or did not do what it was told; others are not affected."""

    def __init__(self, fault: DeviceFault, detail: str) -> None:
        super().__init__(fault, detail)
        self.fault, self.detail = fault, detail

    def __str__(self) -> str:
        return f"{self.fault}: {self.detail}"


class BackEndError(Refused):
    """The license portal refuses, or does not answer however often it is asked."""


class MissingBundles(Refused):
    """Bundles before one that comes are missing, the first of them `first`; nothing was read."""

    def __init__(self, missing: str, first: int) -> None:
        super().__init__(missing, first)
        self.missing, self.first = missing, first

    def __str__(self) -> str:
        return (
            f"{self.missing}; read them first, or have them written there by `manager bundle write PAIR FILE "
            f"--again {self.first}`; --skip-missing does without them"
        )


class NotKnown(Refused):
    """A number that is asked for stands for nothing."""


class NotAllowed(Refused):
    """A user's role does not allow an action; nothing was done."""

    def __init__(self, user: str, role: ManagerRole, action: ManagerAction) -> None:
        super().__init__(user, role, action)
        self.user, self.role, self.action = user, role, action

    def __str__(self) -> str:
        return f"'{self.user}' may not {self.action}: the role is {self.role}"
