"""Which way a number goes: its bound, its sign and how it stands to another figure, from the words around
it."""

from __future__ import annotations

import itertools

from baoyen_analysis.printed.phrases import Doubt
from baoyen_analysis.printed.units import Said


def bound_and_sign(said: Said, unit: str) -> tuple[str, bool]:
    """The qualifier and whether the value is negative, from the words before the number and the bound after
    it (trở lên)."""
    kinds, after = said.kinds("head"), said.after()
    bound = _bound_before(said, kinds, unit)
    together = {bound: bound}
    if after:
        together = {"": after, after: after}
    elif "from" in kinds:
        together = {"": "ge", "gt": "gt", "ge": "ge"}
    if bound not in together:
        raise Doubt("the bounds do not go together")
    bound = together[bound]
    if "higher" in kinds and bound != "ge":
        raise Doubt("higher than what is not said")
    if "rise" in kinds and "from" in kinds and not after:
        raise Doubt("a rise from a level: the level reached is not said")
    if "reached" in kinds:  # giảm còn, giảm xuống dưới, tăng lên: the level reached, not the change
        return bound or "eq", _level_reached(kinds, said.meanings("head", "reached"))
    return bound or "eq", is_negative(said, kinds, bound, unit)


def _bound_before(said: Said, kinds: list[str], unit: str) -> str:
    """The bound of the words before the number, "" where they say none."""
    bounds = said.meanings("head", "bound", "over")
    if len(bounds) == 2 and bounds[0] == "about" and bounds[1] not in ("ge", "le"):
        bounds = bounds[1:]  # khoảng trên, khoảng gần: the nearer word says more
    if len(set(bounds)) > 1:
        raise Doubt("two bounds")
    for one, other in itertools.pairwise(kinds):
        on = one == "over" and other in ("filler", "attain", "equals")
        if on or (one in ("over", "bound") and other in ("subject", "about", "place")):
            raise Doubt("trên: more than, or on?")
    if "beyond" not in kinds:
        return bounds[0] if bounds else ""
    if bounds or unit.startswith("%") or unit in ("targets", "criteria"):
        raise Doubt("vượt (beyond): beyond what is not said")
    return "gt"


def _level_reached(kinds: list[str], directions: list[str]) -> bool:
    """False, as a level is not negative; words that do not lead to one level are refused."""
    at = kinds.index("reached")
    if {"minus", "sign", "from"} & set(kinds) or {"rise", "fall"} & set(kinds[at + 1 :]):
        raise Doubt("a level with a sign, or without its start")
    follow(kinds[:at], set(directions))
    return False


def follow(kinds: list[str], directions: set[str]) -> None:
    """Refuse a rise to a lower level and a fall to a higher one."""
    if (
        len(directions | {{"rise": "up", "fall": "down"}[kind] for kind in kinds if kind in ("rise", "fall")})
        > 1
    ):
        raise Doubt("a rise and a fall")


def is_negative(said: Said, kinds: list[str], bound: str, unit: str) -> bool:
    """Whether the words make the number negative."""
    turns = {"up": "rise", "down": "fall"}
    signs = [kind for kind in kinds if kind in ("fall", "minus", "sign", "rise")]
    signs += [turns[turn] for turn in said.meanings("turn", "turn")]
    if len(signs) > 1 or ("sign" in kinds and (kinds[-1] != "sign" or bound not in ("", "about"))):
        raise Doubt("two signs, or a sign in the wrong place")
    changed = next((at for at, kind in enumerate(kinds) if kind in ("rise", "fall")), len(kinds))
    level = {"equals", "attain"} & set(kinds[changed:])
    if level or (
        "fall" in signs
        and (
            bound == "lt"
            or "from" in kinds
            or unit.startswith("times")
            or ("subject" in kinds and bound in ("le", "ge"))
        )
    ):
        raise Doubt("a change, or the level reached: the words leave it open")
    return bool(signs) and signs[0] != "rise"


def relation_of(said: Said, unit: str, negative: bool) -> str:
    """How the figure stands to another one: "" for a level."""
    kinds = {token.kind for token in said.phrases if token.words != "+"}
    change = kinds & {"rise", "fall", "turn", "higher"} or "change" in said.meanings("head", "subject")
    if "reached" in kinds:
        return ""
    if unit.startswith("times") and ("multiple" in kinds or not change):
        return "multiple"
    if change:
        return "fall" if negative else "rise"
    if not unit.startswith("%"):
        return ""
    of = said.tokens("unit")[1:] + said.tokens("tail")
    if "plan" in kinds or any(token.meaning in ("targets", "mục tiêu") for token in of):
        return "share_of_plan"
    parts = {"whole", "place", "earlier", "of", "counted", "subject"} & {token.kind for token in of}
    return "share" if parts or "equals" in kinds else ""
