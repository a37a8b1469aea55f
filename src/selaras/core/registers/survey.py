"""The satisfaction survey (SKM, Permenpan-RB 14/2017): elements by name, exact weights, conversion, bands, sample size.

Means are kept as exact fractions and rounded half up only at the end, so that no figure on the edge of a band falls on
the wrong side. An answer that was left blank divides nothing (inferred).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from selaras.core.document import Tone
from selaras.core.errors import Fault, Refusal
from selaras.core.finding import Finding, Severity
from selaras.core.law import Source
from selaras.core.place import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Element:
    """One element, known by its code; the official order is only how it is printed."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class SurveyBand:
    """One band of the converted value, both ends included, after rounding."""

    letter: str
    name: str
    least: Decimal
    most: Decimal
    tone: Tone = Tone.NONE


@dataclass(frozen=True, slots=True)
class SampleRule:
    """The constants of the sample formula: chi square, the share assumed, the error allowed."""

    chi_square: Decimal
    share: Decimal
    error: Decimal


@dataclass(frozen=True, slots=True)
class ServiceSurvey:
    """A survey of service: elements answered from `lowest` to `highest`, converted by `factor`, classed by bands.

    `places` is how many decimals the converted value is rounded to, half up, before it is classed. `weakest` says for
    how many of the lowest elements a follow-up is expected. Without bands nothing is classed.
    """

    code: str
    name: str
    elements: tuple[Element, ...]
    lowest: int
    highest: int
    factor: Decimal
    source: Source
    bands: tuple[SurveyBand, ...] = ()
    sample: SampleRule | None = None
    answers: tuple[str, ...] = ()
    places: int = 2
    weakest: int = 3

    def __post_init__(self) -> None:
        step = Decimal(1).scaleb(-self.places)
        if not self.elements or len({item.code for item in self.elements}) != len(self.elements):
            raise ValueError(f"survey {self.code}: elements must be there, each once")
        if self.lowest >= self.highest or (self.answers and len(self.answers) != self.highest - self.lowest + 1):
            raise ValueError(f"survey {self.code}: answers do not fit the scale")
        if any(upper.least - lower.most != step for upper, lower in pairwise(self.bands)):
            raise ValueError(f"survey {self.code}: bands leave a hole or overlap")

    def band_of(self, converted: Decimal) -> SurveyBand | None:
        """The band of a converted value that was rounded before; None outside all bands."""
        return next((band for band in self.bands if band.least <= converted <= band.most), None)


@dataclass(frozen=True, slots=True)
class Response:
    """The answers of one respondent about one service, by element; what was left blank is absent."""

    service: str
    on: date
    answers: Mapping[str, int]
    traits: Mapping[str, str] = field(default_factory=dict)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class ElementResult:
    """One element: how many answered, the sum, the mean (NRR) rounded for print, the same exactly, its conversion."""

    element: Element
    answered: int
    total: int
    exact: Fraction | None
    mean: Decimal | None
    converted: Decimal | None
    band: SurveyBand | None


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """The result: respondents, elements, index on the scale of answers, converted value, band. None without answers."""

    survey: str
    respondents: int
    elements: tuple[ElementResult, ...]
    index: Decimal | None
    converted: Decimal | None
    band: SurveyBand | None
    weight: Decimal | None = None

    def lowest(self, amount: int) -> tuple[ElementResult, ...]:
        """The elements with the lowest means, lowest first, in printed order where they are equal; ties stay in.

        What is as good as the best is not among the lowest, unless all are alike.
        """
        ranked = sorted((item for item in self.elements if item.exact is not None), key=lambda item: item.exact or 0)
        if len(ranked) <= amount:
            return tuple(ranked)
        edge, best = ranked[amount - 1].exact or 0, ranked[-1].exact or 0
        below = tuple(item for item in ranked if (item.exact or 0) < best) if edge == best else ()
        return below or tuple(item for item in ranked if (item.exact or 0) <= edge)


def faults_of_response(survey: ServiceSurvey, response: Response) -> tuple[Fault, ...]:
    """What is wrong with one response: elements that the survey does not have, answers outside the scale, none at all."""
    known = {item.code for item in survey.elements}
    faults = [
        Fault("unsur survei tidak dikenal", response.place, code, ", ".join(item.code for item in survey.elements))
        for code in response.answers
        if code not in known
    ]
    faults += [
        Fault(f"jawaban unsur {code} di luar skala", response.place, str(answer), f"{survey.lowest}–{survey.highest}")
        for code, answer in response.answers.items()
        if code in known and not survey.lowest <= answer <= survey.highest
    ]
    if not response.answers:
        faults.append(Fault("tidak ada jawaban", response.place, expected="sekurang-kurangnya satu jawaban"))
    return tuple(faults)


