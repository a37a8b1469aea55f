"""Banyaknya indikator yang tercapai menurut kalimat harus sama dengan tabel capaian.

Mengapa: “empat indikator melampaui target” adalah ringkasan yang dibaca pimpinan; ia harus dapat dihitung dari tabelnya.
Peraturan: Permenpan-RB 53/2014, Lampiran II dan III (keandalan informasi kinerja).

Salah: “empat dari empat indikator mencapai target”, sedangkan satu capaian dalam tabel 90,00%.
Benar: “tiga dari empat indikator mencapai target”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.errors import UnreadableNumber
from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.core.terbilang import unspell
from selaras.review.columns import figure_at
from selaras.review.concordance import saying
from selaras.review.prose import YEAR, around, denied, quoted
from selaras.review.report import Grid, IndicatorClaim, Report, Role, Sentence, TableKind
from selaras.review.wording import places, table_name

CODE = "NA15"
KINDS = ("narrative-contradiction",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II dan III"
FULL = Decimal(100)
FEW = 3
"""So many indicators a table must measure to be a summary of the unit."""
_F = re.IGNORECASE
_NUMBER = (
    r"(?:\d{1,2}|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|dua belas)(?:\s*\([\w ]+\))?"
)
_NAMES = (
    r"(?:\s+(?:kinerja|utama|sasaran|program|kegiatan|strategis|lainnya|lain|tersebut|yang|diperjanjikan|diukur|ini))*"
)
_REACHES = r"(?:mencapai|memenuhi|melampaui|melebihi)"
_MET = (
    r"(?:(?:telah|sudah|dapat|berhasil|mampu)\s+)*"
    rf"(?P<how>tercapai|terpenuhi|{_REACHES}(?:\s+(?:atau|dan)\s+{_REACHES})?(?:\s+target\b|\s+rencana\b))"
)
_TOLD = re.compile(
    rf"\b(?P<number>{_NUMBER}|seluruh(?:nya)?|semua)(?:\s+dari\s+(?P<all>{_NUMBER}))?\s+(?:indikator|IKU|IKK|IKSS?|KPI){_NAMES}"
    rf"(?:,\s*(?:yaitu|yakni)\s+[^.;:]{{3,160}}?,)?\s+(?P<not>(?:tidak|belum)\s+(?:dapat\s+|berhasil\s+)?)?{_MET}",
    _F,
)
_PLAIN = re.compile(
    rf"\b(?P<number>{_NUMBER})\s+dari\s+(?P<all>{_NUMBER})\s+(?:indikator|IKU|IKK|KPI)\s+[A-Z][^.;,]{{3,60}}?\s+(?P<not>(?:tidak|belum)\s+)?"
    r"(?:(?:telah|sudah|dapat|berhasil)\s+)*(?P<how>tercapai|terpenuhi)\b"
)
"""`Dua dari tiga indikator Kecamatan X tercapai`."""
_TARGETS = re.compile(
    rf"\b(?P<how>{_REACHES})\s+(?P<number>{_NUMBER})\s+dari\s+(?P<all>{_NUMBER})\s+(?:target|indikator|IKU|IKK|KPI)\b(?P<not>\bbelum\b)?",
    _F,
)
"""`mencapai lima dari enam target`."""
_THINGS = re.compile("indikator|IKU|IKK|IKS|KPI|target", _F)
"""One of these stands in every count."""
_SUBSET = re.compile(
    r"\b(?:sasaran\s+(?:strategis\s+)?(?:pertama|kedua|ketiga|keempat|kelima|ini|tersebut|\d|[ivx]+\b)|program\s+\w+ini|bidang|triwulan|"
    r"semester|nasional|provinsi|kabupaten/kota|akhir|di antaranya dari)\b",
    _F,
)


@dataclass(frozen=True, slots=True)
class _Known:
    """The achievements of the unit as one table gives them."""

    grid: Grid
    shares: tuple[IndicatorClaim, ...]

    @property
    def doubtful(self) -> int:
        """How many stand at 100 with figures that were rounded for print."""
        rows = [self.grid.rows[claim.row] for claim in self.shares if _share(claim) == FULL]
        realised = self.grid.columns_of(Role.REALISATION)
        cells = [[row.cells[at].figure for at in realised if at < len(row.cells)] for row in rows]
        return sum(any(figure is not None and figure.decimals > 0 for figure in figures) for figures in cells)

    def met(self, how: str) -> int:
        """How many reached their target, or went beyond it where the words say only that."""
        beyond = re.fullmatch(r"(?:melampaui|melebihi)\b.*", how, _F) is not None and not re.search(
            r"mencapai|memenuhi", how, _F
        )
        return sum(_share(claim) > FULL if beyond else _share(claim) >= FULL for claim in self.shares)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every stated count of indicators of the unit that reached their targets; those missed are another rule's."""
    known = _known(report)
    yield from _of_quarter(report)
    if known is None:
        yield from _conflicting(report)
        return
    whole = len(known.shares)
    for sentence in saying(report, _THINGS, running=True):
        years = {int(year) for year in YEAR.findall(sentence.text)}
        if _SUBSET.search(sentence.text) or (years and report.identity.year not in years):
            continue
        for match in (*_TOLD.finditer(sentence.text), *_TARGETS.finditer(sentence.text)):
            stated = whole if match["number"].casefold()[:4] in ("selu", "semu") else _count(match["number"])
            counted = _count(match["all"]) if match["all"] else whole
            if stated is None or counted != whole or denied(sentence.text, match.start(), reach=12):
                continue
            right = known.met(match["how"])
            allowed = range(known.met("mencapai") - known.doubtful, known.met("mencapai") + 1)
            if match["not"] is None and stated != right and stated not in allowed:
                yield _finding(sentence, match, known, stated, right)


