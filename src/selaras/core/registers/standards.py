"""Service standards (Permenpan-RB 15/2014): which components a service states, and whether it keeps its promised time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Source
from selaras.core.place import Place
from selaras.core.registers.clock import ENDED, Clock, Verdict

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class StandardComponent:
    """One component that a service standard must state; `published`: it belongs to what the public is told."""

    code: str
    name: str
    published: bool


@dataclass(frozen=True, slots=True)
class ServiceStandard:
    """The standard of one service: what it states by component, and whether it was announced."""

    service: str
    name: str
    statements: Mapping[str, str]
    announced: bool = False


@dataclass(frozen=True, slots=True)
class Compliance:
    """How far a service complies: the share of components stated, what is missing, the share served in time.

    Both shares are percent; `in_time` is None where nothing has ended yet.
    """

    service: str
    stated: Decimal
    missing: tuple[str, ...]
    served: int
    in_time: Decimal | None
    overdue: int


def compliance(
    standard: ServiceStandard, components: tuple[StandardComponent, ...], clocks: Iterable[Clock]
) -> Compliance:
    """The compliance of one service with its own standard, from its statements and the clocks of its records.

    Raises ValueError without components: there is nothing to comply with.
    """
    if not components:
        raise ValueError("a service standard has components")
    return compliance_of(standard, components, Counter(clock.verdict for clock in clocks))


def compliance_of(
    standard: ServiceStandard, components: Iterable[StandardComponent], verdicts: Mapping[Verdict, int]
) -> Compliance:
    """The same out of how many services stand in which way."""
    components = tuple(components)
    missing = tuple(item.name for item in components if not standard.statements.get(item.code, "").strip())
    ended = sum(verdicts.get(verdict, 0) for verdict in ENDED)
    return Compliance(
        standard.service,
        (len(components) - len(missing)) * HUNDRED / len(components),
        missing,
        ended,
        verdicts.get(Verdict.ON_TIME, 0) * HUNDRED / ended if ended else None,
        verdicts.get(Verdict.OVERDUE, 0),
    )


def findings_of(standard: ServiceStandard, result: Compliance, source: Source) -> tuple[Finding, ...]:
    """What a leader should know: components that are missing, a standard that was not announced, overdue services."""
    at = (Place(record=standard.service),)
    found = []
    if result.missing:
        found.append(
            Finding(
                "SERVICE-STANDARD", "missing-element", Severity.WARNING,
                f"Standar pelayanan {standard.name} belum lengkap.", stated="; ".join(result.missing),
                expected="setiap komponen dinyatakan", places=at, regulation=source.text,
            )
        )  # fmt: skip
    if not standard.announced:
        found.append(
            Finding(
                "SERVICE-ANNOUNCED", "missing-element", Severity.WARNING,
                f"Standar pelayanan {standard.name} belum diumumkan.", expected="maklumat pelayanan", places=at,
                regulation=source.text,
            )
        )  # fmt: skip
    if result.overdue:
        found.append(
            Finding(
                "SERVICE-OVERDUE", "suspicious-pattern", Severity.WARNING,
                f"{result.overdue} layanan {standard.name} lewat waktu yang dijanjikan.",
                stated=str(result.overdue), expected="0", places=at, regulation=source.text,
            )
        )  # fmt: skip
    return tuple(found)
