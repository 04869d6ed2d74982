"""Images without payload encryption: levels of their own, no VPN, and what happens to a router that is given one."""

import pytest

from emulator.images.features import NPE, feature_table, features_of
from emulator.images.manifest import ImageCatalogue
from tests.driver import BenchDriver, ConsoleDriver, world_of

IMAGES = ImageCatalogue()
WITHOUT = [name for name in IMAGES.names() if NPE in name]
USUAL, NPE_IMAGE = "c880data-universalk9-mz.154-3.M5.bin", "c880data-universalk9_npe-mz.154-3.M10.bin"
VPN = (
    "crypto isakmp policy 10", "crypto ipsec transform-set T esp-aes esp-sha-hmac", "crypto map M 10 ipsec-isakmp",
    "crypto ikev2 proposal P", "crypto gdoi group G", "crypto ipsec client ezvpn E", "webvpn gateway W",
)  # fmt: skip


@pytest.mark.parametrize("name", WITHOUT)
def test_its_levels_have_all_but_what_encrypts_payload(name: str) -> None:
    image = IMAGES.get(name)
    for level in image.levels:
        for family in image.families:
            lost = features_of(level.removesuffix(NPE), family) - features_of(level, family)
            assert lost == {
                each.name for each in feature_table()
                if each.encrypts and level.removesuffix(NPE) in each.levels.get(family, ())
            } != set()  # fmt: skip


def test_it_has_no_vpn_and_keeps_the_firewall_and_ssh() -> None:
    console = ConsoleDriver(world_of("R1", image=NPE_IMAGE)).boot()
    console.type("show version")
    console.sees("(C880DATA-UNIVERSALK9_NPE-M), Version 15.4(3)M10", "License Level: advsecurity_npe   Type: Permanent")
    console.type("configure terminal")
    for line in VPN:
        console.type(line)
        console.sees("% Invalid input detected at '^' marker.")
    for line in ("ip inspect name F tcp", "zone security Z", "exit", "ip domain name lab.example", "hostname A"):
        console.type(line)
        console.sees_exactly("")
    console.type("crypto key generate rsa modulus 1024")
    console.sees("% Generating 1024 bit RSA keys")
    console.type("license boot module c880-data level advipservices_npe", "yes", "end", "write", "reload", "")
    console.log_in()
    console.type("show version | include Level")
    console.sees("License Level: advipservices_npe   Type: Evaluation")


def test_a_level_that_was_bought_is_no_level_of_such_an_image() -> None:
    console = ConsoleDriver(world_of("R1", image=USUAL)).boot()
    bench = BenchDriver(console.world)
    bench.succeeds(f"software get {NPE_IMAGE} usb")
    bench.succeeds("usb insert R1")
    console.type(f"copy usbflash0:{NPE_IMAGE} flash:", "", f"delete {USUAL}", "", "", "reload", "")
    console.log_in()
    console.type("show version | include Level")
    console.sees("License Level: advsecurity_npe   Type: Default. No valid license found.")
    console.type("show license")
    console.sees("Feature: advsecurity_npe")
