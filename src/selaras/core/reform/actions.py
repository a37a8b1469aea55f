"""Action plans of the reform (rencana aksi RB): by theme or area of change, with quarterly progress and evidence.

The root of the problem is mandatory: plans that are a formality are the known cause of weak reform. Targets and
progress are cumulative through the year, in the unit of the action's own output.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.computed import Computed, Input, Status
from selaras.core.finding import Finding, Severity
from selaras.core.measurement.formulas import HUNDRED, rounding_note
from selaras.core.numerals import format_number
from selaras.core.place import NOWHERE, Place
from selaras.core.spelling import quoted

REGULATION = "Permenpan-RB 9/2023"


@dataclass(frozen=True, slots=True)
class ReformAction:
    """One action of a unit. Exactly one of `area` (RB General) and `theme` (RB Tematik) is set.

    `targets` are cumulative for the four quarters; None where nothing is due yet.
    """

    code: str
    year: int
    unit: str
    title: str
    output: str
    measure: str
    targets: tuple[Decimal | None, ...]
    area: str = ""
    theme: str = ""
    root_cause: str = ""
    responsible: str = ""
    order: int = 0
    place: Place = NOWHERE

    def __post_init__(self) -> None:
        if bool(self.area) is bool(self.theme):
            raise ValueError(f"action {self.code}: either an area of change or a theme")
        if len(self.targets) != 4:
            raise ValueError(f"action {self.code}: a target or None for each of the four quarters")


@dataclass(frozen=True, slots=True)
class ActionProgress:
    """What was done through the end of a quarter (cumulative), with titles of its evidence."""

    action: str
    quarter: int
    realised: Decimal
    evidence: tuple[str, ...] = ()
    note: str = ""
    place: Place = NOWHERE

    def __post_init__(self) -> None:
        if not 1 <= self.quarter <= 4:
            raise ValueError(f"action {self.action}: there is no quarter {self.quarter}")


def progress(action: ReformAction, reports: Iterable[ActionProgress], quarter: int) -> Computed:
    """The achievement of an action through a quarter, percent of its cumulative target, capped at 100.

    The latest report up to that quarter counts. No figure where nothing was due or nothing reported.
    """
    key, name = f"rb-aksi:{action.code}:{quarter}", action.title
    text = "realisasi kumulatif ÷ target kumulatif × 100%, paling tinggi 100%"
    target = _due(action, quarter)
    if target is None:
        return Computed(key, name, None, status=Status.NO_TARGET, formula=text)
    made = [report for report in reports if report.action == action.code and report.quarter <= quarter]
    if not made:
        return Computed(key, name, None, status=Status.NO_REALISATION, formula=text)
    latest = max(made, key=lambda report: report.quarter)
    inputs = (
        Input("realisasi", format_number(latest.realised), latest.place),
        Input("target", format_number(target), action.place),
    )
    if target <= 0:
        return Computed(key, name, None, status=Status.ZERO_TARGET, formula=text, inputs=inputs)
    raw = latest.realised * HUNDRED / target
    return Computed(key, name, min(raw, HUNDRED), formula=text, inputs=inputs, raw=raw, note=rounding_note(2))


def achieved(
    actions: Iterable[ReformAction], reports: Sequence[ActionProgress], quarter: int, *, key: str = ""
) -> Computed:
    """The mean achievement of all actions that were due by the quarter; an action without a report counts as 0."""
    figures = [
        figure for action in actions if (figure := progress(action, reports, quarter)).status is not Status.NO_TARGET
    ]
    text = "jumlah capaian aksi ÷ banyaknya aksi yang jatuh tempo"
    if not figures:
        return Computed(
            key or f"rb-aksi:{quarter}", "Capaian rencana aksi RB", None, status=Status.NOTHING_TO_ADD, formula=text
        )
    total = sum((figure.value for figure in figures if figure.value is not None), Decimal(0))
    silent = sum(figure.value is None for figure in figures)
    inputs = (Input("jumlah capaian", format_number(total)), Input("banyaknya aksi", str(len(figures))))
    note = f"{silent} aksi tanpa realisasi dihitung nol. {rounding_note(2)}" if silent else rounding_note(2)
    value = total / len(figures)
    return Computed(
        key or f"rb-aksi:{quarter}", "Capaian rencana aksi RB", value, formula=text, inputs=inputs, raw=value, note=note
    )


def check_actions(
    actions: Iterable[ReformAction], reports: Iterable[ActionProgress], areas: Iterable[str], themes: Iterable[str],
    quarter: int,
) -> tuple[Finding, ...]:  # fmt: skip
    """What action plans lack through `quarter`: root cause, known area or theme, falling sums, evidence, reports."""
    told: dict[str, list[ActionProgress]] = {}
    for report in reports:
        told.setdefault(report.action, []).append(report)
    known = {"area": set(areas), "theme": set(themes)}
    found: list[Finding] = []
    for action in actions:
        found += _plan(action, known)
        found += _reported(action, sorted(told.get(action.code, ()), key=lambda report: report.quarter), quarter)
    return tuple(found)


def _plan(action: ReformAction, known: dict[str, set[str]]) -> list[Finding]:
    name = quoted(action.title)
    found = []
    if not action.root_cause.strip():
        found.append(
            _finding(
                "RB-ROOT",
                Severity.ERROR,
                f"Rencana aksi {name} tidak menyebut akar masalah.",
                "",
                "akar masalah yang dijawab aksi ini",
                action.place,
            )
        )
    for kind, code in (("area", action.area), ("theme", action.theme)):
        if code and code not in known[kind]:
            word = "Area perubahan" if kind == "area" else "Tema"
            found.append(
                _finding(
                    "RB-THEME",
                    Severity.ERROR,
                    f"{word} pada rencana aksi {name} tidak dikenal.",
                    code,
                    " | ".join(sorted(known[kind])),
                    action.place,
                )
            )
    due = [target for target in action.targets if target is not None]
    if not due:
        found.append(
            _finding(
                "RB-TARGET",
                Severity.ERROR,
                f"Rencana aksi {name} tidak mempunyai target triwulan.",
                "",
                "target kumulatif",
                action.place,
            )
        )
    if any(later < earlier for earlier, later in itertools.pairwise(due)):
        found.append(
            _finding(
                "RB-TARGET",
                Severity.WARNING,
                f"Target kumulatif rencana aksi {name} menurun.",
                "; ".join(map(format_number, due)),
                "target yang tidak menurun",
                action.place,
            )
        )
    if not action.responsible:
        found.append(
            _finding(
                "RB-OWNER",
                Severity.WARNING,
                f"Rencana aksi {name} belum mempunyai penanggung jawab.",
                "",
                "jabatan",
                action.place,
            )
        )
    return found


def _reported(action: ReformAction, reports: list[ActionProgress], quarter: int) -> list[Finding]:
    name = quoted(action.title)
    found = []
    values = [report.realised for report in reports]
    if any(later < earlier for earlier, later in itertools.pairwise(values)):
        found.append(
            _finding(
                "RB-PROGRESS",
                Severity.ERROR,
                f"Realisasi kumulatif rencana aksi {name} menurun.",
                "; ".join(map(format_number, values)),
                "realisasi kumulatif",
                reports[-1].place,
            )
        )
    for number, count in Counter(report.quarter for report in reports).items():
        if count > 1:
            found.append(
                _finding(
                    "RB-PROGRESS",
                    Severity.ERROR,
                    f"Rencana aksi {name} dilaporkan {count} kali pada triwulan {number}.",
                    str(count),
                    "satu laporan",
                    reports[0].place,
                )
            )
    for report in reports:
        if report.realised > 0 and not report.evidence:
            found.append(
                _finding(
                    "RB-EVIDENCE",
                    Severity.WARNING,
                    f"Kemajuan rencana aksi {name} triwulan {report.quarter} tanpa bukti.",
                    format_number(report.realised),
                    "bukti dukung",
                    report.place,
                )
            )
    last = max((report.quarter for report in reports), default=0)
    if last < quarter and _due(action, quarter) is not None:
        found.append(
            _finding(
                "RB-SILENT",
                Severity.WARNING,
                f"Rencana aksi {name} belum dilaporkan untuk triwulan {quarter}.",
                "",
                "realisasi kumulatif dan bukti",
                action.place,
            )
        )
    return found


def _due(action: ReformAction, quarter: int) -> Decimal | None:
    """The cumulative target through a quarter: the latest one that is set."""
    return next((target for target in reversed(action.targets[:quarter]) if target is not None), None)


def _finding(code: str, severity: Severity, message: str, stated: str, expected: str, place: Place) -> Finding:
    places = (place,) if place != NOWHERE else ()
    return Finding(
        code,
        "missing-element",
        severity,
        message,
        stated=stated,
        expected=expected,
        places=places,
        regulation=REGULATION,
    )
