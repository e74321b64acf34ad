"""What a public call is given, looked at before it runs: each fault says what was given, what may be given,
and the nearest right call."""

from __future__ import annotations

import inspect
import numbers
from collections.abc import Callable, Iterator
from functools import wraps
from os import PathLike
from typing import Any

import numpy as np
import pandas as pd

from baoyen_analysis import record, vocabulary

YEARS = {"year", "base_year", "start", "end", "real"}
NAMES = {"area", "rival", "of", "level", "definition", "on", "text"}
EARLIEST, LATEST = 1900, 2100
# Numbers, each with how it is given.
NUMBERS = {
    "target": "target=66.5",
    "goal": "goal=66.5",
    "growth": "growth=0.12 for 12 % a year",
    "visits": "visits=1400000",
}


def checked(function: Callable[..., Any]) -> Callable[..., Any]:
    """A public function that looks at what it is given first; an indicator may be given in words."""
    signature = inspect.signature(function)

    @wraps(function)
    def called(*given: Any, **named: Any) -> Any:
        bound = _bound(function.__name__, signature, given, named)
        faults: list[Exception] = []
        for name, value in bound.arguments.items():
            try:
                bound.arguments[name] = _value(name, value, signature.parameters[name].default)
            except (TypeError, ValueError) as error:
                faults.append(error)
        faults = faults or list(map(ValueError, _together(bound.arguments, signature)))
        if faults:
            raise type(faults[0])("; ".join(map(str, faults)))
        return function(*bound.args, **bound.kwargs)

    return called


def _bound(
    name: str, signature: inspect.Signature, given: tuple[Any, ...], named: dict[str, Any]
) -> inspect.BoundArguments:
    """The arguments by the names of the call; a name that it does not have, or one it lacks, is a
    TypeError."""
    try:
        return signature.bind(*given, **named)
    except TypeError as error:
        takes = "it takes " + (", ".join(map(str, signature.parameters)) or "nothing")
        unknown = next((key for key in named if key not in signature.parameters), "")
        said = f"by.{name}: {error}; {takes}"
        if unknown in ("lang", "language"):
            said = f"by.{name} has no {unknown}=: call by.speak('vi') first, or .table('vi') on the answer"
        elif unknown:
            said = (
                f"by.{name} has no {unknown}={record.nearest(unknown, signature.parameters) or f'; {takes}'}"
            )
        raise TypeError(said) from None


def _value(name: str, value: Any, default: Any) -> Any:
    """One argument, put right where its meaning is plain, refused where it is of another kind."""
    if value is default:
        return value
    if name in YEARS:
        return _year(name, value)
    if name in NUMBERS:
        return _number(name, value)
    if name in NAMES or (name == "indicator" and isinstance(value, list | tuple)):
        return _text(name, value)
    if name == "path" and not isinstance(value, str | PathLike):
        raise TypeError(f"path={value!r} is no file: give its name, path='bieu.xlsx'")
    return record.indicator_named(value) if name == "indicator" and isinstance(value, str) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, numbers.Real) and not isinstance(value, bool) and bool(np.isfinite(float(value)))


def _year(name: str, value: Any) -> int:
    if isinstance(value, str):
        number = f": give the number, {name}={value}" if value.isdigit() else ", no year"
        raise TypeError(f"{name}={value!r} is text{number}")
    if not _is_number(value) or value != int(value):
        raise TypeError(f"{name}={value!r} is no year: give one, {name}=2024")
    if not EARLIEST <= value <= LATEST:
        raise ValueError(
            f"{name}={value} is no year from {EARLIEST} to {LATEST}: write it whole, {name}=2024"
        )
    return int(value)


def _number(name: str, value: Any) -> Any:
    if isinstance(value, pd.Series | pd.DataFrame | dict):
        return value  # a row of the record
    if isinstance(value, str):
        raise TypeError(f"{name}={value!r} is text: give a number without quotation marks, {NUMBERS[name]}")
    if not _is_number(value):
        raise ValueError(f"{name}={value!r} is not a finite number: give one, {NUMBERS[name]}")
    if name == "growth" and abs(value) > 1:
        said = f"growth={value} is {100 * value:,.0f} % a year: give a fraction, growth={value / 100:g}"
        raise ValueError(said)
    return value


def _text(name: str, value: Any) -> str:
    if isinstance(value, str):
        return record.level_named(value) if name == "level" else value
    if not isinstance(value, list | tuple | set):
        raise TypeError(f"{name}={value!r} is no text: give it in quotation marks, {name}='…'")
    raise TypeError(f"{name} is a list: give one name, {name}={next(iter(value), '…')!r}; a call for each")


def _together(arguments: dict[str, Any], signature: inspect.Signature) -> Iterator[str]:
    """What no argument says alone: an area that is not held at its level, a number that an indicator never
    takes, years in the wrong order."""
    of = {name: parameter.default for name, parameter in signature.parameters.items()} | arguments
    if isinstance(arguments.get("area"), str) and isinstance(of.get("level"), str):
        try:
            record.check_area(of["area"], of["level"])
        except ValueError as error:
            yield str(error)
    known = vocabulary.INDICATORS.get(str(arguments.get("indicator")))
    for name in ("target", "goal"):
        value = arguments.get(name)
        if known and not known.rate and _is_number(value) and float(str(value)) < 0:
            yield f"{name}={value} is below zero, which {known.en.lower()} never is"
    start, end = arguments.get("start"), arguments.get("end")
    if start and end and start >= end:
        yield f"start={start} does not lie before end={end}: give start={end}, end={start}"
