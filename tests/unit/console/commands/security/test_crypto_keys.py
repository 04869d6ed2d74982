"""RSA keys and the SSH server."""

import base64
import re
from pathlib import Path

import pytest

from emulator.router.network.rsa_keys import KeyRing, making_time
from emulator.router.network.ssh_server import server_key, spoken
from emulator.router.rsa_key import KeyUse
from emulator.world.world import World
from tests.driver import BenchDriver, ConsoleDriver, world_of
from tests.unit.router.records import restored, saved

CAPTURE = Path(__file__).parents[4] / "captures" / "crypto-key-generate-rsa.vg204xm.txt"
MAKE = "crypto key generate rsa"
NAMED = ("configure terminal", "hostname R1", "ip domain name lab.test")


@pytest.fixture
def named(console: ConsoleDriver) -> ConsoleDriver:
    """Console in configuration mode, on a router with a name and a domain."""
    return console.type(*NAMED)


def keys(console: ConsoleDriver) -> list[tuple[str, KeyUse, int]]:
    return [(key.name, key.use, key.bits) for key in KeyRing(console.router).keys]


def logged(console: ConsoleDriver) -> list[str]:
    """Messages about SSH."""
    console.pass_time(1_000)
    entries = console.router.running.log.entries
    return [entry.text for entry in entries if entry.text.startswith("%SSH")]


def digits(shown: str) -> bytes:
    """The key data of a screen."""
    data = shown.partition("Key Data:\n")[2]
    return bytes.fromhex("".join(re.findall(r"^  ([0-9A-F ]+)$", data, re.MULTILINE)))


def test_a_key_is_made_as_in_the_capture(console: ConsoleDriver) -> None:
    console.type("configure terminal", "hostname VG204", "ip domain name lab.test", "ip ssh version 2")
    console.screen = ""
    console.type(f"{MAKE} modulus 2048")
    console.screen += console.prompt + "\n"
    console.pass_time(1_000)
    expected = CAPTURE.read_text(encoding="utf-8").replace("(config)# crypto", "(config)#crypto")
    stamp = re.compile(r"\*Mar  \d \d\d:\d\d:\d\d\.\d{3}")
    assert stamp.sub("*", console.screen) == stamp.sub("*", expected)


def test_the_time_that_a_key_takes_passes(named: ConsoleDriver) -> None:
    before = named.world.now
    named.type(f"{MAKE} modulus 1024")
    assert named.world.now - before == making_time(1024) == 1812


@pytest.mark.parametrize("line", [MAKE, f"{MAKE} modulus 512", f"{MAKE} usage-keys"])
def test_without_a_name_there_is_no_key(console: ConsoleDriver, line: str) -> None:
    console.type("configure terminal", line).sees_exactly("% Please define a hostname other than Router.\n")
    console.type("hostname R1", line).sees_exactly("% Please define a domain-name first.\n")
    console.type("ip domain name lab.test", "hostname Router", line)
    console.sees_exactly("% Please define a hostname other than Router.\n")
    assert keys(console) == []


def test_a_label_needs_neither_host_nor_domain(console: ConsoleDriver) -> None:
    console.type("configure terminal", f"{MAKE} label X modulus 512")
    console.sees("The name for the keys will be: X\n\n% The key modulus size is 512 bits\n")
    assert keys(console) == [("X", KeyUse.GENERAL, 512)]


@pytest.mark.parametrize("answer", ["359", "4097", "-1", "1e3", "abc", "٤٠٠", "9" * 40, "00000051200"])
def test_a_size_that_is_none_is_asked_for_again(named: ConsoleDriver, answer: str) -> None:
    named.type(MAKE, answer)
    named.sees_exactly("% A decimal number between 360 and 4096.\n")
    named.type("360")
    assert keys(named) == [("R1.lab.test", KeyUse.GENERAL, 360)]


@pytest.mark.parametrize("size", ["359", "4097", "0", "x"])
def test_a_size_on_the_line_is_checked_by_the_parser(named: ConsoleDriver, size: str) -> None:
    named.type(f"{MAKE} modulus {size}").sees("% Invalid input detected at '^' marker.\n")
    assert keys(named) == []


