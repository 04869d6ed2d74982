"""Two labs played in a real terminal, from the start to the last grade, with a second terminal beside."""

import json
import subprocess
import sys

import pexpect
import pytest

pytestmark = pytest.mark.terminal

LEAVE = "\x1ex"


class Learner:
    """A person in a lab: waits for what is asked and types the answer."""

    def __init__(self, name, world):
        self._name, self._world = name, str(world)
        arguments = ["-m", "emulator", "lab", "start", name, "--world", self._world, "--plain", "--pace", "max"]
        self._child = pexpect.spawn(sys.executable, arguments, encoding="utf-8", timeout=60, dimensions=(60, 160))

    def answers(self, asked, typed, end="\r"):
        self._child.expect_exact(asked)
        self._child.send(typed + end)

    def sees(self, pattern):
        self._child.expect(pattern)
        return self._child.match

    def beside(self, *words):
        """Type a command of the lab in a second terminal, while the first one stands in it."""
        command = [sys.executable, "-m", "emulator", "lab", words[0], self._name, *words[1:], "--world", self._world]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        return done.stdout + done.stderr

    def leaves(self):
        self._child.expect_exact("bench>")
        self._child.send("\x04")
        self._child.expect(pexpect.EOF)
        self._child.close()
        return self._child.exitstatus


def test_the_first_lab_from_its_start_to_the_last_grade(tmp_path):
    learner = Learner("first-boot", tmp_path / "world")
    host = learner.sees(r"R1 is called `(\w+)`, and its Vlan1")[1]
    address = learner.sees(r"192\.0\.2\.(\d+) with the")[1]
    learner.answers("bench>", "power R1 on")
    learner.answers("bench>", "console R1")
    learner.answers("initial configuration dialog? [yes/no]: ", "no")
    learner.answers("Press RETURN to get started!", "")
    learner.answers("Router>", "enable")
    learner.answers("Router#", "show inventory")
    product, serial = learner.sees(r"PID: (\S+) +, VID: \S+ , SN: (\w+)").groups()
    learner.answers("Router#", "configure terminal")
    learner.answers("Router(config)#", f"hostname {host}")
    learner.answers(f"{host}(config)#", "interface Vlan1")
    learner.answers(f"{host}(config-if)#", f"ip address 192.0.2.{address} 255.255.255.0")
    learner.answers(f"{host}(config-if)#", "end")
    assert "PRODUCT has not been answered" in learner.beside("check")
    learner.answers(f"{host}#", LEAVE, end="")
    learner.answers("bench>", f"lab answer PRODUCT {product}")
    learner.answers("bench>", f"lab answer SERIAL {serial}")
    learner.answers("bench>", "lab check")
    learner.sees("What is not saved is gone at the next boot")
    learner.sees("task 2 of 3, 30 of 100 points")
    learner.answers("bench>", "lab hint")
    learner.sees("What does `reload` ask before it begins")
    learner.answers("bench>", "console R1")
    learner.answers(f"{host}#", "write memory")
    learner.answers(f"{host}#", "show version | include evel")
    level, following = (
        learner.sees(pattern)[1] for pattern in (r"License Level: (\w+)", r"reboot license Level: (\w+)")
    )
    learner.answers(f"{host}#", LEAVE, end="")
    assert learner.beside("answer", "LEVEL", level) == f"answered: LEVEL is {level}\n"
    assert learner.beside("answer", "NEXT", following) == f"answered: NEXT is {following}\n"
    assert "all tasks are done, 100 of 100 points" in learner.beside("check")
    learner.answers("bench>", "lab result")
    learner.sees("The lab is mastered")
    assert learner.leaves() == 0
    assert json.loads(learner.beside("result", "--json"))["points"] == 100


def test_from_order_to_level_with_a_wrong_way_and_a_way_back(tmp_path):
    learner = Learner("from-order-to-level", tmp_path / "world")
    prompt = learner.sees(r"R1 is a (\S+) called `(\w+)`,")[2]
    learner.answers("bench>", "mail 1")
    pak = learner.sees(r"\(PAK\): (\w+)")[1]
    learner.answers("bench>", f"portal register {pak} CISCO888-K9:FTX1432AAAA")
    learner.answers("bench>", "lab check")
    learner.sees("accepts any well-formed serial number")
    learner.answers("bench>", "lab back start")
    learner.answers("Going back costs 10 % of the 40 points that are open in this task. Go back? [y/N] ", "y")
    learner.sees("the world is as in snapshot start")
    learner.answers("bench>", f"portal register {pak} R1")
    learner.answers("bench>", "mail save 2 usb")
    file = learner.sees(r"(FTX\w+\.lic) saved to usb")[1]
    learner.answers("bench>", "usb insert R1")
    learner.answers("bench>", "console R1")
    learner.sees("press RETURN")
    learner.answers("", "")
    learner.answers(f"{prompt}>", "enable")
    learner.answers(f"{prompt}#", f"license install usbflash0:{file}")
    learner.sees("1/1 licenses were successfully installed")
    learner.answers(f"{prompt}#", "reload")
    learner.answers("[confirm]", "")
    learner.answers("Press RETURN to get started!", "")
    learner.answers(f"{prompt}>", "enable")
    learner.answers(f"{prompt}#", "copy usbflash0:site.cfg running-config")
    learner.answers("Destination filename", "")
    learner.answers(f"{prompt}#", "write memory")
    learner.answers(f"{prompt}#", LEAVE, end="")
    learner.answers("bench>", "lab check")
    learner.sees("all tasks are done, 97 of 100 points")
    learner.answers("bench>", "lab result")
    learner.sees("The lab is mastered")
    assert learner.leaves() == 0
