"""What the report of a culture study is made from: the study with its evidence, follow-up, surveys and performance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from selaras.core.computed import Computed
from selaras.core.culture.conclusions import Strength
from selaras.core.culture.editions import PublishedSurvey
from selaras.core.culture.index import NationalFigure
from selaras.core.culture.studies import Example
from selaras.core.culture.support import CodeSupport
from selaras.core.finding import Finding
from selaras.core.org import Agency


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that may be quoted, with its place: source and code points."""

    source: str
    start: int
    end: int
    text: str
    against: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One follow-up with its owner, date, state and result, as words; `study` is the study that it came from."""

    study: str
    statement: str
    action: str
    owner: str
    due: date | None
    state: str
    result: str


@dataclass(frozen=True, slots=True)
class Told:
    """One kept computation: what it is, its sentences, when and on which data (digest) it was made."""

    survey: str
    kind: str
    sentences: tuple[str, ...]
    made: date
    digest: str


@dataclass(frozen=True, slots=True)
class Performance:
    """The indicator that the study answers to, with target, achievement, budget and absorption of its activity."""

    indicator: str
    activity: str
    target: str
    realised: str
    achievement: Computed
    budget: Decimal | None
    spent: Decimal | None
    absorption: Computed


@dataclass(frozen=True)
class StudyFacts:
    """Everything that the report prints; nothing of it names a person. `demo` says that it is a worked example."""

    agency: Agency
    year: int
    example: Example
    support: tuple[CodeSupport, ...]
    strengths: Mapping[str, Strength]
    banners: Mapping[str, str]
    claims: tuple[str, ...]
    flags: tuple[Finding, ...]
    quotes: Mapping[str, tuple[Quote, ...]]
    """By conclusion: passages for it, and after them those against it."""
    rule: str
    k_publish: int
    question: str = ""
    places: str = ""
    legal_basis: str = ""
    demo: str = ""
    steps: tuple[Step, ...] = ()
    before: tuple[Step, ...] = ()
    surveys: tuple[PublishedSurvey, ...] = ()
    told: tuple[Told, ...] = ()
    scores: tuple[tuple[str, str], ...] = ()
    """The codes of scores in `told`, with their names."""
    national: tuple[NationalFigure, ...] = ()
    performance: Performance | None = None
