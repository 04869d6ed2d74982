"""A class on the disk, with a lab that is quick to begin."""

from pathlib import Path

from emulator.labs.class_file import ClassPlan, read_class

LAB = """---
title: A name for the router
level: newcomer
minutes: 5
question: What survives a power cut?
goals: [Name a router.]
draw:
  HOST: [branch, depot, shop, store, plant]
routers:
  R1: {pid: CISCO881-K9, powered: true, startup: "hostname start"}
prelude:
  - until: level R1 advsecurity
---

R1 has another name than it should.

## Task: The name

R1 is called `{HOST}`, and what is its serial number?

```yaml task
checks:
  - {points: 60, holds: "config R1 { hostname {HOST} }", rule: 6}
  - {points: 40, holds: answer SERIAL, rule: 21}
look: What comes before the prompt?
questions:
  SERIAL: {ask: What is the serial number of R1?, fact: serial R1}
```

```yaml solve at the console
- console: R1
  type: ["", enable, configure terminal, "hostname {HOST}", end]
- console: R1
  type: show version
  save: {SERIAL: 'Processor board ID (\\S+)'}
- answer: {SERIAL: "{SERIAL}"}
```

## Debriefing

The name is in the configuration.

## Teacher

Nobody but a teacher reads this.
"""


def plan_in(folder: Path, *learners: str) -> ClassPlan:
    """A class of these learners, with one lab."""
    (folder / "naming.md").write_text(LAB, encoding="utf-8")
    names = ", ".join(learners or ("Ann", "Ben"))
    file = folder / "class.yaml"
    file.write_text(f"name: march\ntitle: First day\nlabs: [naming.md]\nlearners: [{names}]\n", encoding="utf-8")
    return read_class(file)
