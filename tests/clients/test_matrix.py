"""The document of the clients tells of the clients that are run, each at a router that is there."""

import re
from pathlib import Path

from ruamel.yaml import YAML

from tests.clients.matrix.__main__ import DOCUMENT
from tests.clients.matrix.runs import RUNS
from tests.clients.matrix.served import WORLD

ENVIRONMENTS = Path(__file__).with_name("environments")


def test_every_run_has_its_router_its_environment_and_its_module():
    assert set(RUNS) == set(YAML(typ="safe").load(WORLD)["routers"])
    for run in (run for runs in RUNS.values() for run in runs):
        assert (ENVIRONMENTS / f"{run.environment}.txt").is_file()
        assert WORLD.with_name(f"{run.module}.py").is_file()


def test_the_document_has_every_client_and_all_have_passed():
    _, *rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| ([^|]+) \| (\w+) \|$", DOCUMENT.read_text(), re.MULTILINE)
    assert {client for client, *_ in rows} == {run.client for runs in RUNS.values() for run in runs}
    assert {verdict for *_, verdict in rows} == {"passed"}
    upgraded = {client for client, did, _ in rows if did.startswith("upgrade")}
    assert len(upgraded) == sum(run.act == "upgrade" for runs in RUNS.values() for run in runs)
