"""The command line: exit status, messages, and what is kept between two commands."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from emulator.cli.main import main
from emulator.cli.parser import parser
from emulator.kernel.errors import shortened
from emulator.scenarios.loader import scenario_names


@pytest.fixture
def isrtwin(tmp_path, monkeypatch, capsys):
    """Run the command in process, with a state directory of its own; gives status, output and errors."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        status = main(arguments)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_a_command_prints_its_output_alone(isrtwin):
    assert isrtwin("console", "-c", "show version | include License Level") == (
        0,
        "    License Level: advsecurity   Type: Permanent\n",
        "",
    )


def test_dash_c_alone_means_the_console(isrtwin):
    status, output, _ = isrtwin("-c", "show privilege")
    assert (status, output) == (0, "Current privilege level is 15\n")


def test_a_line_to_type_may_begin_with_a_dash(isrtwin):
    rule = ("banner motd #", "-----", "--", "- keep out", "#")
    lines = ("configure terminal", *rule, "do show running-config | begin banner")
    _, output, _ = isrtwin("console", *(word for line in lines for word in ("-c", line)))
    assert "banner motd ^C\n-----\n--\n- keep out\n^C\n" in output


def test_a_line_that_is_not_understood_is_answered_as_on_the_router(isrtwin):
    status, output, _ = isrtwin("console", "-c", "show jux", "-c", "show ip")
    assert status == 1
    assert output == "            ^\n% Invalid input detected at '^' marker.\n\n% Incomplete command.\n\n"


def test_the_next_line_answers_a_question(isrtwin):
    lines = ["-c", "configure terminal", "-c", "license boot module c880-data level advipservices", "-c", "yes"]
    status, output, _ = isrtwin("console", *lines)
    assert status == 0
    assert output.endswith("% use 'write' command to make license boot config take effect on next boot\n")
    assert "ACCEPT? [yes/no]: yes\n" in output


def test_a_world_is_found_as_it_was_left(isrtwin):
    isrtwin("console", "-c", "configure terminal", "-c", "hostname left")
    isrtwin("bench", "-c", "advance 1h")
    status, output, _ = isrtwin("console", "-c", "show version | include uptime")
    assert (status, output) == (0, "left uptime is 1 hour\n")


def test_fresh_starts_anew(isrtwin):
    isrtwin("console", "-c", "configure terminal", "-c", "hostname left")
    _, output, _ = isrtwin("console", "--fresh", "-c", "show version | include uptime")
    assert output == "Router uptime is 0 minutes\n"


def test_an_unknown_pid(isrtwin):
    status, output, errors = isrtwin("console", "--pid", "CISCO881-K8", "-c", "show clock")
    assert (status, output) == (2, "")
    assert errors == "isrtwin: unknown PID 'CISCO881-K8'. Did you mean CISCO881-K9?\n"


def test_an_unknown_router(isrtwin):
    status, _, errors = isrtwin("console", "R7", "-c", "show clock")
    assert (status, errors) == (2, "isrtwin: unknown router 'R7'. Known: R1\n")


def test_a_router_without_power_has_no_prompt(isrtwin):
    isrtwin("bench", "-c", "status")
    status, _, errors = isrtwin("console", "-c", "show clock")
    assert (status, errors) == (2, "isrtwin: R1 has no power; at the bench: power R1 on\n")


def test_a_console_of_another_speed_is_told(isrtwin):
    isrtwin("console", "-c", "show clock")
    isrtwin("bench", "-c", "baud R1 19200")
    status, _, errors = isrtwin("console", "-c", "show clock")
    told = "isrtwin: the console of R1 has 9600 baud, and its terminal 19200; at the bench: baud R1 9600\n"
    assert (status, errors) == (2, told)


def test_the_bench_stops_at_the_first_refusal(isrtwin):
    status, output, _ = isrtwin("bench", "-c", "order X", "-c", "time")
    assert status == 1
    assert output.startswith("% SKU X cannot be ordered. Known: ")
    assert "It is" not in output


MORE = "% the command is incomplete; type ? for what may follow: "


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("portal register", f"{MORE}a word (Product authorization key)\n"),
        ("  put usb ", f"{MORE}a text (File on this computer)\n"),
        ("pow R1 on off", "             ^\n% 'off' is not understood here. Nothing may follow\n"),
        ("usb remove R1", "% there is no USB stick in R1\n"),
    ],
)
def test_a_line_of_a_bench_script_that_fails_is_named(isrtwin, bad, why):
    status, output, _ = isrtwin("bench", "-c", "time", "-c", bad, "-c", "power R1 on", "-c", "status")
    assert status == 1
    told = f"{why}% line 2 of 4 failed: '{bad.strip()}'; 2 not done\n"
    assert output.endswith(told)
    assert "power" not in output.removesuffix(told)


