"""`isrtwin validate`: say whether files are right, and everything that is wrong with them.

They are scenarios, labs, runbooks, worlds, classes, platforms and images; without a file it is everything that ships
with the product.
"""

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from emulator.cli.output import complain, say
from emulator.cli.runbook import read_page
from emulator.kernel.errors import DataFileError, EmulatorError
from emulator.kernel.yamlfile import read_tree
from emulator.labs.class_file import read_class
from emulator.labs.loader import open_lab
from emulator.scenarios.loader import Mistakes, find_scenario, load

OF_A_SCENARIO = frozenset({"steps", "title", "teaches"})
"""Keys that tell a scenario from a world, which has routers as well."""

OF_A_CLASS = "labs"
"""Key that tells a class from scenarios and worlds."""

PAGE, FRONT_MATTER = ".md", "---"
"""End of the name of a lab or a runbook, and the first line of a lab."""


def run(options: Namespace) -> int:
    """Check each file; all complaints are told before leaving."""
    if not options.files:
        return _product()
    status = 0
    for name in options.files:
        try:
            say(_validated(name))
        except EmulatorError as error:
            status = _told(error.found if isinstance(error, Mistakes) else (error,))
    return status


def _product() -> int:
    from emulator.runtime.product_files import product_problems

    status = _told(product_problems())
    if status == 0:
        say("the data files that ship: ok")
    return status


def _told(errors: Iterable[EmulatorError]) -> int:
    """Print complaints, each once: a file that several read is wrong for all of them; the status to leave with."""
    status = 0
    for text in dict.fromkeys(map(str, errors)):
        complain(f"isrtwin: {text}")
        status = 2
    return status


def _validated(name: str) -> str:
    """The line that is printed of a file that is right.

    Raises:
        EmulatorError: it is wrong.
    """
    if name.endswith(".toml"):
        return f"{name}: ok, {_product_file(Path(name))}"
    if name.endswith(PAGE):
        return f"{name}: ok, {_page(Path(name))}"
    path = find_scenario(name)
    tree = read_tree(path)
    data = tree.data
    if isinstance(data, dict) and OF_A_CLASS in data:
        plan = read_class(path)
        return f"{name}: ok, {_counted(len(plan.learners), 'learner')}, {_counted(len(plan.labs), 'lab')}"
    if isinstance(data, dict) and OF_A_SCENARIO.isdisjoint(data):
        from emulator.runtime.world_file import wrong_in_world

        if found := tuple(wrong_in_world(tree)):
            raise Mistakes(found)
        return f"{name}: ok, {len(data.get('routers') or {})} routers"
    scenario = load(name, path)
    many = f", {len(scenario.variants)} variants" if len(scenario.variants) > 1 else ""
    return f"{name}: ok, {len(scenario.places)} steps{many}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _page(file: Path) -> str:
    """Description of a page in Markdown that is right: a lab, or a runbook."""
    text = read_page(file)
    if text.startswith(FRONT_MATTER):
        opened = open_lab(file)
        return f"{_counted(len(opened.lab.tasks), 'task')}, {_counted(opened.lab.many_ways, 'solution')}"
    from emulator.runtime.runbooks.page import PROGRAM, PROMPT, RUN, read_runbook

    if f"```{RUN}" not in text:
        lab = f"a lab, which begins with its front matter between two lines '{FRONT_MATTER}'"
        runbook = f"a runbook, which has a block ```{RUN} with a line '{PROMPT}{PROGRAM} …'"
        raise DataFileError(str(file), 1, f"is neither {lab}, nor {runbook}")
    commands = sum(len(block.commands) for block in read_runbook(str(file), text).blocks)
    return f"{_counted(commands, 'command')} to run"


def _product_file(file: Path) -> str:
    from emulator.runtime.product_files import problems_of

    what, found = problems_of(file)
    if wrong := tuple(found):
        raise Mistakes(wrong)
    return what
