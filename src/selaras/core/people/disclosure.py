"""Counts of people by unit that may be shown: never so few that a count, or the difference of two, tells a rating."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from selaras.core.people.distribution import Counts, added

LEAST = 3
"""Fewer rated people than this are never counted by themselves."""
NOBODY: Counts = (0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Branch:
    """One unit of the tree: its code and that of the unit above; the top one is the agency, with an empty code."""

    code: str
    above: str


@dataclass(frozen=True, slots=True)
class Disclosed:
    """The counts that may be shown, by unit with everything below it; and how many of them stand in no line below."""

    counts: Mapping[str, Counts]
    joined: Mapping[str, int]


def disclose(tree: Sequence[Branch], own: Mapping[str, Counts], open_to: Collection[str] = ()) -> Disclosed:
    """Counts by unit with everything below it, as far as they may be shown; `tree` has parents before their children.

    `own` holds the counts of each unit alone; people of a unit that is not in the tree count for the agency. A unit with
    fewer than `LEAST` rated people is not shown, and where what remains of a unit besides the shown ones below it would
    be that few, the smallest of these is not shown either. Units in `open_to` are shown all the same.
    """
    codes = {branch.code for branch in tree}
    totals = {branch.code: own.get(branch.code, NOBODY) for branch in tree}
    if lost := [made for code, made in own.items() if code not in codes]:
        totals[""] = added([totals.get("", NOBODY), *lost])
    alone = {code: sum(made) for code, made in totals.items()}
    children: dict[str, list[str]] = {}
    shown: dict[str, Counts] = {}
    joined: dict[str, int] = {}
    for branch in reversed(tree):
        code = branch.code
        below = children.pop(code, [])
        total = sum(totals[code])
        if total and (total >= LEAST or code in open_to):
            rest = total - sum(sum(shown[each]) for each in below)
            for each in sorted((each for each in below if each not in open_to), key=lambda each: sum(shown[each])):
                if not 0 < rest < LEAST:
                    break
                rest += sum(shown.pop(each))
                below.remove(each)
                _forget(each, tree, shown, open_to)
            shown[code], joined[code] = totals[code], rest - alone[code]
            below = [code]
        if code:
            totals[branch.above] = added([totals[branch.above], totals[code]])
            children.setdefault(branch.above, []).extend(below)
    return Disclosed(shown, {code: count for code, count in joined.items() if code in shown and count > 0})


def _forget(top: str, tree: Sequence[Branch], shown: dict[str, Counts], open_to: Collection[str]) -> None:
    """Hide everything below a unit that is hidden."""
    inside = {top}
    for branch in tree:
        if branch.above in inside and branch.code:
            inside.add(branch.code)
            if branch.code not in open_to:
                shown.pop(branch.code, None)
