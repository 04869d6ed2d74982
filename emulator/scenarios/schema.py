"""JSON Schema of a scenario file: its record, and beside a step what takes in those of another file."""

from typing import Any

from emulator.kernel.schema import json_schema
from emulator.scenarios.model import Scenario

INCLUDE = {
    "title": "Include",
    "description": "Takes in the steps of another file, whose path counts from this one.",
    "type": "object",
    "properties": {"include": {"type": "string"}, "note": {"type": "string"}},
    "required": ["include"],
    "additionalProperties": False,
}


def scenario_schema() -> dict[str, Any]:
    """The schema of a scenario file."""
    schema = json_schema(Scenario, "isrtwin scenario")
    steps = schema["$defs"]["Scenario"]["properties"]["steps"]
    steps["items"] = {"anyOf": [steps["items"], {"$ref": "#/$defs/Include"}]}
    schema["$defs"]["Include"] = INCLUDE
    return schema