def score(survey: ServiceSurvey, responses: Iterable[Response], *, weight: Decimal | None = None) -> SurveyResult:
    """The result over all responses.

    The weight is exactly one divided by the number of elements that were answered; `weight` (0,111 or 0,11) only
    reproduces an old report that rounded it. Raises Refusal with every fault of every response.
    """
    listed = list(responses)
    faults = [fault for response in listed for fault in faults_of_response(survey, response)]
    if faults:
        raise Refusal(f"Hasil {survey.name} tidak dapat dihitung.", *faults)
    elements = tuple(_element(survey, item, listed) for item in survey.elements)
    return _result(survey, len(listed), elements, weight)


def score_means(
    survey: ServiceSurvey, means: Mapping[str, Decimal], *, respondents: int = 0, weight: Decimal | None = None
) -> SurveyResult:
    """The result from means per element as an old report prints them. Raises Refusal for a mean outside the scale."""
    known = {item.code for item in survey.elements}
    faults = [
        Fault(f"rata-rata unsur {code}", NOWHERE, str(mean), f"unsur yang dikenal, {survey.lowest}–{survey.highest}")
        for code, mean in means.items()
        if code not in known or not survey.lowest <= mean <= survey.highest
    ]
    if faults:
        raise Refusal(f"Hasil {survey.name} tidak dapat dihitung.", *faults)
    elements = tuple(
        _told(survey, item, respondents, 0, Fraction(means[item.code]) if item.code in means else None)
        for item in survey.elements
    )
    return _result(survey, respondents, elements, weight)


def by_service(survey: ServiceSurvey, responses: Iterable[Response]) -> dict[str, SurveyResult]:
    """The result of each service, by its name in order."""
    groups: dict[str, list[Response]] = {}
    for response in responses:
        groups.setdefault(response.service, []).append(response)
    return {service: score(survey, groups[service]) for service in sorted(groups)}


def by_trait(responses: Iterable[Response], trait: str) -> dict[str, int]:
    """How many respondents there were by sex, education or another trait; without it they stand under an empty name."""
    counted: dict[str, int] = {}
    for response in responses:
        label = response.traits.get(trait, "")
        counted[label] = counted.get(label, 0) + 1
    return dict(sorted(counted.items()))


def sample_size(population: int, rule: SampleRule) -> int:
    """How many respondents a population asks for: x² N P (1−P) ÷ (d² (N−1) + x² P (1−P)), rounded half up.

    Printed tables differ by one here and there (100.000 gives 383). Raises ValueError for a population below one.
    """
    if population < 1:
        raise ValueError("a population has at least one member")
    chi, share, error = (Fraction(item) for item in (rule.chi_square, rule.share, rule.error))
    spread = chi * share * (1 - share)
    exact = spread * population / (error * error * (population - 1) + spread)
    return int(half_up(exact, 0))


def half_up(exact: Fraction, places: int) -> Decimal:
    """A fraction from zero on as Decimal, rounded half up to `places` decimals, without any step between."""
    scaled = exact * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole).scaleb(-places)


@dataclass(frozen=True, slots=True)
class SurveyAction:
    """What will be done about one element: who, until when."""

    element: str
    action: str
    responsible: str
    due: date | None = None


def check_plan(survey: ServiceSurvey, result: SurveyResult, plan: Sequence[SurveyAction]) -> tuple[Finding, ...]:
    """Which of the lowest elements have no complete follow-up: action, responsible and date."""
    done = {item.element for item in plan if item.action.strip() and item.responsible.strip() and item.due}
    return tuple(
        Finding(
            "SURVEY-FOLLOW-UP", "missing-element", Severity.WARNING,
            f"Unsur {item.element.name} termasuk yang terendah, tetapi belum ada rencana tindak lanjutnya.",
            stated="" if item.mean is None else str(item.mean).replace(".", ","),
            expected="tindakan, penanggung jawab, dan tanggal", places=(Place(record=item.element.code),),
            regulation=survey.source.text,
        )
        for item in result.lowest(survey.weakest)
        if item.element.code not in done
    )  # fmt: skip


def _element(survey: ServiceSurvey, element: Element, responses: Sequence[Response]) -> ElementResult:
    given = [response.answers[element.code] for response in responses if element.code in response.answers]
    return _told(survey, element, len(given), sum(given), Fraction(sum(given), len(given)) if given else None)


def _told(survey: ServiceSurvey, element: Element, answered: int, total: int, exact: Fraction | None) -> ElementResult:
    if exact is None:
        return ElementResult(element, answered, total, None, None, None, None)
    converted = half_up(exact * Fraction(survey.factor), survey.places)
    return ElementResult(element, answered, total, exact, half_up(exact, 4), converted, survey.band_of(converted))


def _result(
    survey: ServiceSurvey, respondents: int, elements: tuple[ElementResult, ...], weight: Decimal | None
) -> SurveyResult:
    means = [item.exact for item in elements if item.exact is not None]
    if not means:
        return SurveyResult(survey.code, respondents, elements, None, None, None, weight)
    share = Fraction(1, len(means)) if weight is None else Fraction(weight)
    index = sum(means, Fraction(0)) * share
    converted = half_up(index * Fraction(survey.factor), survey.places)
    return SurveyResult(
        survey.code, respondents, elements, half_up(index, 4), converted, survey.band_of(converted), weight
    )
