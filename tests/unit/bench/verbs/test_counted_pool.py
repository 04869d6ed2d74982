"""Licenses of one counted feature at the bench: each has its count on every screen, and together they are one pool."""

import pytest

from tests.backend_records import records_of
from tests.driver import BenchDriver, ConsoleDriver, world_of

IMAGE = "c880data-universalk9-mz.151-4.M5.bin"


@pytest.fixture
def pool() -> tuple[ConsoleDriver, BenchDriver]:
    """A router with licenses for 10 and for 25 users, 30 of whom are logged in."""
    world = world_of(image=IMAGE)
    console, bench = ConsoleDriver(world).boot(), BenchDriver(world)
    for sku in ("FL-WEBVPN-10-K9=", "FL-WEBVPN-25-K9="):
        bench.succeeds(f"order {sku}")
        bench.succeeds("advance 6d")
        bench.succeeds(f"portal register {next(reversed(records_of(world).paks))} R1")
        file = bench.mail_to("usb")
        bench.do("usb insert R1")
        console.type(f"license install usbflash0:{file}")
        bench.do("usb remove R1")
    assert bench.do("users R1 SSL_VPN in 30") == "30 of 30 logged in; 30 use SSL_VPN on R1\n"
    return console, bench


def test_a_status_tells_the_uses_of_each_license(pool: tuple[ConsoleDriver, BenchDriver]) -> None:
    assert [line.strip() for line in pool[1].do("status R1").splitlines() if "SSL_VPN" in line] == [
        "SSL_VPN  Permanent  Active, In Use, 10 of 10 uses taken",
        "SSL_VPN  Permanent  Active, In Use, 20 of 25 uses taken",
    ]


def test_users_who_are_not_let_in_are_told_why(pool: tuple[ConsoleDriver, BenchDriver]) -> None:
    console, bench = pool
    full = "5 of 9 logged in; 35 use SSL_VPN on R1; its licenses allow 35\n"
    assert bench.do("users R1 SSL_VPN in 9") == full
    assert bench.do("users R1 SSL_VPN out 40") == "35 of 40 logged out; 0 use SSL_VPN on R1\n"
    console.type("license clear SSL_VPN", "2", "yes", "license clear SSL_VPN", "yes")
    none = "0 of 1 logged in; 0 use SSL_VPN on R1; no license allows any; 'explain R1 SSL_VPN' tells why\n"
    assert bench.do("users R1 SSL_VPN in 1") == none


def test_the_explanation_knows_a_pool(pool: tuple[ConsoleDriver, BenchDriver]) -> None:
    shown = pool[1].do("explain R1 SSL_VPN")
    assert "priority      ok          2 licenses are one pool: 10 + 25 uses\n" in shown
    assert "feature       ok          30 of 35 uses taken\n" in shown


def test_the_list_of_a_question_tells_which_license_has_which_count(pool: tuple[ConsoleDriver, BenchDriver]) -> None:
    console, _ = pool
    console.type("license comment add SSL_VPN branch")
    counts = [line.strip() for line in console.shown.splitlines() if "Count" in line]
    assert counts == ["License Count: 10", "License Count: 25"]
