"""The grammar of `isrtwin lab`: its acts and their options."""

import argparse
from pathlib import Path

from emulator.cli.options import REDRAW, of_world
from emulator.cli.values import default, limit, seed, seeds, switch


def add_lab_acts(lab: argparse.ArgumentParser) -> None:
    """Add the acts of a lab."""
    acts = lab.add_subparsers(title="acts", dest="act", required=True, metavar="ACT")

    def act(name: str, text: str, *, of_lab: bool = True) -> argparse.ArgumentParser:
        command = acts.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        if of_lab:
            command.add_argument("name", metavar="NAME", help="lab by name, or its page")
            of_world(command, "world directory of the lab (default: one for each lab)")
        return command

    def sure(command: argparse.ArgumentParser) -> None:
        command.add_argument("--yes", action="store_true", help="do not ask for confirmation")

    act("list", "list the labs in the order of the course", of_lab=False)
    start = act("start", "start or continue a lab, at its bench")
    start.add_argument(
        "--seed", type=seed, metavar="N", help="seed from which names and numbers are derived (default: 1)"
    )
    start.add_argument(
        "--exam", action="store_true", help="without hints, solutions and points until it is over, with a time limit"
    )
    start.add_argument(
        "--limit", type=limit, metavar="TIME", help="time limit of an exam (default: the minutes of the lab)"
    )
    start.add_argument(
        "--timer", choices=("real", "simulated"), default="real", help="clock of the timer (default: real)"
    )
    start.add_argument(
        "--pace", default=default("pace") or "", help="simulated seconds per real second, `warp` or `max`"
    )
    start.add_argument("--plain", action="store_true", default=switch("plain"), help="no status line")
    start.add_argument("--redraw", action="store_true", default=switch("redraw"), help=REDRAW)
    start.add_argument(
        "-c",
        dest="lines",
        action="append",
        metavar="LINE",
        help="type this line at the bench and leave; can be repeated",
    )
    act("text", "show a lab that was started")
    act("task", "show the present task and your progress")
    act("check", "check your work")
    sure(act("hint", "show the next hint for the present task; asks first where it costs points"))
    sure(act("solve", "show a solution of the present task, which then earns no more points"))
    answer = act("answer", "answer a question of a task")
    answer.add_argument("question", metavar="QUESTION", help="name of the question")
    answer.add_argument("text", nargs="+", metavar="TEXT", help="answer")
    act("pause", "stop the timer; `start` continues")
    back = act("back", "go back to a checkpoint; asks first where it costs points")
    back.add_argument("checkpoint", metavar="CHECKPOINT", help="start, task-1, ...")
    sure(back)
    act("result", "show the points and what happened").add_argument("--json", action="store_true", help="print as JSON")
    sure(act("finish", "hand in an exam"))
    sure(act("reset", "delete the world of a lab and your results"))
    paper = act("paper", "print the tasks of a lab as Markdown for one seed", of_lab=False)
    paper.add_argument("name", metavar="NAME", help="lab by name, or its page")
    paper.add_argument(
        "--seed", type=seed, metavar="N", help="seed from which names and numbers are derived (default: 1)"
    )
    paper.add_argument("--answers", action="store_true", help="print the teacher's answer sheet instead")
    verify = act("verify", "verify the signed results of exams and classes", of_lab=False)
    verify.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="signed result: from `lab result NAME --json`, or from a page of a class",
    )
    verify.add_argument(
        "--key", metavar="KEY", help="fingerprint of the key: shown when the exam began, or on the page Learners"
    )
    certify = act("certify", "prove that labs are fair by playing them in every way", of_lab=False)
    certify.add_argument("names", nargs="*", metavar="NAME", help="lab by name, or its page")
    certify.add_argument("--all", action="store_true", help="every lab that ships")
    certify.add_argument("--seeds", type=seeds, default=5, metavar="N", help="number of seeds (default: 5)")
