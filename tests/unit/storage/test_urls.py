"""IOS file URLs."""

import pytest

from emulator.storage.urls import FileUrl, parse_url


@pytest.mark.parametrize(
    ("text", "device", "host", "path"),
    [
        ("flash:a.lic", "flash", "", "a.lic"),
        ("flash:/a.lic", "flash", "", "a.lic"),
        ("flash:/d//a.lic", "flash", "", "d/a.lic"),
        ("flash:../../a.lic", "flash", "", "a.lic"),
        ("FLASH:", "flash", "", ""),
        ("a.lic", "flash", "", "a.lic"),
        ("usbflash0:a.lic", "usbflash0", "", "a.lic"),
        ("nvram:startup-config", "nvram", "", "startup-config"),
        ("system:running-config", "system", "", "running-config"),
        ("tftp://192.0.2.10/d/a.lic", "tftp", "192.0.2.10", "d/a.lic"),
        ("tftp://192.0.2.10//tftpboot/a.lic", "tftp", "192.0.2.10", "/tftpboot/a.lic"),
        ("tftp://192.0.2.10", "tftp", "192.0.2.10", ""),
        ("tftp:", "tftp", "", ""),
        ("tftp:a.lic", "tftp", "", "a.lic"),
    ],
)
def test_urls(text: str, device: str, host: str, path: str) -> None:
    url = parse_url(text)
    assert url is not None
    assert (url.device, url.host, url.path, url.text) == (device, host, path, text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a", "usbflash0:/d/a"),
        ("../a", "usbflash0:/a"),
        ("/a", "usbflash0:/a"),
        ("flash:a", "flash:/a"),
        ("", "usbflash0:/d"),
    ],
)
def test_a_name_without_a_device_lies_in_the_directory_that_was_chosen(text: str, shown: str) -> None:
    url = parse_url(text, FileUrl("usbflash0", "d"))
    assert url is not None
    assert url.shown == shown


@pytest.mark.parametrize("text", ["disk0:a", "sftp://x/y", "usbflash1:a", "gopher:a"])
def test_an_unknown_device_is_no_url(text: str) -> None:
    assert parse_url(text) is None


def test_a_url_is_shown_as_ios_asks_and_as_it_answers() -> None:
    local, remote = parse_url("flash:a"), parse_url("tftp://192.0.2.10/a")
    assert local is not None
    assert remote is not None
    assert (local.shown, remote.shown) == ("flash:/a", "tftp://192.0.2.10/a")
    assert (local.short, remote.short) == ("flash:a", "tftp://192.0.2.10/a")
    assert (local.remote, remote.remote) == (False, True)
    assert local.at("d/../b").shown == "flash:/b"
