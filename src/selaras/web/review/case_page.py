"""What the page of one review shows: findings in order with their judgements, filters, places and marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from selaras.core.finding import Finding, Severity
from selaras.core.measurement.origin import short
from selaras.core.place import Place
from selaras.core.reporting.finding_words import kind_word, where
from selaras.documents.findings.kept import unpacked
from selaras.store.models import ReviewCase, ReviewDecision
from selaras.store.models.work import Judgement
from selaras.store.reviews import ISSUED
from selaras.web.review.sheets import Mark, Sheet, sheet_of

OPEN = "belum"
TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.INFO: "info"}
ICONS = {Severity.ERROR: "x-circle", Severity.WARNING: "alert", Severity.INFO: "info"}


@dataclass(frozen=True, slots=True)
class Line:
    """One finding of a case: its number, its name for machines, where it stands, and what the reviewer made of it."""

    number: int
    fingerprint: str
    finding: Finding
    boxes: tuple[tuple[float, ...], ...]
    own: str
    decision: ReviewDecision | None = None

    @property
    def short(self) -> str:
        """The beginning of the fingerprint: what remarks are kept under."""
        return self.fingerprint[:8]

    @property
    def kind(self) -> str:
        """The kind in Indonesian."""
        return kind_word(self.finding.kind)

    @property
    def tone(self) -> str:
        """The tone of the severity."""
        return TONES[self.finding.severity]

    @property
    def icon(self) -> str:
        """The icon of the severity."""
        return ICONS[self.finding.severity]

    @property
    def spot(self) -> str:
        """Where it stands, in few words."""
        return where(self.finding.places, own=self.own, most=1)

    @property
    def judgement(self) -> str:
        """The reviewer's judgement, empty while there is none."""
        return self.decision.judgement if self.decision else ""

    @property
    def is_waived(self) -> bool:
        """Whether the reviewer has put it aside."""
        return self.judgement == Judgement.WAIVED.value

    def comment_key(self, case: int) -> str:
        """The key under which remarks on it are kept."""
        return f"Reviu {case} temuan {self.finding.code} {self.short}"

    def is_called(self, wanted: str) -> bool:
        """Whether an address means it: by its whole name, or by its short one, as the register of follow-up does."""
        return wanted in {self.fingerprint, short(self.fingerprint)}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a finding stands, as a tab: in words, and the page in this report (None elsewhere)."""

    at: int
    words: str
    page: int | None
    elsewhere: bool
    current: bool = False


def lines_of(case: ReviewCase, decisions: Iterable[ReviewDecision]) -> list[Line]:
    """The findings of a case in order, each with its judgement."""
    by_name = {item.fingerprint: item for item in decisions}
    own = case.result.get("file", "")
    return [
        Line(
            number, item["fingerprint"], unpacked(item["finding"]), tuple(tuple(box) for box in item["boxes"]), own,
            by_name.get(item["fingerprint"]),
        )
        for number, item in enumerate(case.result.get("kept", []), 1)
    ]  # fmt: skip


def chosen(lines: Sequence[Line], asked: Mapping[str, str]) -> list[Line]:
    """The findings that pass the filters: severity, kind, judgement, words."""
    level, kind, judged = asked.get("tingkat", ""), asked.get("jenis", ""), asked.get("putusan", "")
    words = asked.get("cari", "").casefold().split()
    return [
        line
        for line in lines
        if (not level or line.finding.severity.value == level)
        and (not kind or line.finding.kind == kind)
        and (not judged or (line.judgement or OPEN) == judged)
        and all(word in _text(line) for word in words)
    ]


def _text(line: Line) -> str:
    item = line.finding
    quotes = (place.quote for place in item.places)
    later = (each.message for each in item.consequences)
    return " ".join([item.code, item.message, item.stated, item.expected, *quotes, *later]).casefold()


def kinds_of(lines: Iterable[Line]) -> list[tuple[str, str, int]]:
    """The kinds that occur, most frequent first: word of the machine, word of people, how many."""
    counts = Counter(line.finding.kind for line in lines)
    return [(kind, kind_word(kind), count) for kind, count in counts.most_common()]


def tally(lines: Iterable[Line]) -> dict[str, int]:
    """How many findings there are by severity, how many of each judgement, and how many errors wait for one."""
    lines = list(lines)
    counts: dict[str, int] = {severity.value: 0 for severity in Severity}
    counts |= {"accepted": 0, "waived": 0, "open": 0, "waiting": 0, "all": len(lines)}
    for line in lines:
        counts[line.finding.severity.value] += 1
        counts["waived" if line.is_waived else "accepted" if line.judgement else "open"] += 1
        counts["waiting"] += not line.judgement and line.finding.severity is Severity.ERROR
    return counts


def spots_of(line: Line, pages: int, at: int) -> list[Spot]:
    """Where a finding stands, as tabs: places of one table on one page together.

    Those in other documents and in the database have no page here.
    """
    groups: dict[tuple[object, ...], list[Place]] = {}
    for place in line.finding.places:
        groups.setdefault((place.source, place.page, place.table, place.sheet, place.record), []).append(place)
    return [_spot(number, each, line.own, pages, current=number == at) for number, each in enumerate(groups.values())]


def _spot(number: int, places: Sequence[Place], own: str, pages: int, *, current: bool) -> Spot:
    first = places[0]
    elsewhere = bool(first.record) or first.source not in {"", own}
    page = first.page if not elsewhere and first.page and first.page <= pages else None
    return Spot(number, where(places, own=own) or first.sentence() or "–", page, elsewhere, current)


def first_spot(line: Line, pages: int) -> int:
    """The first place that can be shown on a page of this report, else the first."""
    return next((spot.at for spot in spots_of(line, pages, -1) if spot.page), 0)


def sheet_for(
    sizes: Sequence[Sequence[int]], page: int, lines: Iterable[Line], current: Line | None, base: str
) -> Sheet | None:
    """The picture of a page with the marks of all findings on it, the current one on top."""
    marks = (
        Mark(
            line.boxes, "none" if line.is_waived else line.tone, f"{_('Temuan')} {line.number}: {line.finding.message}",
            f"{base}{urlencode({'temuan': line.fingerprint, 'halaman': page})}", line.number,
            current is not None and line.fingerprint == current.fingerprint,
        )
        for line in lines
    )  # fmt: skip
    return sheet_of(sizes, page, marks)


def to_follow(case: ReviewCase, lines: Iterable[Line]) -> list[Line]:
    """What the reviewer stands by: accepted findings; once the case is closed all errors and warnings not put aside."""
    closed = case.state in ISSUED
    return [
        line
        for line in lines
        if not line.is_waived and (line.judgement or (closed and line.finding.severity is not Severity.INFO))
    ]


def neighbours(lines: Sequence[Line], current: Line | None) -> tuple[Line | None, Line | None]:
    """The findings before and after the current one in the list."""
    names = [line.fingerprint for line in lines]
    if current is None or current.fingerprint not in names:
        return None, None
    at = names.index(current.fingerprint)
    return (lines[at - 1] if at else None), (lines[at + 1] if at + 1 < len(lines) else None)


def result_facts(result: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is told about the report beside its title: agency, pages, tables, figures, pages that could not be read."""
    facts = [(_("Instansi menurut laporan"), result.get("unit") or _("tidak dikenali"))]
    facts += [(_("Tahun menurut laporan"), str(result["year"]))] if result.get("year") else []
    facts += [(_("Halaman"), str(result["pages"]))] if result.get("pages") else []
    facts += [(_("Tabel dan angka"), _("%(tables)s tabel, %(figures)s angka") % {
        "tables": result.get("tables", 0), "figures": result.get("figures", 0),
    })]  # fmt: skip
    lost = result.get("unreadable_pages") or []
    facts += [(_("Halaman tidak terbaca"), ", ".join(map(str, lost)))] if lost else []
    return facts