@pytest.mark.parametrize(
    "options",
    [
        "modulus 512 label X exportable",
        "exportable label X modulus 512",
        "label X exportable modulus 512",
        "general-keys exportable modulus 512 label X",
    ],
)
def test_the_options_come_in_any_order(console: ConsoleDriver, options: str) -> None:
    console.type("configure terminal", f"{MAKE} {options}").sees("keys will be exportable...")
    (key,) = KeyRing(console.router).keys
    assert (key.name, key.bits, key.exportable) == ("X", 512, True)


def test_every_word_has_help(named: ConsoleDriver) -> None:
    shown = named.session.help(f"{MAKE} usage-keys label X ")
    assert [line.split()[0] for line in shown.splitlines()] == ["exportable", "modulus", "<cr>"]


def test_keys_of_a_use_each(named: ConsoleDriver) -> None:
    named.type(f"{MAKE} usage-keys modulus 512")
    name = "R1.lab.test"
    assert keys(named) == [(name, KeyUse.SIGNATURE, 512), (name, KeyUse.ENCRYPTION, 512)]
    named.type(f"{MAKE} signature modulus 768").sees(f"% You already have RSA keys defined named {name}.\n")
    named.type("yes")
    assert keys(named) == [(name, KeyUse.ENCRYPTION, 512), (name, KeyUse.SIGNATURE, 768)]
    named.type(f"{MAKE} modulus 600", "yes")
    assert keys(named) == [(name, KeyUse.GENERAL, 600)]


def test_a_key_for_one_use_stands_beside_that_of_the_other(named: ConsoleDriver) -> None:
    named.type(f"{MAKE} encryption modulus 512", f"{MAKE} signature modulus 512")
    named.sees_nothing_of("already")
    assert [use for _, use, _ in keys(named)] == [KeyUse.ENCRYPTION, KeyUse.SIGNATURE]


def test_a_key_that_is_not_to_be_replaced_stays(named: ConsoleDriver) -> None:
    named.type(f"{MAKE} modulus 512")
    before = KeyRing(named.router).keys
    named.type(f"{MAKE} modulus 1024", "no")
    assert KeyRing(named.router).keys == before


def test_a_replaced_key_is_another(named: ConsoleDriver) -> None:
    named.type(f"{MAKE} modulus 512")
    ring = KeyRing(named.router)
    (first,) = ring.keys
    before = ring.modulus(first)
    named.type(f"{MAKE} modulus 512", "yes")
    (second,) = ring.keys
    assert ring.modulus(second) != before


def test_an_interrupted_key_is_not_made(named: ConsoleDriver) -> None:
    named.line.terminal.submit(f"{MAKE} modulus 2048")
    named.world.clock.settle()
    named.pass_time(10_000)
    named.line.terminal.interrupt()
    named.pass_time(60_000)
    assert keys(named) == []
    assert named.prompt == "R1(config)#"


# --- what a key is, and how long it lasts --------------------------------------------------------------------------


def made(world: World) -> str:
    console = ConsoleDriver(world).boot()
    return console.type(*NAMED, f"{MAKE} modulus 768", "do show crypto key mypubkey rsa").shown


def test_a_world_has_the_same_key_in_every_replay() -> None:
    assert made(world_of("R1")) == made(world_of("R1"))
    assert digits(made(world_of("R1"))) != digits(made(world_of("R1", pid="CISCO887VA-K9")))


def test_a_saved_world_keeps_its_keys(named: ConsoleDriver) -> None:
    named.type(f"{MAKE} modulus 768", "do show crypto key mypubkey rsa")
    shown = named.shown
    copy = ConsoleDriver(restored(saved(named.world)))
    copy.type("", "enable", "terminal length 0", "show crypto key mypubkey rsa")
    copy.sees_exactly(shown)


def test_a_key_is_saved_with_the_configuration(named: ConsoleDriver) -> None:
    named.type(f"{MAKE} modulus 768", "do show crypto key mypubkey rsa").sees(" Storage Device: not specified\n")
    named.type("end", "write", "show crypto key mypubkey rsa").sees(" Storage Device: private-config\n")
    before = digits(named.shown)
    named.reload().type("show crypto key mypubkey rsa")
    assert digits(named.shown) == before
    assert named.router.running.changed is False


def test_a_key_that_was_not_saved_is_lost(named: ConsoleDriver) -> None:
    named.type("end", "write", "configure terminal", f"{MAKE} modulus 768", "end", "reload")
    named.sees_nothing_of("Proceed")
    named.type("no", "").log_in()
    named.type("show crypto key mypubkey rsa").sees_exactly("")


