"""Figures read from old reports beside what is stored: the names to match them with, and the values that stand there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, QuerySet, Value
from django.db.models.functions import Cast

from selaras.core.measurement.entries import quotient
from selaras.core.numerals import format_number
from selaras.core.period import Span
from selaras.core.planning import PlanDocument
from selaras.core.value import Value as Held
from selaras.core.value import ValueKind
from selaras.store import models as tables
from selaras.store.models.columns import VALUE_PARTS, value_of
from selaras.store.rows import tidy

TARGET, REALISATION, AGREED = "target", "realisasi", "PK"
PLANS = (PlanDocument.RENSTRA.value, PlanDocument.RKT.value)
ZERO = Decimal(0)
_NO_NUMBER = Cast(Value(None), DecimalField(max_digits=30, decimal_places=10))
Key = tuple[str, str, int]
"""What the figure is (`target Renstra`, `realisasi`), the indicator's code, the year."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A value that is stored: as people see it, and for a realisation how far it is."""

    told: str
    status: str = ""
    amount: Decimal | None = None
    """What a numerator and a denominator make, unrounded; None for a value that was typed."""

    def prints_as(self, shown: str) -> bool:
        """Whether a report that prints `shown` prints this value, rounded as it rounds."""
        bare = bare_figure(shown)
        if self.amount is None:
            return bare_figure(self.told) == bare
        return format_number(self.amount, places=len(bare.partition(",")[2])) == bare


def bare_figure(text: str) -> str:
    """A figure without its percent sign."""
    return text.replace("%", "").strip()


def names_of_indicators(agency: int) -> dict[int, list[str]]:
    """For each indicator, by row, every name by which reports may call it: its own and those of agreements."""
    names = {pk: [name] for pk, name in tables.Indicator.objects.filter(agency_id=agency).values_list("pk", "name")}
    wordings = tables.AgreementLine.objects.filter(agency_id=agency).exclude(wording="")
    for pk, wording in wordings.order_by().values_list("indicator_id", "wording").distinct():
        if pk in names and wording not in names[pk]:
            names[pk].append(wording)
    return names


def key_indicators(agency: int) -> frozenset[int]:
    """The rows of the indicators that are IKU."""
    return frozenset(tables.Indicator.objects.filter(agency_id=agency, iku=True).values_list("pk", flat=True))


def readings_of(case: int) -> QuerySet[tables.HistoryReading]:
    """The figures of a report in reading order, each with the indicator or programme it is taken for."""
    return tables.HistoryReading.objects.filter(case_id=case).select_related("suggested", "node").order_by("pk")


def standing(agency: int, indicators: Collection[int], years: Collection[int]) -> dict[Key, Standing]:
    """What is stored for the whole years of some indicators, by one query.

    The target of an agreement (`target PK`) is that of the latest version; where no agreement is stored, that of the
    RKT stands for it, because the targets of past years are kept there.
    """
    whole = {"agency_id": agency, "indicator__in": indicators, "year__in": years, "span": Span.YEAR.value}
    targets = tables.Target.objects.filter(**whole, document__in=PLANS).order_by()
    realised = tables.Realisation.objects.filter(**whole).order_by()
    lines = _lines(agency, indicators, years)
    bare = {"kind": Value(""), "above": _NO_NUMBER, "below": _NO_NUMBER}
    rows = targets.annotate(rank=Value(0), **bare).values_list(
        "indicator__code", "year", "rank", "document", *bare, *_value("value")
    )
    rows = rows.union(
        realised.annotate(rank=Value(-1)).values_list(
            "indicator__code", "year", "rank", "status", "indicator__value_kind", "numerator", "denominator",
            *_value("value"),
        ),
        lines.annotate(what=Value(AGREED), **bare).values_list(
            "indicator__code", "agreement__year", "agreement__version", "what", *bare, *_value("target")
        ),
        all=True,
    )  # fmt: skip
    found: dict[Key, Standing] = {}
    promised: dict[tuple[str, int], tuple[int, str]] = {}
    for code, year, rank, what, kind, above, below, *parts in rows:
        told = _told(*parts)
        if rank == -1 and not told and above is not None and below is not None:
            found[REALISATION, code, year] = _of_parts(what, kind, tidy(above) or ZERO, tidy(below) or ZERO)
        elif rank == -1:
            found[REALISATION, code, year] = Standing(told, what)
        elif what == AGREED:
            promised[code, year] = max((rank, told), promised.get((code, year), (-1, "")))
        else:
            found[f"{TARGET} {what}", code, year] = Standing(told)
    for (role, code, year), stands in list(found.items()):
        if role == f"{TARGET} {PlanDocument.RKT.value}":
            found[f"{TARGET} {AGREED}", code, year] = stands
    return found | {(f"{TARGET} {AGREED}", *key): Standing(told, AGREED) for key, (_, told) in promised.items()}


def _of_parts(status: str, kind: str, numerator: Decimal, denominator: Decimal) -> Standing:
    """A realisation whose value a numerator and a denominator make."""
    told = f"{format_number(numerator)} dari {format_number(denominator)}"
    return Standing(told, status, quotient(ValueKind(kind), numerator, denominator))


def agreed_targets(agency: int, indicators: Collection[int], years: Collection[int]) -> dict[tuple[str, int], Held]:
    """The targets that the agreements of some years promise, by indicator and year; the latest version counts."""
    rows = _lines(agency, indicators, years).order_by("agreement__version", "pk")
    found = {}
    for code, year, kind, amount, upper, grade, flag in rows.values_list(
        "indicator__code", "agreement__year", *_value("target")
    ):
        if (held := value_of(kind, tidy(amount), tidy(upper), grade, flag)) is not None:
            found[code, year] = held
    return found


def _lines(agency: int, indicators: Collection[int], years: Collection[int]) -> QuerySet[tables.AgreementLine]:
    lines = tables.AgreementLine.objects.filter(agency_id=agency, indicator__in=indicators, agreement__year__in=years)
    return lines.order_by()


def _value(name: str) -> tuple[str, ...]:
    return tuple(f"{name}_{part}" for part in VALUE_PARTS)


def _told(kind: str, amount: object, upper: object, grade: str, flag: bool | None) -> str:
    held: Held | None = value_of(kind, tidy(amount), tidy(upper), grade, flag)  # type: ignore[arg-type]
    return held.shown() if held else ""
