"""Calls of the manager, carried out for a user by inputs that came as text or as JSON."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, TypeVar

import msgspec

from emulator.kernel.data_path import shown_path
from emulator.kernel.datafile import explain
from emulator.kernel.errors import EmulatorError, UnknownName
from emulator.manager.api.call import ManagerCall
from emulator.manager.context import ManagerContext
from emulator.manager.errors import NotAllowed, NotKnown
from emulator.transports.web.problems import BadInput, Forbidden, NotThere, Problem, sentence

Answer = TypeVar("Answer")


class RefusedByManager(Problem):
    """The manager refuses what was asked for."""

    status, error = HTTPStatus.CONFLICT, "refused"


def problem_of(error: EmulatorError) -> Problem:
    """Problem for a refusal of the manager."""
    told = sentence(f"{str(error)[:1].upper()}{str(error)[1:]}")
    if isinstance(error, NotAllowed):
        return Forbidden(told)
    return NotThere(told) if isinstance(error, UnknownName | NotKnown) else RefusedByManager(told)


@contextmanager
def refused_beside(field: str) -> Iterator[None]:
    """Have a refusal of what is done within stand beside a field, or at the head of the form where it is empty.

    Raises:
        Forbidden: the user's role does not allow it.
        BadInput: the manager refuses, or does not know what was named.
    """
    try:
        yield
    except EmulatorError as error:
        problem = problem_of(error)
        if isinstance(problem, Forbidden):
            raise problem from error
        raise BadInput(problem.message, field or None) from error
    except (RefusedByManager, NotThere) as problem:
        raise BadInput(problem.message, field or None) from problem


def carry_out(
    call: ManagerCall[Any, Answer], context: ManagerContext, given: Mapping[str, object], *, strict: bool
) -> Answer:
    """Carry out a call.

    Args:
        call: which.
        context: of the user who asks.
        given: its inputs by name.
        strict: whether a number or a truth must not be written as a text.

    Raises:
        Problem: an input cannot be read, or the manager refuses.
    """
    try:
        asked = msgspec.convert(dict(given), call.input, strict=strict)
    except msgspec.ValidationError as error:
        path, problem = explain(error, call.input)
        raise BadInput(
            sentence(f"{shown_path(path) or 'The inputs'}: {problem}"), path.partition("[")[0] or None
        ) from error
    try:
        return call.act(context, asked)
    except EmulatorError as error:
        raise problem_of(error) from error
