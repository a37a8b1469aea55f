"""How findings read at the terminal: like a good linter, place first, the arithmetic below; and the table of a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from selaras.cli.output import table
from selaras.core.finding import Finding, Severity
from selaras.core.place import Place
from selaras.core.reporting.finding_words import kind_word
from selaras.core.source import Form
from selaras.documents.findings.result import Reviewed

MANY = 3
MOST_KINDS = 12


def lines(reviewed: Reviewed) -> str:
    """The findings as text: place, severity, code, message, the arithmetic below; a summary at the end."""
    year = f", {reviewed.year}" if reviewed.year else ""
    head = f"{reviewed.source}: {reviewed.unit or 'instansi tidak dikenali'}{year}; {reviewed.told_as_read()}"
    body = [finding_lines(finding, reviewed) for finding in reviewed.findings]
    body += [
        f"{finding_lines(finding, reviewed)}\n      dikecualikan oleh {name}: {reason}"
        for finding, reason, name in reviewed.waived
    ]
    return "\n".join([head, *body, f"{reviewed.source}: {reviewed.summary()}."])


def finding_lines(finding: Finding, reviewed: Reviewed) -> str:
    """One finding: `laporan.txt:630: kesalahan AR01 (arithmetic): …` and what belongs to it, indented."""
    places = finding.places or (Place(source=reviewed.source),)
    told = [
        f"{_where(places[0], reviewed)}: {finding.severity.word} {finding.code} ({finding.kind}): {finding.message}"
    ]
    if finding.stated and finding.expected and finding.severity is not Severity.INFO:
        told.append(f"      tertulis {_short(finding.stated)}; seharusnya {_short(finding.expected)}")
    if finding.arithmetic and finding.arithmetic not in finding.message:
        told.append(f"      {finding.arithmetic}")
    if places[0].quote:
        told.append(f"      | {_short(places[0].quote)}")
    beside = list(dict.fromkeys(_where(place, reviewed, short=True) for place in places[1:]))
    beside = [where for where in beside if where]
    if beside:
        told.append(
            f"      lihat juga: {'; '.join(beside[:6])}{f'; dan {len(beside) - 6} tempat lain' if len(beside) > 6 else ''}"
        )
    told += [f"      akibatnya juga: {each.message}" for each in finding.consequences]
    return "\n".join(told)


def overview(labelled: Sequence[tuple[str, Reviewed | None]]) -> str:
    """One row per report (None: it could not be read), and, of many, what is found most often and in how many."""
    rows = []
    for label, item in labelled:
        if item is None:
            rows.append([label, "tidak dapat dibaca", "", "", "", "", ""])
            continue
        top = ", ".join(f"{kind} {count}" for kind, count in item.kinds().most_common(4))
        counts = (str(item.count(severity)) for severity in Severity)
        rows.append([label, item.unit, str(item.year or ""), *counts, top])
    titles = ("laporan", "instansi", "tahun", "kesalahan", "peringatan", "catatan", "jenis terbanyak")
    read = [item for _, item in labelled if item is not None]
    text = table(titles, [*rows, _sum(read)] if len(read) >= MANY else rows, right=(3, 4, 5), widest=48)
    return f"{text}\n\n{common(read)}" if len(read) >= MANY and any(item.findings for item in read) else text


def common(read: Sequence[Reviewed]) -> str:
    """The kinds that most reports share: how many findings, in how many reports."""
    found: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    for item in read:
        found.update(item.kinds())
        reports.update(set(item.kinds()))
    most = sorted(found, key=lambda kind: (-reports[kind], -found[kind], kind))[:MOST_KINDS]
    rows = [[kind, kind_word(kind), str(found[kind]), f"{reports[kind]} dari {len(read)}"] for kind in most]
    return "kesalahan yang sering:\n" + table(("jenis", "artinya", "temuan", "laporan"), rows, right=(2, 3))


def _sum(read: Sequence[Reviewed]) -> list[str]:
    counts = (str(sum(item.count(severity) for item in read)) for severity in Severity)
    return [f"jumlah {len(read)} laporan", "", "", *counts, ""]


def _where(place: Place, reviewed: Reviewed, *, short: bool = False) -> str:
    """`laporan.txt:630: Tabel 3.9, baris 2, kolom Capaian`; without the file where `short`."""
    if place.record:
        return f"basis data: {place.record}"
    part = reviewed.part_at(place)
    text = part is not None and part.form is Form.TEXT
    spot = str(place.line or "") if text or place.page is None else f"hlm. {place.page}"
    spot = (place.cell and f"{place.sheet}!{place.cell}") or spot
    table_ = replace(
        Place(table=place.table), row=None if place.cell else place.row, column="" if place.cell else place.column
    ).sentence()
    own = not place.source or place.source == reviewed.source
    file = "" if short and own else (place.source or reviewed.source)
    head = ":".join(part_ for part_ in (file, spot) if part_)
    return ", ".join(part_ for part_ in (head if not short or not spot.isdigit() else f"baris {spot}", table_) if part_)


def _short(text: str, longest: int = 110) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