def test_the_last_line_of_a_bench_script_fails_by_itself(isrtwin):
    status, output, _ = isrtwin("bench", "-c", "portal register")
    assert (status, output) == (1, f"{MORE}a word (Product authorization key)\n")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("65536", "'65536' is not the number of a port"),
        ("9" * 5000, f"'{'9' * 5000}' is not the number of a port"),
        ("-1", "'-1' is not the number of a port"),
        ("x", "'x' is not the number of a port"),
        ("\u0661", "'\u0661' is not the number of a port"),
    ],
)
@pytest.mark.parametrize("option", ["--port-base", "--router-port-base"])
def test_a_port_base_that_cannot_be(isrtwin, capsys, tmp_path, option, text, why):
    with pytest.raises(SystemExit) as ended:
        isrtwin("serve", "--world", "w", f"{option}={text}")
    assert ended.value.code == 2
    told = shortened(f"isrtwin serve: error: argument {option}: {why}")
    assert capsys.readouterr().err.endswith(f"{told}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("option", "count", "last"), [("--port-base", "four", 65532), ("--router-port-base", "six", 65530)]
)
def test_all_ports_behind_a_port_base_are_ports(isrtwin, capsys, option, count, last):
    with pytest.raises(SystemExit) as ended:
        isrtwin("serve", "--world", "w", f"{option}={last + 1}")
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith(f"{count} ports begin at this one, so it is at most {last}\n")


def test_the_last_ports_can_be_had():
    assert parser().parse_args(["serve", "--port-base", "65532"]).port_base == 65532


PORTS = (socket.SOCK_STREAM, socket.SOCK_STREAM, socket.SOCK_STREAM, socket.SOCK_DGRAM)
"""The kinds of the ports from the base on: the portal's, call home's, and those of the files by HTTP and TFTP."""


@contextmanager
def taken(beside: int) -> Iterator[int]:
    """A port base of which one port is taken, and the others are free."""
    while True:
        with held(PORTS[beside], 0) as one:
            base: int = one.getsockname()[1] - beside
            others = [number for number in range(len(PORTS)) if number != beside]
            if 1024 < base < 65533 and all(_is_free(PORTS[number], base + number) for number in others):
                yield base
                return


@contextmanager
def held(kind: socket.SocketKind, port: int) -> Iterator[socket.socket]:
    """A socket that has a port, and listens where that kind does."""
    with socket.socket(socket.AF_INET, kind) as one:
        one.bind(("127.0.0.1", port))
        if kind is socket.SOCK_STREAM:
            one.listen()
        yield one


def _is_free(kind: socket.SocketKind, port: int) -> bool:
    try:
        with held(kind, port):
            return True
    except OSError:
        return False


@pytest.mark.parametrize("beside", range(len(PORTS)))
def test_a_port_that_is_taken_is_named_and_leaves_nothing_behind(isrtwin, tmp_path, beside):
    with taken(beside) as base:
        status, output, errors = isrtwin("serve", "--world", "w", "--port-base", str(base))
    assert (status, output) == (2, "")
    what = "TFTP " if PORTS[beside] is socket.SOCK_DGRAM else ""
    assert errors == f"isrtwin: cannot serve {what}at 127.0.0.1 port {base + beside}: Address already in use\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.heavy
def test_a_port_that_is_taken_leaves_the_old_world_where_it_is(isrtwin, tmp_path):
    _, ordered, _ = isrtwin("bench", "--world", "w", "-c", "rack R2 CISCO881-K9", "-c", "order L-880-AIS=")
    number = re.findall(r"sales order (\d+)", ordered)[-1]
    before = (tmp_path / "w" / "world.json").read_bytes()
    with taken(1) as base:
        status, _, _ = isrtwin("serve", "--world", "w", "--fresh", "--port-base", str(base))
    assert status == 2
    assert (tmp_path / "w" / "world.json").read_bytes() == before
    status, output, _ = isrtwin("bench", "--world", "w", "-c", "mail")
    assert status == 0
    assert f"sales order {number}" in output


