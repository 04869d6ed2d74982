"""`crypto key pubkey-chain rsa`: keys of others are kept over a reload, shown, and taken away."""

import pytest

from emulator.console.render.security.public_keys import public_keys
from tests.driver import ConsoleDriver
from tests.unit.transports.vty.network import STARTUP, booted

KEY = ("key-string", "30820122 300D0609", "F3020301 0001", "quit")
CHAIN = """\
crypto key pubkey-chain rsa
 addressed-key 10.2.2.2
  key-string
   30820122 300D0609
   F3020301 0001
  quit
 named-key realm-cisco.pub signature
  address 10.0.0.1
  key-string
   30820122 300D0609
   F3020301 0001
  quit
"""


@pytest.fixture
def console() -> ConsoleDriver:
    driver = ConsoleDriver(booted("R1", startup=STARTUP.replace("line con 0\n login local\n", "")), "R1")
    driver.type("", "enable", "cisco", "configure terminal", "crypto key pubkey-chain rsa")
    driver.type("named-key realm-cisco.pub signature", *KEY, "address 10.0.0.1", "addressed-key 10.2.2.2", *KEY, "end")
    return driver


def test_keys_outlast_a_reload(console: ConsoleDriver) -> None:
    console.type("show running-config | section pubkey-chain").sees_exactly(CHAIN)
    keys = list(public_keys(console.router.configuration))
    console.type("write memory", "reload", "")
    console.world.clock.run_while(lambda: console.line.busy)
    console.type("", "enable", "cisco")
    console.type("show running-config | section pubkey-chain").sees_exactly(CHAIN)
    assert list(public_keys(console.router.configuration)) == keys


def test_a_key_is_taken_away(console: ConsoleDriver) -> None:
    console.type("configure terminal", "crypto key pubkey-chain rsa", "named-key realm-cisco.pub signature")
    console.type("no key-string", "exit", "no addressed-key 10.2.2.2", "end")
    (key,) = public_keys(console.router.configuration)
    assert (key.name, key.address, key.use, key.lines) == ("realm-cisco.pub", "10.0.0.1", "signature", ())
    console.type("configure terminal", "no crypto key pubkey-chain rsa", "end")
    assert list(public_keys(console.router.configuration)) == []
