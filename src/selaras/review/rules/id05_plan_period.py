"""Satu rencana disebut dengan periode yang berbeda-beda.

Mengapa: target tahunan hanya dapat dibaca terhadap satu periode rencana; periode lain berarti rencana lain.
Peraturan: UU 25/2004; Permendagri 86/2017 (periode rencana pembangunan dan rencana strategis).
Salah: “tujuan dalam periode 2020–2024” padahal Renstra yang dilaporkan 2024–2026.
Benar: “tujuan dalam periode 2024–2026”.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.concordance import saying
from selaras.review.prose import SPAN, around, quoted
from selaras.review.report import Report, Sentence, SentenceKind, TableKind

CODE = "ID05"
KINDS = ("wrong-period",)

Span = tuple[int, int]

_PLANS = {
    "RPJPN": r"RPJPN|rencana pembangunan jangka panjang nasional",
    "RPJPD": r"RPJPD|rencana pembangunan jangka panjang daerah",
    "RPJMN": r"RPJMN|rencana pembangunan jangka menengah nasional",
    "RPJMD": r"RPJMD|rencana pembangunan jangka menengah(?: \w+){0,3} daerah|rencana pembangunan jangka menengah daerah",
    "RPD": r"\bRPD\b|rencana pembangunan daerah",
    "Road Map": r"road ?map|grand ?desi(?:gn|n)",
    "Renstra": r"renstra|rencana strategis|rancangan strategis",
    "IKU": r"indikator kinerja utama|\bIKU\b",
}
_NAMED = [(name, re.compile(words, re.IGNORECASE)) for name, words in _PLANS.items()]
_GOAL = re.compile(r"\b(?:tujuan|sasaran|target)\b", re.IGNORECASE)
_PERIOD = re.compile(r"\bperiode\b", re.IGNORECASE)
_EARLIER = re.compile(
    r"sebelumnya|terdahulu|periode lalu|berakhir|tahun lalu|perbandingan|dibanding|grafik|perkembangan", re.IGNORECASE
)
_OTHERS = re.compile(r"kementerian|kemen\w+|menteri|K/L\b|nasional", re.IGNORECASE)
_LOOKS_BACK = re.compile(r"\b(?:hasil )?evaluasi\b(?:\W+\w+){0,10}\W*$", re.IGNORECASE)
"""An evaluation of the plan before."""
_REACH = 110


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Periods beside the name of a plan that differ from that plan's period, periods of goals, plans named by one year."""
    spans = list(_spans(report))
    own = _own(report, spans)
    for name in _PLANS:
        yield from _differing(report, name, [item for item in spans if item[0] == name], own)
    yield from _outside(report, [item for item in spans if item[0] == "Renstra"])
    if own:
        yield from _goals(report, own)
        yield from _single_years(report, own)


def _outside(report: Report, items: list[tuple[str, Span, Sentence, re.Match[str]]]) -> Iterator[Finding]:
    """The only period that the report gives to its Renstra does not hold the year of the report."""
    year = report.identity.year
    if year is None or not items or any(_holds(span, year) for _, span, _, _ in items) or _any_holds(report, year):
        return
    told = [item for item in items if not _EARLIER.search(item[2].text) and not _OTHERS.search(item[2].text)]
    if not told:
        return
    _, span, _, _ = told[0]
    yield Finding(
        CODE,
        "wrong-period",
        Severity.WARNING,
        f"Renstra berperiode {_shown(span)} tidak memuat tahun laporan {year}",
        stated=_shown(span),
        expected=f"periode yang memuat {year}",
        places=tuple(quoted(around(each.text, *match.span(), width=80), each.place) for _, _, each, match in told),
        regulation="UU 25/2004",
        suggestion="Tuliskan periode Renstra yang berlaku pada tahun laporan.",
    )


def _any_holds(report: Report, year: int) -> bool:
    """Whether a column of the plan's targets speaks of the year: then the period is only misnamed, which others tell."""
    return any(SPAN.search(grid.table.caption) for grid in report.grids if grid.kind is TableKind.RENSTRA) and any(
        int(match[1]) <= year <= int(match[2]) for grid in report.grids for match in SPAN.finditer(grid.table.caption)
    )


def _with_span(report: Report) -> list[Sentence]:
    """The sentences in which a span of years stands."""
    found: list[Sentence] = report.once("spans of years", lambda each: saying(each, SPAN))
    return found


def _spans(report: Report) -> Iterator[tuple[str, Span, Sentence, re.Match[str]]]:
    for sentence in _with_span(report):
        before = 0
        for match in SPAN.finditer(sentence.text):
            words = sentence.text[max(before, match.start() - _REACH) : match.start()]
            before = match.end()
            found = [
                (max(hit.start() for hit in expression.finditer(words)), name)
                for name, expression in _NAMED
                if expression.search(words)
            ]
            if found:
                yield max(found)[1], (int(match[1]), int(match[2])), sentence, match