def test_a_world_of_a_newer_version_is_left_alone(isrtwin, tmp_path):
    world = tmp_path / "world"
    world.mkdir()
    saved = '{"format": 99, "something": "new"}'
    (world / "world.json").write_text(saved)
    status, _, errors = isrtwin("console", "--world", "world", "-c", "show clock")
    assert status == 2
    assert errors == (
        "isrtwin: world/world.json:format: this world was saved by a newer isrtwin (format 99, this one reads up to 3);"
        " use that version, or another directory with --world\n"
    )
    assert (world / "world.json").read_text() == saved


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"format": 1}', '{"format": "x"}', '{"format": 1, "name": 7}'])
def test_a_damaged_world_is_told_and_left_alone(isrtwin, tmp_path, damaged):
    world = tmp_path / "world"
    world.mkdir()
    (world / "world.json").write_text(damaged)
    status, _, errors = isrtwin("bench", "--world", "world", "-c", "status")
    assert status == 2
    assert errors.startswith("isrtwin: world/world.json: is damaged: ")
    assert errors.endswith("; put a copy back, or start anew with --fresh\n")
    assert (world / "world.json").read_text() == damaged


def test_a_world_that_is_a_file(isrtwin, tmp_path):
    (tmp_path / "file").write_text("")
    status, _, errors = isrtwin("bench", "--world", "file", "-c", "status")
    assert (status, errors) == (2, "isrtwin: cannot use file as a world directory: it is a file\n")


def test_a_world_has_one_holder(isrtwin, tmp_path):
    program = (
        "import sys; from pathlib import Path; from emulator.world.directory import WorldDirectory\n"
        "with WorldDirectory(Path('world')): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        status, _, errors = isrtwin("bench", "--world", "world", "-c", "status")
        assert holder.stdin is not None
        holder.stdin.close()
    assert status == 2
    assert errors == f"isrtwin: the world in world is held by another isrtwin (process {holder.pid})\n"
    assert isrtwin("bench", "--world", "world", "-c", "time")[0] == 0


@pytest.mark.heavy
def test_a_killed_holder_leaves_the_world_usable(tmp_path):
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "emulator", "bench", "-c", "time"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    program = (
        "import os, signal; from pathlib import Path; from emulator.world.directory import WorldDirectory\n"
        f"with WorldDirectory(Path({str(tmp_path / 'isrtwin/worlds/default')!r})): os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -9
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def test_an_unknown_scenario(isrtwin):
    status, _, errors = isrtwin("run", "rmaa")
    assert (status, errors) == (2, "isrtwin: unknown scenario 'rmaa'. Did you mean rma?\n")


def test_run_without_a_name(isrtwin):
    status, _, errors = isrtwin("run")
    assert status == 2
    assert errors == f"isrtwin: which scenario? Known: {', '.join(scenario_names())}; or --all\n"


def test_a_failed_replay_is_told(isrtwin, tmp_path):
    (tmp_path / "mine.yaml").write_text(
        "title: t\nteaches: {question: q, lesson: l}\nrouters: {}\nsteps:\n  - bench: time\n    sees: Sunday\n"
    )
    status, output, _ = isrtwin("run", "mine.yaml")
    assert status == 1
    assert output.endswith(
        "mine.yaml: FAILED at mine.yaml:5, step 1, Mon 2010-03-01 09:00:00 UTC\nbench: time\n"
        "expected to see: Sunday\ncame: It is Mon 2010-03-01 09:00:00 UTC\n"
        "with --keep-world DIR the world is kept as it is here; --quiet leaves the transcript out\n"
    )


def test_a_replay_that_departs_from_its_transcript_is_told(isrtwin, tmp_path):
    (tmp_path / "scenario.yaml").write_text(
        "title: t\nteaches: {question: q, lesson: l}\nrouters: {}\nsteps:\n  - bench: time\n"
    )
    assert isrtwin("run", "scenario.yaml", "--transcript", "transcript.txt")[0] == 0
    assert isrtwin("run", "scenario.yaml")[0] == 0
    transcript = tmp_path / "transcript.txt"
    transcript.write_text(transcript.read_text().replace("09:00:00 UTC\n", "09:00:01 UTC\n"))
    status, output, _ = isrtwin("run", "scenario.yaml")
    assert status == 1
    assert "scenario.yaml: FAILED transcript.txt: another transcript was recorded\n" in output
    assert "-## 1  Mon 2010-03-01 09:00:01 UTC\n+## 1  Mon 2010-03-01 09:00:00 UTC\n" in output


def test_validate_knows_a_world_file(isrtwin, tmp_path):
    (tmp_path / "lab.yaml").write_text("name: lab\nrouters:\n  R1: {}\n  R2: {pid: CISCO881-K8}\n")
    status, _, errors = isrtwin("validate", "lab.yaml")
    assert status == 2
    assert "lab.yaml:4: routers.R2.pid: unknown PID 'CISCO881-K8'. Did you mean" in errors
    (tmp_path / "lab.yaml").write_text("name: lab\nrouters:\n  R1: {}\n")
    assert isrtwin("validate", "lab.yaml")[:2] == (0, "lab.yaml: ok, 1 routers\n")


def test_validate_knows_a_runbook(isrtwin, tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Page\n\n```console\n$ isrtwin list pids\n...\n```\n")
    assert isrtwin("validate", "page.md")[:2] == (0, "page.md: ok, 1 command to run\n")
    page.write_text("# Page\n")
    status, _, errors = isrtwin("validate", "page.md")
    assert (status, errors.partition(", ")[0]) == (2, "isrtwin: page.md:1: is neither a lab")


def test_validate_tells_of_every_file(isrtwin, tmp_path):
    (tmp_path / "bad.yaml").write_text("title: 1\n")
    status, output, errors = isrtwin("validate", "rma", "bad.yaml", "nowhere")
    assert status == 2
    assert output == "rma: ok, 33 steps\n"
    assert errors.splitlines()[0].startswith("isrtwin: bad.yaml:1: ")
    assert errors.splitlines()[-1].startswith("isrtwin: unknown scenario 'nowhere'.")


@pytest.mark.heavy
@pytest.mark.parametrize("topic", ["pids", "images", "skus", "features", "scenarios", "commands", "messages"])
def test_every_list_is_a_table_and_json(isrtwin, topic):
    status, shown, _ = isrtwin("list", topic)
    assert status == 0
    rows = json.loads(isrtwin("list", topic, "--json")[1])
    assert len(rows) == len(shown.splitlines()) > 0
    if topic != "scenarios":
        assert {row["basis"] for row in rows} <= {"C", "R", "I"}


def test_options_come_from_the_environment_too(isrtwin, monkeypatch):
    monkeypatch.setenv("ISRTWIN_WORLD", "elsewhere")
    isrtwin("bench", "-c", "time")
    assert os.path.exists("elsewhere/world.json")  # noqa: PTH110


def test_bad_use_has_status_2(isrtwin):
    with pytest.raises(SystemExit) as leaving:
        isrtwin("list", "nonsense")
    assert leaving.value.code == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("run", "rma", "--quite"), "unrecognized arguments: --quite. Did you mean --quiet?"),
        (("run", "rma", "--keepworld=x"), "unrecognized arguments: --keepworld=x. Did you mean --keep-world?"),
        (("world", "list", "--fresh"), "unrecognized arguments: --fresh\n"),
        (("wrld", "list"), "invalid choice: 'wrld'. Did you mean world?"),
        (("world", "bisekt", "x"), "invalid choice: 'bisekt'. Did you mean bisect?"),
        (("list", "pid"), "invalid choice: 'pid'. Did you mean pids?"),
    ],
)
def test_the_nearest_right_word_of_the_command_line_is_told(isrtwin, capsys, words, told):
    with pytest.raises(SystemExit):
        isrtwin(*words)
    assert told in capsys.readouterr().err


