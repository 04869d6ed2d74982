"""The program in a real terminal."""

import os
import sys

import pexpect
import pytest

pytestmark = pytest.mark.terminal


def spawn(*arguments: str, term: str = "xterm") -> "pexpect.spawn[bytes]":
    return pexpect.spawn(
        sys.executable,
        ["-m", "tests.unit.transports.terminal.terminal_driver", *arguments],
        env={**os.environ, "TERM": term},
        encoding="utf-8",
        timeout=20,
        dimensions=(40, 120),
    )


def test_from_the_bench_to_show_version():
    child = spawn("max", "bench", "plain")
    child.expect("bench>")
    child.send("power R1 on\rconsole R1\r")
    child.expect(r"\[yes/no\]: ")
    child.send("no\r")
    child.expect("RETURN")
    child.send("\r")
    child.expect("Router>")
    child.send("enable\r")
    child.expect("Router#")
    child.send("show version\r")
    child.expect(" --More-- ")
    child.send(" ")
    child.expect("License UDI")
    child.expect(" --More-- ")
    child.send("q")
    child.expect("Router#")
    child.send("\x1ex")
    child.expect("bench>")
    child.send("\x04")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_a_terminal_without_cursor_control():
    child = spawn("max", "bench", term="dumb")
    child.expect_exact("bench>")
    child.send("power R1 on\rconsole R1\r")
    child.expect_exact("[yes/no]: ")
    child.send("no\r")
    child.expect_exact("RETURN")
    child.send("\r")
    child.expect_exact("Router>")
    child.send("enable\r")
    child.expect_exact("Router#")
    child.send("show ver?")
    child.expect_exact("version\r\n\r\nRouter#show ver")
    child.send("\r")
    child.expect_exact(" --More-- ")
    child.send("\x03")
    child.expect_exact("Router#")
    child.send("\x1ex")
    child.expect_exact("bench>")
    child.send("\x04")
    child.expect_exact(pexpect.EOF)
    assert "\x1b" not in str(child.before)
    child.close()
    assert child.exitstatus == 0


def test_a_boot_is_warped_and_the_line_below_shows_the_license():
    child = spawn("", "R1")
    child.expect("System Bootstrap")
    child.expect(r"\[yes/no\]: ", timeout=8)
    child.expect("R1 advsecurity")
    child.close(force=True)


def test_asked_to_end_it_ends_well():
    child = spawn("1", "R1")
    child.expect("System Bootstrap")
    child.kill(15)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