def _of_quarter(report: Report) -> Iterator[Finding]:
    """`dua dari tiga indikator melampaui target triwulan` against the column of the latest quarter of the only table with one."""
    tables = [
        (grid, at)
        for grid in report.grids
        for at in grid.columns_of(Role.ACHIEVEMENT)
        if grid.columns[at].period.startswith("TW")
    ]
    if len({id(grid) for grid, _ in tables}) != 1:
        return
    grid, at = max(tables, key=lambda each: each[0].columns[each[1]].period)
    shares = [figure.amount for row in grid.rows if not row.mean and (figure := figure_at(row, at)) is not None]
    for sentence in saying(report, _THINGS, running=True):
        for match in _TOLD.finditer(sentence.text) if "triwulan" in sentence.text.casefold() else ():
            stated, counted = _count(match["number"]), _count(match["all"] or "")
            reached = sum(share >= FULL for share in shares)
            if match["not"] is None and stated is not None and counted == len(shares) and stated != reached:
                yield _told_otherwise(
                    sentence, match, stated, f"menurut {table_name(grid)} {reached} dari {counted}", reached, grid
                )


def _conflicting(report: Report) -> Iterator[Finding]:
    """Without a table the sentences must agree with each other on how many reached their targets."""
    told: list[tuple[Sentence, re.Match[str], int]] = []
    for sentence in saying(report, _THINGS, running=True):
        years = {int(year) for year in YEAR.findall(sentence.text)}
        if _SUBSET.search(sentence.text) or (years and report.identity.year not in years):
            continue
        for match in (*_TOLD.finditer(sentence.text), *_PLAIN.finditer(sentence.text)):
            stated = _count(match["number"])
            if match["not"] is None and stated is not None and not denied(sentence.text, match.start(), reach=12):
                told.append((sentence, match, stated))
    if (
        len({stated for _, _, stated in told}) > 1
        and len({match["how"].split()[0].casefold() for _, match, _ in told}) == 1
    ):
        sentence, match, stated = told[-1]
        other = next(each for _, _, each in told if each != stated)
        yield _told_otherwise(sentence, match, stated, f"di tempat lain {other}", other, told[0][0])


def _told_otherwise(
    sentence: Sentence, match: re.Match[str], stated: int, otherwise: str, right: int, spot: Grid | Sentence
) -> Finding:
    return Finding(
        CODE,
        "narrative-contradiction",
        Severity.ERROR,
        f"Dikatakan {stated} indikator mencapai target, {otherwise}.",
        stated=f"{stated} indikator",
        expected=f"{right} indikator",
        places=places([quoted(around(sentence.text, *match.span()), sentence.place_at(match.start())), spot.place]),
        regulation=REGULATION,
        suggestion="Hitung ulang dari tabel capaian.",
    )


def _known(report: Report) -> _Known | None:
    """The first table of achievements in which every row has one, all of them the unit's."""
    for grid in report.grids_of(TableKind.ACHIEVEMENT, TableKind.COMPARISON, TableKind.SUMMARY):
        rows: dict[int, IndicatorClaim] = {}
        listed: set[int] = set()
        for claim in report.indicators:
            if claim.grid is not grid:
                continue
            listed.add(claim.row)
            if (
                claim.role is Role.ACHIEVEMENT
                and claim.year in (None, report.identity.year)
                and claim.value is not None
                and claim.value.amount is not None
            ):
                rows.setdefault(claim.row, claim)
        if len(rows) >= FEW and set(rows) == listed and not _is_shared(list(rows.values())):
            return _Known(grid, tuple(rows.values()))
    return None


def _is_shared(claims: Sequence[IndicatorClaim]) -> bool:
    """Whether one merged cell holds the achievement of several rows."""
    return len({claim.place for claim in claims}) < len(claims)


def _share(claim: IndicatorClaim) -> Decimal:
    assert claim.value is not None
    assert claim.value.amount is not None
    return claim.value.amount


def _count(text: str) -> int | None:
    plain = re.sub(r"\(.*\)", "", text).strip()
    if plain.isdigit():
        return int(plain)
    try:
        return int(unspell(plain))
    except UnreadableNumber:
        return None


def _finding(sentence: Sentence, match: re.Match[str], known: _Known, stated: int, right: int) -> Finding:
    apart = [claim for claim in known.shares if _share(claim) < FULL]
    spots: list[Place] = [claim.place for claim in apart] or [known.grid.place]
    return Finding(
        CODE,
        "narrative-contradiction",
        Severity.ERROR,
        f"Dikatakan {stated} indikator mencapai target, menurut {table_name(known.grid)} {right} dari {len(known.shares)}.",
        stated=f"{stated} indikator",
        expected=f"{right} indikator",
        arithmetic=f"capaian di bawah 100: {len(apart)} dari {len(known.shares)}",
        places=places([quoted(around(sentence.text, *match.span()), sentence.place_at(match.start())), *spots]),
        regulation=REGULATION,
        suggestion="Hitung ulang dari tabel capaian.",
    )
