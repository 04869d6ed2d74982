import pytest

from emulator.hardware.platform import PlatformCatalogue
from emulator.kernel.errors import UnknownName

PLATFORMS = PlatformCatalogue()


def test_memory_is_divided_as_captured() -> None:
    platform = PLATFORMS.get("CISCO881-K9")
    assert (platform.main_kib, platform.iomem_kib) == (236544, 25600)


def test_an_unknown_pid_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"unknown PID 'CISCO881-K8'\. Did you mean CISCO881-K9\?"):
        PLATFORMS.get("CISCO881-K8")


def test_a_platform_is_read_once() -> None:
    assert PLATFORMS.get("CISCO881-K9") is PLATFORMS.get("CISCO881-K9")
