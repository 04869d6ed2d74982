"""JSON Schema of a lab: its front matter, and below `$defs` that of each fenced block, named as the block is."""

from typing import Any

from emulator.kernel.schema import json_schema
from emulator.labs.model import Front, TaskBlock, WrongBlock


def lab_schema() -> dict[str, Any]:
    """The schema of a lab's front matter and blocks."""
    schema = json_schema(Front, "isrtwin lab: front matter")
    for name, record in (("task", TaskBlock), ("wrong", WrongBlock)):
        block = json_schema(record, f"isrtwin lab: block `{name}`")
        schema["$defs"] |= block["$defs"]
        schema["$defs"][name] = {"$ref": block["$ref"]}
    schema["$defs"]["solve"] = {"type": "array", "items": {"$ref": "#/$defs/Step"}}
    return schema
