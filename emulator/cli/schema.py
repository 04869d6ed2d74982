"""`isrtwin schema`: JSON Schema of the files that users write, for their editors."""

import json
from argparse import Namespace
from collections.abc import Callable
from typing import Any

from emulator.cli.output import say
from emulator.kernel.schema import json_schema
from emulator.labs.class_file import ClassFile
from emulator.labs.schema import lab_schema
from emulator.scenarios.schema import scenario_schema
from emulator.world.recipe import WorldRecipe

SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "scenario": scenario_schema,
    "lab": lab_schema,
    "world": lambda: json_schema(WorldRecipe, "isrtwin world"),
    "class": lambda: json_schema(ClassFile, "isrtwin class"),
}
"""Makers of the schemas by the kind of file."""


def run(options: Namespace) -> int:
    """Print one schema as JSON."""
    say(json.dumps(SCHEMAS[options.kind](), indent=2))
    return 0
