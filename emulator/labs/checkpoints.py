"""Checkpoints of a learner's world: their names, and what each is."""

from emulator.labs.model import TrainingLab

START = "start"
"""Checkpoint at which a lab begins."""


def checkpoint_after(task: int) -> str:
    """Name of the checkpoint after a task, by its number from 1."""
    return f"task-{task}"


def checkpoint_in_words(lab: TrainingLab, name: str) -> str:
    """The state of a learner's world that a checkpoint is."""
    words = {checkpoint_after(number): f"After task {number}: {task.title}" for number, task in enumerate(lab.tasks, 1)}
    return {START: "The start of the lab", **words}.get(name, "A snapshot of this world")
