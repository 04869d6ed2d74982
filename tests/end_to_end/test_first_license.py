"""The way from a router without power to a permanent advipservices license, typed in a real terminal."""

import re
import sys

import pexpect
import pytest

pytestmark = pytest.mark.terminal

LEAVE = "\x1ex"


class Terminal:
    """A person at the program: waits for what is asked and types the answer."""

    def __init__(self, world):
        arguments = ["-m", "emulator", "bench", "--world", str(world), "--plain", "--pace", "max"]
        self._child = pexpect.spawn(sys.executable, arguments, encoding="utf-8", timeout=30, dimensions=(50, 160))

    def answers(self, asked, typed, end="\r"):
        self._child.expect_exact(asked)
        self._child.send(typed + end)

    def sees(self, pattern):
        self._child.expect(pattern)
        return self._child.match

    def leaves(self):
        self._child.expect_exact("bench>")
        self._child.send("\x04")
        self._child.expect(pexpect.EOF)
        self._child.close()
        return self._child.exitstatus


def test_a_router_is_upgraded_from_power_on_to_its_license(tmp_path):
    terminal = Terminal(tmp_path / "world")
    terminal.answers("bench>", "power R1 on")
    terminal.answers("bench>", "console R1")
    terminal.answers("initial configuration dialog? [yes/no]: ", "no")
    terminal.answers("Press RETURN to get started!", "")
    terminal.answers("Router>", "enable")
    terminal.answers("Router#", "show version | include License Level")
    terminal.sees("License Level: advsecurity   Type: Permanent")
    terminal.answers("Router#", LEAVE, end="")

    terminal.answers("bench>", "order L-880-AIS=")
    terminal.answers("bench>", "mail 1")
    pak = terminal.sees(r"\(PAK\): (\w+)")[1]
    terminal.answers("bench>", f"portal register {pak} R1")
    terminal.sees("mail 2: License file")
    terminal.answers("bench>", "mail save 2 usb")
    file = terminal.sees(r"(FTX\w+\.lic) saved to usb")[1]
    terminal.answers("bench>", "usb insert R1")

    terminal.answers("bench>", "console R1")
    terminal.answers("Router#", f"copy usbflash0:{file} flash:")
    terminal.answers("Destination filename", "")
    terminal.sees("bytes copied in")
    terminal.answers("Router#", f"license install flash:{file}")
    terminal.sees("1/1 licenses were successfully installed")
    terminal.answers("Router#", "write memory")
    terminal.answers("Router#", "reload")
    terminal.answers("Proceed with reload? [confirm]", "")
    terminal.answers("Press RETURN to get started!", "")
    terminal.answers("Router>", "enable")
    terminal.answers("Router#", "terminal length 0")
    terminal.answers("Router#", "show version")
    shown = terminal.sees(re.compile("License Level: advipservices   Type: Permanent"))
    assert shown
    terminal.answers("Router#", LEAVE, end="")
    assert terminal.leaves() == 0
