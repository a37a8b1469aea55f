"""What a study asks about: construct, dimension, indicator, and the questions that stand on each.

One tree is both the codebook of the interviews and the backbone of the questionnaire, so that what people said and
what they ticked meet on the same indicator.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from selaras.core.errors import Fault, Refusal
from selaras.core.law import Source
from selaras.core.place import Place


class Level(StrEnum):
    """How deep a node stands; a construct may hold indicators without a dimension between."""

    CONSTRUCT = "konstruk"
    DIMENSION = "dimensi"
    INDICATOR = "indikator"


ORDER = tuple(Level)


class Part(StrEnum):
    """What a construct is in the questions of the study: X bears on Y, or it only describes."""

    FACTOR = "X"
    OUTCOME = "Y"
    DESCRIBED = "-"


class Asking(StrEnum):
    """By which means a question is put."""

    INTERVIEW = "wawancara"
    OBSERVATION = "observasi"
    DOCUMENT = "dokumen"
    LIKERT = "likert"
    OPEN = "terbuka"


@dataclass(frozen=True, slots=True)
class Scale:
    """The answers of Likert questions, lowest first. `fixed_total` belongs to instruments that share out points."""

    code: str
    labels: tuple[str, ...]
    unknown: str = ""
    fixed_total: int | None = None

    @property
    def points(self) -> int:
        """The highest answer; the lowest is 1."""
        return len(self.labels)

    def turned(self, answer: int) -> int:
        """A reversed answer the right way round: points + 1 - answer."""
        return self.points + 1 - answer


@dataclass(frozen=True, slots=True)
class Question:
    """One question on a node; `reverse` only for Likert statements that speak against it. `group` names its scale score."""

    code: str
    asking: Asking
    text: str
    reverse: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One place in the tree; `parent` is empty for a construct, and only a construct has a `part`."""

    code: str
    level: Level
    name: str
    parent: str = ""
    definition: str = ""
    part: Part = Part.DESCRIBED
    questions: tuple[Question, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Framework:
    """One tree with its Likert scale and its source; parents stand before what is below them."""

    code: str
    name: str
    version: str
    nodes: tuple[Node, ...]
    scale: Scale
    source: Source
    licence: str = ""

    def node(self, code: str) -> Node:
        """A node by its code; KeyError if the tree has none."""
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> dict[str, Node]:
        return {node.code: node for node in self.nodes}

    def below(self, code: str) -> tuple[Node, ...]:
        """The nodes directly below one."""
        return tuple(node for node in self.nodes if node.parent == code)

    def constructs(self) -> tuple[Node, ...]:
        """The tops of the tree."""
        return self.at(Level.CONSTRUCT)

    def at(self, level: Level) -> tuple[Node, ...]:
        """All nodes of a level."""
        return tuple(node for node in self.nodes if node.level is level)

    def leaves(self, code: str = "") -> tuple[Node, ...]:
        """Nodes with nothing below, of the whole tree or below one node: they are what is coded."""
        parents = {node.parent for node in self.nodes}
        return tuple(
            node for node in self.nodes if node.code not in parents and (not code or code in self.line(node.code))
        )

    def line(self, code: str) -> tuple[str, ...]:
        """The codes from a node up to its construct, itself first; it ends where a broken tree has no further parent."""
        found = [code]
        while (parent := self.node(found[-1]).parent) in self._by_code and parent not in found:
            found.append(parent)
        return tuple(found)

    def construct_of(self, code: str) -> Node:
        """The construct above (or at) a node."""
        return self.node(self.line(code)[-1])

    def questions(self, *askings: Asking) -> Iterator[tuple[Node, Question]]:
        """All questions of some kinds with their nodes, in the order of the tree: an interview guide or a questionnaire."""
        for node in self.nodes:
            for question in node.questions:
                if not askings or question.asking in askings:
                    yield node, question


def check(framework: Framework) -> tuple[Fault, ...]:
    """Everything wrong with a tree: what is twice, orphaned, upside down, without questions or reversed for nothing."""
    return (
        *_scale(framework),
        *_twice(framework),
        *(fault for node in framework.nodes for fault in _node(framework, node)),
        *_questions(framework),
    )


def checked(framework: Framework) -> Framework:
    """The framework itself; raises Refusal with every fault of an unsound one."""
    faults = check(framework)
    if faults:
        raise Refusal(f"Kerangka {framework.name} belum dapat dipakai.", *faults)
    return framework


def _scale(framework: Framework) -> Iterator[Fault]:
    scale = framework.scale
    if scale.points < 2 or len(set(scale.labels)) != scale.points:
        yield Fault(
            "skala jawaban tidak sah",
            _at(framework, scale.code),
            ", ".join(scale.labels),
            "dua label atau lebih, berbeda",
        )


def _twice(framework: Framework) -> Iterator[Fault]:
    for what, codes in (
        ("kode simpul", [node.code for node in framework.nodes]),
        ("kode pertanyaan", [question.code for _, question in framework.questions()]),
    ):
        for code, count in Counter(codes).items():
            if count > 1:
                yield Fault(f"{what} ganda", _at(framework, code), code, "satu kode untuk setiap isian")


def _node(framework: Framework, node: Node) -> Iterator[Fault]:
    place = _at(framework, node.code)
    if not node.code.strip() or not node.name.strip():
        yield Fault("kode atau nama kosong", place, node.name)
    before = framework.nodes[: framework.nodes.index(node)]
    parent = next((other for other in before if other.code == node.parent), None)
    if node.level is Level.CONSTRUCT:
        if node.parent:
            yield Fault("konstruk berada di bawah simpul lain", place, node.parent, "tanpa induk")
        return
    if parent is None:
        yield Fault("induk tidak ditemukan", place, node.parent, "kode simpul yang tercantum lebih dahulu")
    elif ORDER.index(parent.level) >= ORDER.index(node.level):
        yield Fault(
            "susunan terbalik", place, f"{node.level} di bawah {parent.level}", "konstruk > dimensi > indikator"
        )
    if node.part is not Part.DESCRIBED:
        yield Fault("peran X atau Y hanya untuk konstruk", place, node.part, "pada konstruknya")


def _questions(framework: Framework) -> Iterator[Fault]:
    for node, question in framework.questions():
        place = _at(framework, f"{node.code} / {question.code}")
        if not question.text.strip():
            yield Fault("pertanyaan kosong", place)
        if question.reverse and question.asking is not Asking.LIKERT:
            yield Fault("hanya butir Likert yang dapat terbalik", place, question.asking, Asking.LIKERT)
    for node in framework.leaves():
        if not any(framework.node(code).questions for code in framework.line(node.code)):
            yield Fault(
                "simpul tanpa pertanyaan",
                _at(framework, node.code),
                node.name,
                "pertanyaan untuk wawancara atau survei",
            )


def _at(framework: Framework, record: str) -> Place:
    return Place(source=framework.name, record=record)
