"""The diagram of a register's states, generated from its table: as data to be drawn, and as Mermaid text."""

from __future__ import annotations

from dataclasses import dataclass

from selaras.core.registers.definition import Register, State


@dataclass(frozen=True, slots=True)
class Node:
    """One state of the diagram; `layer` is the least number of steps from the first state, `row` its place in it."""

    state: State
    layer: int
    row: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """One way; `back` where it leads to the same or an earlier layer. `needs` are names of fields."""

    source: str
    target: str
    name: str
    roles: tuple[str, ...]
    needs: tuple[str, ...]
    back: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    """The states in layers and the ways between them."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


def diagram_of(register: Register) -> Diagram:
    """The diagram of a sound register."""
    layers = {register.states[0].code: 0}
    waiting = [register.states[0].code]
    for code in waiting:
        for way in register.transitions:
            if way.source == code and way.target not in layers:
                layers[way.target] = layers[code] + 1
                waiting.append(way.target)
    rows: dict[int, int] = {}
    nodes = []
    for state in sorted(register.states, key=lambda state: layers[state.code]):
        layer = layers[state.code]
        nodes.append(Node(state, layer, rows.get(layer, 0)))
        rows[layer] = rows.get(layer, 0) + 1
    names = {field.code: field.name for field in register.fields}
    arrows = tuple(
        Arrow(
            way.source, way.target, way.name, tuple(role.value for role in way.roles),
            tuple(names[code] for code in way.needs), layers[way.target] <= layers[way.source],
        )
        for way in register.transitions
    )  # fmt: skip
    return Diagram(tuple(nodes), arrows)


def mermaid(register: Register) -> str:
    """The diagram as Mermaid text (stateDiagram-v2)."""
    lines = ["stateDiagram-v2", f"    [*] --> {register.states[0].code}"]
    lines += [f'    state "{_plain(state.name)}" as {state.code}' for state in register.states]
    lines += [f"    {way.source} --> {way.target} : {_plain(way.name)}" for way in register.transitions]
    lines += [f"    {state.code} --> [*]" for state in register.states if state.closed]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return " ".join(text.replace('"', "”").replace(":", "∶").replace(";", ",").split())