def test_a_key_that_was_taken_away_comes_back_unless_that_is_saved(named: ConsoleDriver) -> None:
    named.type(f"{MAKE} modulus 768", "end", "write", "configure terminal", "crypto key zeroize rsa", "yes", "end")
    named.type("reload", "no", "").log_in()
    assert len(keys(named)) == 1
    named.type("configure terminal", "crypto key zeroize rsa", "yes", "end", "write")
    named.reload()
    assert keys(named) == []


def test_write_erase_takes_the_keys_away(named: ConsoleDriver) -> None:
    named.type(f"{MAKE} modulus 768", "end", "write", "write erase", "", "reload", "").log_in()
    assert keys(named) == []


def test_a_register_that_ignores_nvram_ignores_its_keys(named: ConsoleDriver, bench: BenchDriver) -> None:
    named.type(f"{MAKE} modulus 768", "config-register 0x2142", "end", "write", "reload", "").log_in()
    assert keys(named) == []
    named.type("configure terminal", "config-register 0x2102", "end", "reload", "no", "").log_in()
    assert len(keys(named)) == 1


def test_the_key_is_shown_as_others_read_it(named: ConsoleDriver) -> None:
    named.type(f"{MAKE} modulus 1024", "do show crypto key mypubkey rsa")
    der = digits(named.shown)
    ring = KeyRing(named.router)
    number = ring.modulus(ring.keys[0])
    assert number.to_bytes(128) in der
    assert all(len(line) <= 75 for line in named.shown.splitlines())
    named.type("do show ip ssh")
    lines = named.shown.partition("base64 encoded):")[2].splitlines()
    assert lines[0] == ""
    assert [len(line) for line in lines[1:-1]] == [80] * (len(lines) - 2)
    assert base64.b64decode("".join(lines[1:]).removeprefix("ssh-rsa ")).endswith(number.to_bytes(128))


def test_nothing_is_taken_away_without_a_yes(named: ConsoleDriver) -> None:
    named.type("crypto key zeroize rsa").sees_exactly("% No Signature RSA Keys found in configuration.\n")
    named.type(f"{MAKE} modulus 512", f"{MAKE} label X modulus 512")
    named.type("crypto key zeroize rsa", "no", "crypto key zeroize rsa Y", "crypto key zeroize rsa X", "n")
    assert len(keys(named)) == 2
    named.type("crypto key zeroize rsa X", "yes")
    assert [name for name, *_ in keys(named)] == ["R1.lab.test"]


def test_a_file_makes_only_what_needs_no_answer(named: ConsoleDriver) -> None:
    lines = (f"{MAKE} modulus 512", "banner motd #x#", MAKE, "hostname R2", f"{MAKE} label X", "crypto key zeroize rsa")
    text = "\n".join(lines).encode()
    named.router.state.flash.write("add.cfg", text, 0)
    named.type("end", "copy flash:add.cfg running-config", "")
    assert named.prompt == "R2#"
    assert keys(named) == [("R1.lab.test", KeyUse.GENERAL, 512)]
    assert named.router.configuration.lines["banner motd"] == "banner motd ^Cx^C"


# --- the SSH server ---------------------------------------------------------------------------------------------------


def test_the_server_begins_with_a_key_and_ends_with_it(named: ConsoleDriver) -> None:
    named.type(f"{MAKE} modulus 768")
    assert logged(named) == ["%SSH-5-ENABLED: SSH 1.99 has been enabled"]
    named.type("crypto key zeroize rsa", "yes")
    assert logged(named)[1:] == ["%SSH-5-DISABLED: SSH 1.99 has been disabled"]


@pytest.mark.parametrize(
    ("bits", "configured", "version"),
    [(767, "", "1.5"), (768, "", "1.99"), (767, "1", "1.5"), (768, "1", "1.5"), (767, "2", ""), (768, "2", "2.0")],
)
def test_the_version_follows_from_key_and_configuration(
    named: ConsoleDriver, bits: int, configured: str, version: str
) -> None:
    named.type(*([f"ip ssh version {configured}"] if configured else []), f"{MAKE} modulus {bits}")
    assert spoken(named.router) == version
    assert logged(named) == ([f"%SSH-5-ENABLED: SSH {version} has been enabled"] if version else [])
    named.type("do show ip ssh")
    named.sees(f"SSH Enabled - version {version}\n" if version else "SSH Disabled - version 2.0\n")


