"""The steps of a record that was kept elsewhere: from the state it is in and the days that are known."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import date

from selaras.core.errors import Fault, Refusal
from selaras.core.place import NOWHERE, Place
from selaras.core.registers.definition import Register
from selaras.core.registers.records import Move


def moves_to(
    register: Register, state: str, *, opened: date, days: Mapping[str, date], last: date | None = None,
    place: Place = NOWHERE,
) -> tuple[Move, ...]:  # fmt: skip
    """The steps of a record that is in `state`: by the days on which states were reached, where they are known.

    The days that are known name the states it went through, in their order; between them the shortest way is taken. A
    state whose day is unknown has that of the next one that is known (`last` for the last), so that nothing looks
    earlier than it was. Raises Refusal where no way leads there, or days run backwards.
    """
    order = {item.code: number for number, item in enumerate(register.states)}
    through = sorted(days, key=lambda code: (days[code], order.get(code, 0)))
    targets = [code for code in through if code != register.states[0].code]
    if not targets or targets[-1] != state:
        targets = [code for code in targets if code != state]
        targets += [state] if state != register.states[0].code or targets else []
    states = [register.states[0].code]
    for target in targets:
        step = _between(register, states[-1], target)
        if step is None:
            ways = ", ".join(way.target for way in register.transitions if way.source == states[-1])
            fault = Fault("peralihan keadaan tidak ada", place, f"{states[-1]} → {target}", ways)
            raise Refusal("Keadaan rekaman tidak dapat dicapai.", fault)
        states += step
    known = [opened] + [days.get(code) for code in states[1:]]
    if len(states) > 1 and known[-1] is None:
        if last is None:
            fault = Fault("tanggal keadaan belum diisi", place, state, "tanggal mencapai keadaan ini")
            raise Refusal("Keadaan rekaman tidak dapat dicapai.", fault)
        known[-1] = last
    made: list[Move] = []
    following = known[-1] or opened
    for code, day in zip(reversed(states), reversed(known), strict=True):
        following = day or following
        made.append(Move(code, following))
    return tuple(reversed(made))


def _between(register: Register, source: str, target: str) -> list[str] | None:
    """The states after `source` on the shortest way to `target`."""
    if any((way.source, way.target) == (source, target) for way in register.transitions):
        return [target]
    came: dict[str, str] = {source: ""}
    waiting = deque([source])
    while waiting and target not in came:
        at = waiting.popleft()
        for way in register.transitions:
            if way.source == at and way.target not in came:
                came[way.target] = at
                waiting.append(way.target)
    if target not in came or target == source:
        return None
    path = [target]
    while came[path[-1]] != source:
        path.append(came[path[-1]])
    return list(reversed(path))
