"""Writing a recorded session as a scenario file, once it is known to replay."""

from io import StringIO
from pathlib import Path

from emulator.kernel.errors import Refused
from emulator.runtime.presenting import write_file
from emulator.runtime.recorded.script import SessionScript
from emulator.runtime.recorded.session import held_session
from emulator.runtime.scenario_runs import planned, play
from emulator.world.directory import WorldDirectory

ENDINGS = (".yaml", ".yml")
WIDTH = 118
TITLE = "A recorded session"


def record(directory: WorldDirectory, target: Path, title: str) -> str:
    """Write the session of a world as a scenario, and play it; says what was written.

    Raises:
        Refused: there is a file already, the session cannot be recorded, or its scenario does not replay, which is
            told with the step where it departs.
    """
    if target.suffix not in ENDINGS:
        raise Refused(f"{target} is not the name of a scenario file; end it with {ENDINGS[0]}")
    if target.exists():
        raise Refused(f"there is a file {target} already")
    session = held_session(directory)
    if not session.turns:
        raise Refused("nothing has been typed in this world since its history began")
    write_file(target, _yaml(SessionScript(session).write(title)))
    run = planned([str(target)], {})[0]
    outcome = play(run)
    if outcome.step is not None:
        raise Refused(f"the scenario is in {target}, and departs from the session\n{outcome.story}")
    return f"{target}: {outcome.steps} steps, which replay; say in its lesson what it shows"


def _yaml(data: dict[str, object]) -> str:
    from ruamel.yaml import YAML

    writer, text = YAML(typ="safe", pure=True), StringIO()
    writer.default_flow_style, writer.sort_base_mapping_type_on_output = None, False  # type: ignore[assignment]
    writer.width, writer.allow_unicode = WIDTH, True
    writer.dump(data, text)
    return text.getvalue()