def test_another_version_is_not_told_of(named: ConsoleDriver) -> None:
    named.type(f"{MAKE} modulus 768")
    assert len(logged(named)) == 1
    named.type("ip ssh version 2")
    assert len(logged(named)) == 1
    named.type("do show ip ssh").sees("SSH Enabled - version 2.0\n")
    named.type("crypto key zeroize rsa", "yes")
    assert logged(named)[-1] == "%SSH-5-DISABLED: SSH 2.0 has been disabled"


def test_a_key_that_is_replaced_ends_the_server_for_a_while(named: ConsoleDriver) -> None:
    named.type(f"{MAKE} modulus 768")
    logged(named)
    named.type(MAKE, "yes")
    assert logged(named)[1:] == ["%SSH-5-DISABLED: SSH 1.99 has been disabled"]
    named.type("1024")
    assert logged(named)[2:] == ["%SSH-5-ENABLED: SSH 1.99 has been enabled"]


def test_which_key_the_server_shows(named: ConsoleDriver) -> None:
    def shown() -> str | None:
        key = server_key(named.router)
        return None if key is None else key.name

    named.type(f"{MAKE} label B modulus 768", f"{MAKE} label A modulus 768")
    assert shown() == "B"
    named.type(f"{MAKE} modulus 768")
    assert shown() == "R1.lab.test"
    named.type("ip ssh rsa keypair-name A")
    assert shown() == "A"
    named.type("ip ssh rsa keypair-name none")
    assert shown() is None
    assert logged(named)[-1] == "%SSH-5-DISABLED: SSH 1.99 has been disabled"
    named.type("no ip ssh rsa keypair-name")
    assert shown() == "R1.lab.test"
    assert logged(named)[-1] == "%SSH-5-ENABLED: SSH 1.99 has been enabled"


def test_a_key_for_encryption_alone_is_none_for_the_server(named: ConsoleDriver) -> None:
    named.type(f"{MAKE} encryption modulus 1024")
    assert logged(named) == []
    assert spoken(named.router) == ""


def test_the_server_begins_at_a_boot_with_a_saved_key(named: ConsoleDriver) -> None:
    named.type(f"{MAKE} modulus 768", "end", "write").reload()
    assert [entry.text.split(":")[0] for entry in named.router.running.log.entries][-3:] == [
        "%SYS-5-RESTART", "%SNMP-5-COLDSTART", "%SSH-5-ENABLED",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("image", "lines", "made", "typed"),
    [
        ("c880data-universalk9-mz.124-24.T4.bin", ["SSH", "Authentication timeout"], "...[OK]\n\n", ""),
        ("c880data-universalk9-mz.150-1.M4.bin", ["SSH", "Authentication timeout", "Minimum", "IOS Keys"],
         "...\n[OK] (elapsed time was 0 seconds)\n\n", "Key type: RSA KEYS\n"),
        ("c880data-universalk9-mz.154-3.M5.bin",
         ["SSH", "Authentication methods", "Authentication timeout", "Minimum", "IOS Keys"],
         "...\n[OK] (elapsed time was 0 seconds)\n\n", "Key type: RSA KEYS\n"),
        ("c880data-universalk9-mz.155-3.M8.bin",
         ["SSH", "Authentication methods", "Authentication Publickey", "Hostkey", "Encryption", "MAC",
          "Authentication timeout", "Minimum", "IOS Keys"],
         "...\n[OK] (elapsed time was 0 seconds)\n\n", "Key type: RSA KEYS\n"),
    ],
)  # fmt: skip
def test_a_release_has_its_own_lines(image: str, lines: list[str], made: str, typed: str) -> None:
    console = ConsoleDriver(world_of("R1", image=image)).boot()
    console.type(*NAMED, f"{MAKE} label X modulus 512")
    assert made in console.shown
    console.type("do show crypto key mypubkey rsa").sees(f"Key name: X\n{typed} Storage Device")
    console.type("do show ip ssh")
    shown = [line for line in console.shown.splitlines() if " " in line and not line.startswith("ssh-rsa")]
    assert len(shown) == len(lines)
    for line, beginning in zip(shown, lines, strict=True):
        assert line.startswith(beginning)
