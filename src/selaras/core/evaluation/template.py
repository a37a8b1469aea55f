"""The evaluation instrument (LKE) as data: components, sub-components, criteria, answers, predicates.

Permenpan-RB 88/2021 is the default, 12/2015 that of older years; agencies have variants of their own. The templates
live in `rulebook/data/lke`; this module says what they are, `soundness` when one can be used. Weights and scores are points
(the whole sheet has `FULL`), values of answers and shares of criteria are percent.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from selaras.core.document import Tone
from selaras.core.errors import Fault, Refusal
from selaras.core.law import Source
from selaras.core.numerals import format_number
from selaras.core.org import AgencyKind
from selaras.core.place import Place

FULL = Decimal(100)
ZERO = Decimal(0)


class Aspect(StrEnum):
    """What a sub-component asks about; the rules of an answer differ by it."""

    EXISTENCE = "keberadaan"
    QUALITY = "kualitas"
    USE = "pemanfaatan"
    RESULT = "capaian"


class Mode(StrEnum):
    """How a sub-component gets its score.

    One answer per sub-component is the way of Permenpan-RB 88/2021; averaged criteria are local practice; entered
    points serve old sheets of which only the scores are known.
    """

    ANSWER = "jawaban per sub-komponen"
    CRITERIA = "rata-rata jawaban kriteria"
    POINTS = "nilai langsung"


class Effort(StrEnum):
    """Effort beyond the criteria that an answer above the proposal rests on."""

    NONE = "tidak ada"
    NOTABLE = "upaya yang patut dihargai"
    EXEMPLARY = "upaya inovatif yang layak menjadi percontohan"

    @property
    def rank(self) -> int:
        """0 for none, 2 for the most."""
        return list(Effort).index(self)


@dataclass(frozen=True, slots=True)
class Answer:
    """One step of an answer scale, worth `value` percent of the weight.

    `share`: it is proposed from this share of criteria met on (in percent; `exclusive`: only above it); None where it
    is never proposed. `years` (keberadaan) and `effort` (the other aspects) are what it needs beyond the share.
    `rules` says per aspect in words when it is right.
    """

    letter: str
    value: Decimal
    share: Decimal | None = None
    exclusive: bool = False
    years: int = 0
    effort: Effort = Effort.NONE
    rules: tuple[tuple[Aspect, str], ...] = ()

    @property
    def beyond(self) -> bool:
        """Whether it needs evidence of persistence or effort, and is therefore never proposed by itself."""
        return bool(self.years) or self.effort is not Effort.NONE

    def rule(self, aspect: Aspect) -> str:
        """When the answer is right for a sub-component of this aspect; empty if the template does not say."""
        return dict(self.rules).get(aspect, "")


@dataclass(frozen=True, slots=True)
class AnswerScale:
    """The possible answers, best first: AA … E for sub-components, A–D or Y/T for criteria."""

    code: str
    answers: tuple[Answer, ...]

    def answer(self, letter: str) -> Answer | None:
        """The answer with this letter, None if the scale does not know it."""
        return next((answer for answer in self.answers if answer.letter == letter), None)

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters, best first."""
        return tuple(answer.letter for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion. A probe under one answer per sub-component, answered by itself where criteria are averaged.

    `weight` is relative to the other criteria of the sub-component; `scale` the answer scale of its own, if any.
    """

    code: str
    text: str
    weight: Decimal = Decimal(1)
    scale: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Subcomponent:
    """One sub-component: its weight in points, what it asks about, and its criteria in order."""

    code: str
    title: str
    weight: Decimal
    aspect: Aspect
    criteria: tuple[Criterion, ...] = ()
    scale: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """One component with its weight in points."""

    code: str
    title: str
    weight: Decimal
    subcomponents: tuple[Subcomponent, ...]


@dataclass(frozen=True, slots=True)
class Predicate:
    """One predicate: scores above `above` (exclusive) up to `upto` (inclusive), in points.

    Exactly `above` belongs to the predicate below: 90,00 is an A. Only the lowest one holds its lower end, because a
    score of exactly 0 has no other place.
    """

    letter: str
    above: Decimal
    upto: Decimal
    name: str
    meaning: str = ""
    tone: Tone = Tone.NONE

    def printed(self) -> str:
        """The range as tables print it: `> 90–100`."""
        return f"> {format_number(self.above)}–{format_number(self.upto)}"


@dataclass(frozen=True, slots=True)
class Rounding:
    """How scores are rounded, half up: to `places` decimals, `each_part` before the sum or only the total."""

    places: int = 2
    each_part: bool = False
    source: str = ""

    def rounded(self, points: Decimal) -> Decimal:
        """`points` rounded half up to `places` decimals."""
        return points.quantize(Decimal(1).scaleb(-self.places), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Template:
    """One instrument. `first_year` and `last_year` are years of performance that are evaluated, not of the evaluation.

    `partial` is what a criterion that is met in part counts (0 to 1); no source says that it counts, so it is data.
    `local` ones are never chosen by themselves. `kinds` empty means every kind of agency.
    """

    code: str
    title: str
    regulation: str
    first_year: int
    last_year: int | None
    mode: Mode
    components: tuple[Component, ...]
    scales: tuple[AnswerScale, ...]
    predicates: tuple[Predicate, ...]
    rounding: Rounding
    source: Source
    partial: Decimal = ZERO
    local: bool = False
    kinds: tuple[AgencyKind, ...] = ()
    base: str = ""

    @property
    def subcomponents(self) -> tuple[Subcomponent, ...]:
        """All sub-components in order."""
        return tuple(sub for component in self.components for sub in component.subcomponents)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria in order."""
        return tuple(criterion for sub in self.subcomponents for criterion in sub.criteria)

    def subcomponent(self, code: str) -> Subcomponent:
        """The sub-component with this code. Raises Refusal if the template has none."""
        found = next((sub for sub in self.subcomponents if sub.code == code), None)
        if found is None:
            known = ", ".join(sub.code for sub in self.subcomponents)
            raise Refusal(
                f"Sub-komponen {code} tidak ada dalam instrumen {self.code}.",
                Fault("sub-komponen tidak dikenal", Place(record=self.code), code, known),
            )
        return found

    def scale(self, code: str = "") -> AnswerScale:
        """The answer scale with this code; the first one without. The template must have been checked."""
        return next(scale for scale in self.scales if not code or scale.code == code)

    def scale_of(self, part: Subcomponent | Criterion) -> AnswerScale:
        """The scale by which a sub-component or criterion is answered."""
        return self.scale(part.scale)

    def serves(self, year: int, kind: AgencyKind) -> bool:
        """Whether the template is meant for the evaluation of `year` in an agency of this kind."""
        in_time = self.first_year <= year and (self.last_year is None or year <= self.last_year)
        return in_time and (not self.kinds or kind in self.kinds)