def test_a_predicate_needs_no_quotes(isrtwin):
    assert isrtwin("world", "list")[1].startswith("there is no world yet; ")
    assert isrtwin("bench", "-c", "power R1 on", "-c", "advance 10m", "-c", "power R1 off")[0] == 0
    assert isrtwin("world", "bisect", "level", "R1", "advsecurity")[1].startswith("no longer so after input 3, ")
    assert isrtwin("world", "bisect", "all { phase R1 running }")[1].startswith("no longer so after input 3, ")


def test_a_visit_to_the_past_keeps_nothing_but_a_fork(isrtwin):
    isrtwin("bench", "-c", "power R1 on", "-c", "advance 2d")
    status, told, _ = isrtwin("bench", "--at", "2010-03-02T10:00", "-c", "snapshot early")
    assert (status, told) == (
        1,
        "% nothing is kept of a visit to the past; `fork early` makes a world of its own of it\n",
    )
    status, told, _ = isrtwin("bench", "--at", "2010-03-02T10:00", "-c", "undo")
    assert (status, told) == (1, "% nothing was done since this visit to the past began\n")
    assert isrtwin("bench", "--at", "2010-03-02T10:00", "-c", "fork early")[0] == 0
    assert isrtwin("world", "diff", "early")[1].startswith("time: Tue 2010-03-02 10:00:00 UTC, then Wed 2010-03-03")
    for face in ("console", "bench", "serve"):
        status, _, errors = isrtwin(face, "--at", "2010-03-02T10:00", "--fresh")
        assert (status, "use one of them" in errors) == (2, True)


def test_lines_of_a_script_need_no_log_in(isrtwin):
    typed = ["configure terminal", "line con 0", "login", "password x", "end", "write"]
    assert isrtwin("console", *(word for line in typed for word in ("-c", line)))[0] == 0
    status, output, _ = isrtwin("console", "-c", "show privilege")
    assert (status, output) == (0, "Current privilege level is 15\n")
