"""What a year's service came to, as the annual report reads it: counted figures and published surveys, no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ServiceElement:
    """One element of a survey: how many answered, its mean and value, and its band in words; `–` where none answered."""

    name: str
    answered: int
    mean: str
    value: str
    band: str


@dataclass(frozen=True, slots=True)
class ServiceAction:
    """One line of the follow-up plan of a survey."""

    element: str
    action: str
    responsible: str
    due: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class PublishedSatisfaction:
    """A satisfaction survey as the agency published it. `value` and `band` are in words, `–` without answers."""

    code: str
    title: str
    since: date
    until: date
    respondents: int
    value: str
    band: str
    elements: tuple[ServiceElement, ...]
    lowest: tuple[str, ...]
    plan: tuple[ServiceAction, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ServiceFigure:
    """One counting rule of a register with its figure in words, or why there is none."""

    name: str
    told: str


@dataclass(frozen=True, slots=True)
class PublicService:
    """A register that is open to the public, with what it counted in the year up to `as_of`."""

    code: str
    name: str
    records: int
    as_of: date
    figures: tuple[ServiceFigure, ...]
