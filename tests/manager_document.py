"""The page about the license manager for programs: every call, and what the calls of the first such API are here."""

from collections.abc import Iterator

import msgspec

from emulator.manager.api.call import ManagerCall
from emulator.manager.api.reference import CLM_CALLS
from emulator.manager.api.table import SUBJECTS

INTRODUCTION = """\
`isrtwin manager serve` serves programs over HTTPS and runs the jobs of the [license manager](manager.md). A program
shows a token of one of its users, which `isrtwin manager token make USER NAME` prints once, and does what the role of
that user allows.

```sh
isrtwin manager user keep ann LicenseMgr
isrtwin manager token make ann laptop
isrtwin manager serve
curl --cacert MANAGER/tls/ca.pem -H "Authorization: Bearer $TOKEN" https://127.0.0.1:8444/api/v1/devices
```

The interface describes itself at `/api/v1/openapi.json` (OpenAPI 3.1). Inputs that are not part of the path are taken
from the query (GET, DELETE) or from a body in JSON (POST). An error is `{"error", "message", "field"}`. Moments are ISO
8601 in UTC.

## Jobs

What reaches a device or the portal is a job. The call answers at once with its number (202), and the job begins when
a process of the manager runs jobs; `due` is the moment before which it does not. Its outcome for each device is kept
as it comes. A job is paused, resumed, killed, commented, tried again for what failed, and deleted; a schedule makes
one again and again. Where the process ends, by a signal, a crash or a power cut, the next one goes on with what has
no outcome yet: at once where it has the same folder, and otherwise when the lease of 15 s has run out. What was under
way then is done again, and asks the device or the portal first: no license is installed, issued or debited twice.

## In Python

`emulator.sdk` has two clients, `ManagerClient` and `AsyncManagerClient`. A call is an object that knows the types of
its inputs and of its answer:

```python
from emulator.manager.api import jobs
from emulator.manager.jobs.arguments import DeployJob
from emulator.sdk import ManagerClient

with ManagerClient("https://127.0.0.1:8444/", token, ca="MANAGER/tls/ca.pem") as manager:
    job = manager.call(jobs.DEPLOY, DeployJob(pak="D4Y22SMARGQ", udis=("CISCO881-K9:FTX1412GKZZ",)))
    print(manager.wait(job, within=3600).summary)
```

A refusal is a `ManagerError` with the sentence, the name for programs and the status. Whole programs:
[`manager_upgrade.py`](examples/manager_upgrade.py) and, for asyncio,
[`manager_inventory.py`](examples/manager_inventory.py).

## Calls

"""


def manager_page(notice: str) -> str:
    """The whole page."""
    return f"# The license manager for programs\n\n{notice}{INTRODUCTION}" + "\n".join([*_calls(), *_reference()])


def _calls() -> Iterator[str]:
    for subject, calls in SUBJECTS.items():
        rows = "".join(
            f"| `{call.name}` | `{call.method} {call.path}` | {_inputs(call)} | {call.summary} |\n" for call in calls
        )
        yield f"### {subject}\n\n| call | address | inputs | what it does |\n| --- | --- | --- | --- |\n{rows}"


def _inputs(call: ManagerCall[msgspec.Struct, object]) -> str:
    """The inputs that do not stand in the path; those that may be left out in brackets."""
    found = [field for field in msgspec.structs.fields(call.input) if f"{{{field.name}}}" not in call.path]
    shown = (f"`{each.encode_name}`" if each.required else f"[`{each.encode_name}`]" for each in found)
    return ", ".join(shown) or "–"


def _reference() -> Iterator[str]:
    yield "## Calls of Cisco License Manager\n\nNames are from its Java API reference (C).\n"
    for chapter, calls in CLM_CALLS.items():
        rows = "".join(
            f"| `{name}` | {f'`{ours}`' if ours.replace('_', '').isalpha() else ours} |\n"
            for name, ours in calls.items()
        )
        yield f"### {chapter}\n\n| there | here |\n| --- | --- |\n{rows}"