def _own(report: Report, spans: list[tuple[str, Span, Sentence, re.Match[str]]]) -> Span | None:
    """The period of the Renstra: as registered, else the one named most often that holds the year of the report."""
    identity = report.identity
    if identity.plan_first and identity.plan_last:
        return identity.plan_first, identity.plan_last
    named = Counter(span for name, span, _, _ in spans if name == "Renstra" and _holds(span, identity.year))
    return named.most_common(1)[0][0] if named else None


def _holds(span: Span, year: int | None) -> bool:
    return year is None or span[0] <= year <= span[1]


def _differing(
    report: Report, name: str, items: list[tuple[str, Span, Sentence, re.Match[str]]], own: Span | None
) -> Iterator[Finding]:
    counts = Counter(span for _, span, _, _ in items)
    if name in {"Renstra", "IKU"}:
        right = own if name == "Renstra" or own in counts else None
    else:
        right = _main(counts, report.identity.year)
    for span in counts:
        if right is None or span == right:
            continue
        wrong = [
            item
            for item in items
            if item[1] == span
            and not _EARLIER.search(item[2].text)
            and not (name == "Renstra" and _OTHERS.search(item[2].text))
            and not (span[1] <= right[0] and _LOOKS_BACK.search(item[2].text[: item[3].start()]))
        ]
        if not wrong:
            continue
        places = [
            quoted(around(sentence.text, *match.span(), width=80), sentence.place) for _, _, sentence, match in wrong
        ]
        certain = name in {"Renstra", "RPJMN", "IKU"}
        yield Finding(
            CODE,
            "wrong-period",
            Severity.ERROR if certain else Severity.WARNING,
            f"{name} disebut berperiode {_shown(span)}, di tempat lain {_shown(right)}",
            stated=_shown(span),
            expected=_shown(right),
            places=tuple(places + _witness(items, right)),
            regulation="UU 25/2004",
            suggestion="Samakan periode rencana di seluruh laporan, termasuk judul tabel dan dasar hukum.",
        )


def _main(counts: Counter[Span], year: int | None) -> Span | None:
    """The period that holds the year and is named most often; None if none holds it."""
    holding = Counter({span: count for span, count in counts.items() if _holds(span, year)})
    return holding.most_common(1)[0][0] if holding else None


def _witness(items: list[tuple[str, Span, Sentence, re.Match[str]]], right: Span) -> list[Place]:
    return [
        quoted(around(sentence.text, *match.span(), width=80), sentence.place)
        for _, span, sentence, match in items
        if span == right
    ][:1]


def _goals(report: Report, own: Span) -> Iterator[Finding]:
    """`tujuan … dalam periode 2020–2024` without the name of a plan."""
    for sentence in _with_span(report):
        for match in SPAN.finditer(sentence.text):
            words = sentence.text[max(0, match.start() - _REACH) : match.start()]
            span = (int(match[1]), int(match[2]))
            if (
                span == own
                or not (_PERIOD.search(words) and _GOAL.search(words))
                or any(expression.search(words) for _, expression in _NAMED)
                or _EARLIER.search(sentence.text)
            ):
                continue
            yield Finding(
                CODE,
                "wrong-period",
                Severity.ERROR,
                f"Tujuan atau sasaran dikatakan berperiode {_shown(span)}, Renstra {_shown(own)}",
                stated=_shown(span),
                expected=_shown(own),
                places=(quoted(around(sentence.text, *match.span(), width=80), sentence.place),),
                regulation="UU 25/2004",
                suggestion="Samakan dengan periode Renstra.",
            )


def _single_years(report: Report, own: Span) -> Iterator[Finding]:
    """A plan of several years that is named by one year only."""
    if own[0] == own[1]:
        return
    expression = re.compile(
        r"\b(?:renstra|rencana strategis)\b(?:\s+\(renstra\))?((?:\s+[A-Z][\w.]*){0,8}) tahun ((?:19|20)\d\d)\b"
        r"(?!\s*(?:[-–—]|s\s?[./]?\s?d|sampai|hingga))",
        re.IGNORECASE,
    )
    for sentence in saying(report, expression):
        for match in expression.finditer(sentence.text):
            if (
                re.search(r"\b(?:akhir|target)\s*$", sentence.text[: match.start()], re.IGNORECASE)
                and int(match[2]) in own
            ):
                continue
            if sentence.kind is not SentenceKind.CELL and not re.search(
                r"\b(?:untuk|pada|target|dalam|sampai|kinerja)\b", match[1], re.IGNORECASE
            ):
                yield Finding(
                    CODE,
                    "wrong-period",
                    Severity.WARNING,
                    f"Renstra disebut hanya bertahun {match[2]}; periodenya {_shown(own)}",
                    stated=match[2],
                    expected=_shown(own),
                    places=(quoted(around(sentence.text, *match.span()), sentence.place),),
                    suggestion="Tuliskan periode Renstra selengkapnya.",
                )


def _shown(span: Span) -> str:
    return f"{span[0]}–{span[1]}"
