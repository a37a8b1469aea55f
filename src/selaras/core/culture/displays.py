"""Displays of the material: conclusions by source and by method, codes by role, contrary cases, coverage, the log.

Empty cells are part of every display: what nobody said is shown as silence, not left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from selaras.core.culture.coding import FINAL, Kind, Material, Stance
from selaras.core.culture.conclusions import Conclusion, only_dissent
from selaras.core.culture.frameworks import Framework, Level, Part
from selaras.core.culture.sources import EVIDENCE, Method, accounts
from selaras.core.culture.support import DEFAULT_RULE, CodeSupport, Support, SupportRule, role_groups, support


class Voice(StrEnum):
    """What a source or method says of a conclusion."""

    SUPPORTS = "mendukung"
    CONTRADICTS = "menyangkal"
    BOTH = "mendukung dan menyangkal"
    SILENT = "tidak menyebut"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what is said and the segments that say it."""

    voice: Voice
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matrix:
    """Rows by columns, every cell present."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]

    def row(self, name: str) -> tuple[Cell, ...]:
        """The cells of a row in the order of the columns."""
        return tuple(self.cells[name, column] for column in self.columns)

    def empty(self) -> tuple[tuple[str, str], ...]:
        """Every cell in which nobody says anything."""
        return tuple(key for key, cell in self.cells.items() if cell.voice is Voice.SILENT)


@dataclass(frozen=True, slots=True)
class RoleCell:
    """How many segments of a role group speak of a code, by stance."""

    segments: int
    plus: int
    neither: int
    minus: int


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What is left when an informant withdraws: segments gone and codes whose only dissent went with them."""

    material: Material
    removed: tuple[str, ...]
    lost_dissent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the material speaks of a group of codes, for instance of one core value."""

    name: str
    segments: tuple[str, ...]
    accounts: frozenset[str]
    against: tuple[str, ...]


def by_source(material: Material, conclusions: Iterable[Conclusion], *, layer: str = FINAL) -> Matrix:
    """Conclusions by every source that can be evidence, those without a word too."""
    columns = {source.code: source.code for source in material.sources if source.evidence}
    return _matrix(material, conclusions, columns, layer)


def by_method(material: Material, conclusions: Iterable[Conclusion], *, layer: str = FINAL) -> Matrix:
    """Conclusions by method: interview, observation and document always stand there, survey where there is one."""
    columns = {source.code: source.method.value for source in material.sources if source.evidence}
    always = [method.value for method in EVIDENCE if method is not Method.SURVEY or method.value in columns.values()]
    return _matrix(material, conclusions, columns, layer, always)


def _matrix(
    material: Material, conclusions: Iterable[Conclusion], columns: Mapping[str, str], layer: str,
    names: Iterable[str] = (),
) -> Matrix:  # fmt: skip
    listed = list(conclusions)
    heads = tuple(dict.fromkeys([*names, *columns.values()]))
    found: dict[tuple[str, str], tuple[dict[str, None], dict[str, None]]] = {}
    proof = [item for item in material.codings if item.layer == layer and item.kind is Kind.EXPERIENCE]
    for coding in proof:
        column = columns.get(material.source_of(coding).code)
        for conclusion in listed:
            if column is not None and coding.code in conclusion.codes and coding.stance is not Stance.NEITHER:
                sides = found.setdefault((conclusion.code, column), ({}, {}))
                sides[coding.stance is Stance.AGAINST][coding.segment] = None
    order = {segment.code: place for place, segment in enumerate(material.segments)}
    cells = {}
    for conclusion in listed:
        for head in heads:
            sides = found.get((conclusion.code, head), ({}, {}))
            plus, minus = (tuple(sorted(side, key=lambda code: order[code])) for side in sides)
            cells[conclusion.code, head] = Cell(_voice(bool(plus), bool(minus)), plus, minus)
    return Matrix(tuple(conclusion.code for conclusion in listed), heads, cells)


def _voice(plus: bool, minus: bool) -> Voice:
    if plus and minus:
        return Voice.BOTH
    if plus:
        return Voice.SUPPORTS
    return Voice.CONTRADICTS if minus else Voice.SILENT


def by_role(material: Material, *, layer: str = FINAL) -> dict[tuple[str, str], RoleCell]:
    """The role-ordered matrix: every code by every role group, empty cells too."""
    group = {person.code: person.group for person in material.informants}
    found: dict[tuple[str, str], dict[Stance, set[str]]] = {}
    for coding in material.codings:
        if coding.layer == layer:
            for role in {group[person] for person in material.source_of(coding).informants if person in group}:
                sides = found.setdefault((coding.code, role), {})
                sides.setdefault(coding.stance, set()).add(coding.segment)
    made = {}
    for code in material.codes:
        for role in role_groups(material):
            sides = found.get((code.code, role), {})
            counts = {stance: len(sides.get(stance, ())) for stance in Stance}
            whole = len(set().union(*sides.values())) if sides else 0
            made[code.code, role] = RoleCell(
                whole, counts[Stance.FOR], counts[Stance.NEITHER], counts[Stance.AGAINST]
            )  # fmt: skip
    return made


def clustered(
    material: Material, framework: Framework, *, layer: str = FINAL
) -> dict[tuple[str, str], tuple[str, ...]]:
    """The conceptually clustered matrix: every source by every construct, the segments that speak of it, or none.

    Inductive codes stand on no node and so in no column; they are seen by source and by role.
    """
    above = {node.code: framework.construct_of(node.code).code for node in framework.nodes}
    found: dict[tuple[str, str], set[str]] = {}
    for coding in material.codings:
        code = material.by_code.get(coding.code)
        if coding.layer == layer and code is not None and code.node in above:
            found.setdefault((material.source_of(coding).code, above[code.node]), set()).add(coding.segment)
    order = {segment.code: place for place, segment in enumerate(material.segments)}
    return {
        (source.code, construct.code): tuple(
            sorted(found.get((source.code, construct.code), ()), key=order.__getitem__)
        )
        for source in material.sources
        if source.evidence
        for construct in framework.constructs()
    }


def effects(material: Material, framework: Framework, *, layer: str = FINAL) -> Matrix:
    """The effects matrix: factors by the performance that they are said to act on, as experienced in one breath.

    Columns are the codes on constructs of the outcome (Y), rows those on the factors (X) and every inductive code that is
    ever named together with an outcome. A passage stands in a cell where both are coded as experience; its side is the
    stance of the outcome. Being named together is a statement of an informant, never a proof of a cause.
    """
    part = {node.code: framework.construct_of(node.code).part for node in framework.nodes}
    standing = [code for code in material.codes if not code.merged_into]
    outcomes = [code.code for code in standing if part.get(code.node) is Part.OUTCOME]
    said: dict[str, dict[str, Stance]] = {}
    for item in material.codings:
        if item.layer == layer and item.kind is Kind.EXPERIENCE:
            said.setdefault(item.segment, {})[item.code] = item.stance
    found: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for segment in material.segments:
        held = said.get(segment.code, {})
        for outcome in (code for code in outcomes if held.get(code, Stance.NEITHER) is not Stance.NEITHER):
            for factor in (code for code in held if code not in outcomes):
                sides = found.setdefault((factor, outcome), ([], []))
                sides[held[outcome] is Stance.AGAINST].append(segment.code)
    named = {factor for factor, _ in found}
    rows = tuple(
        code.code for code in standing if part.get(code.node) is Part.FACTOR or (code.code in named and not code.node)
    )
    cells = {}
    for row in rows:
        for column in outcomes:
            plus, minus = (tuple(side) for side in found.get((row, column), ((), ())))
            cells[row, column] = Cell(_voice(bool(plus), bool(minus)), plus, minus)
    return Matrix(rows, tuple(outcomes), cells)


def negative_cases(rows: Iterable[CodeSupport]) -> tuple[CodeSupport, ...]:
    """Codes with any experience against them: they are shown beside the conclusions, never only in an annex."""
    return tuple(row for row in rows if row.minus)


def checklist(framework: Framework, rows: Iterable[CodeSupport]) -> tuple[tuple[str, str, Support], ...]:
    """Construct, indicator and its support for every leaf of the tree; what was never coded has no evidence."""
    held = {row.code: row.label for row in rows}
    return tuple(
        (framework.construct_of(node.code).name, node.code, held.get(node.code, Support.NONE))
        for node in framework.leaves()
    )


def counts(framework: Framework) -> dict[Level, int]:
    """How many nodes the tree has at each level."""
    return {level: len(framework.at(level)) for level in Level}


def accounting_log(material: Material) -> tuple[tuple[str, Method, date | None, int, str], ...]:
    """Every source with method, date, number of segments and the explained gap: what was collected and what was not."""
    numbers: dict[str, int] = {}
    for segment in material.segments:
        numbers[segment.source] = numbers.get(segment.source, 0) + 1
    return tuple(
        (source.code, source.method, source.held, numbers.get(source.code, 0), source.gap)
        for source in material.sources
    )  # fmt: skip


def coverage(material: Material, groups: Mapping[str, Iterable[str]], *, layer: str = FINAL) -> tuple[Coverage, ...]:
    """How many segments and accounts speak of each group of codes (core values, for instance), contrary ones named."""
    none: frozenset[str] = frozenset()
    held = accounts(material.sources)
    order = {segment.code: place for place, segment in enumerate(material.segments)}
    made = []
    for name, codes in groups.items():
        wanted = set(codes)
        own = [item for item in material.codings if item.layer == layer and item.code in wanted]
        segments = sorted({item.segment for item in own}, key=lambda code: order[code])
        against = {item.segment for item in own if item.stance is Stance.AGAINST and item.kind is Kind.EXPERIENCE}
        made.append(
            Coverage(
                name, tuple(segments),
                none.union(*(held.get(material.source_of(item).code, none) for item in own)),
                tuple(code for code in segments if code in against),
            )
        )  # fmt: skip
    return tuple(made)


def withdraw(material: Material, informant: str, rule: SupportRule = DEFAULT_RULE) -> Withdrawal:
    """The material without an informant: person, texts, quotations and codings go; a joint answer goes as a whole."""
    gone = {source.code for source in material.sources if informant in source.informants}
    removed = tuple(segment.code for segment in material.segments if segment.source in gone)
    dropped = set(removed)
    left = replace(
        material,
        informants=tuple(person for person in material.informants if person.code != informant),
        sources=tuple(source for source in material.sources if source.code not in gone),
        segments=tuple(segment for segment in material.segments if segment.code not in dropped),
        codings=tuple(item for item in material.codings if item.segment not in dropped),
        memos=tuple(
            memo for memo in material.memos if not dropped & set(memo.about.split()) and memo.about not in gone
        ),
    )
    return Withdrawal(left, removed, only_dissent(support(material, rule), support(left, rule)))
