"""Kata tercapai atau tidak tercapai tentang sebuah target harus sesuai dengan tabel capaian.

Mengapa: kesimpulan tentang satu indikator dibaca tanpa membuka tabelnya. Di sini diperiksa kalimat yang menyebut angka
targetnya, dan kalimat yang menyatakan target tidak tercapai; pernyataan umum bahwa target tercapai diperiksa aturan lain.
Peraturan: Permenpan-RB 53/2014, Lampiran II (perbandingan target dan realisasi).

Salah: “realisasi 47,2% tidak memenuhi target 45%”; “hasil 54 telah mencapai rencana 60”.
Benar: “realisasi 47,2% melampaui target 45%”; “hasil 54 belum mencapai rencana 60”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.concordance import saying
from selaras.review.history import shortfalls
from selaras.review.prose import YEAR, around, meaning, pattern, quoted, running
from selaras.review.report import IndicatorClaim, Report, Role, Sentence, TableKind
from selaras.review.spoken import Part, Spoken, spoken
from selaras.review.wording import places, short, table_name

CODE = "NA14"
KINDS = ("narrative-contradiction",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II"
HELD = 2
"""So many sentences before may name what the verdict speaks of."""
REACHED = Decimal(100)
MEASURING = (TableKind.ACHIEVEMENT, TableKind.COMPARISON, TableKind.SUMMARY, TableKind.ANALYSIS)
_F = re.IGNORECASE
_AIM = r"(?:target|rencana|sasaran|batas)(?:nya)?"
_SPEAKS = re.compile(_AIM, _F)
_NOT = r"(?:belum|tidak|gagal|kurang|urung)"
_N = r"(?:(?:sebesar|sebanyak|yaitu|yakni)\s+)?(?P<{0}>\d[\d.,]*\d|\d)"
_MET = re.compile(
    rf"\b(?P<not>{_NOT}\s+(?:\w+\s+)?)?(?P<said>(?:mencapai|memenuhi|melampaui|melebihi)\s+{_AIM})"
    rf"(?:\s+(?:kinerja|tahunan|tahun ini|yang (?:telah )?(?:ditetapkan|diperjanjikan|direncanakan)))*\s*{_N.format('aim')}",
    _F,
)
_BESIDE = re.compile(rf"\b(?P<said>di\s?(?P<above>atas|bawah)\s+{_AIM})(?:\s+kinerja)?\s*{_N.format('aim')}", _F)
_GOT = re.compile(
    rf"\b{_AIM}(?:\s+kinerja|\s+indikator\s+ini)?\s*{_N.format('aim')}?\s*(?:%|(?!{_NOT}\b)[a-z]+)?\s+(?:(?:telah|sudah|dapat|berhasil|ini)\s+)*"
    rf"(?P<not>{_NOT}\s+(?:\w+\s+)?)?(?P<said>tercapai|terpenuhi|terlampaui|dicapai)\b",
    _F,
)
_ELSEWHERE = re.compile(
    r"\b(?:triwulan|semester|tw|bulan\w*|nasional|provinsi|akhir|renstra|rpjm\w*|apabila|jika|bila|apakah|seluruh\w*|semua|setiap|"
    r"sebagian|beberapa)\b",
    _F,
)
_SINCE = re.compile(
    r"\bdibanding\w*\b[^.;]{0,30}\btahun\b|\btahun\s+(?:lalu|sebelumnya)\b|\bdari\b[^.;]{0,60}\bmenjadi\b", _F
)
"""Earlier years are named to be compared with."""
_LIMIT = re.compile(
    r"\b(?:batas|maksimal|paling (?:banyak|lama|tinggi)|(?:se)?makin\s+(?:rendah|kecil|sedikit|cepat))\b", _F
)
"""Less may be better."""
_MONEY = re.compile(r"\b(?:anggaran|serapan|penyerapan|keuangan|fisik|pendapatan)\b", _F)


@dataclass(frozen=True, slots=True)
class _Row:
    """An indicator of the year: what was aimed at, what was realised, and whether that reached it."""

    name: str
    target: IndicatorClaim
    got: IndicatorClaim
    reached: bool


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What a sentence says of a target."""

    match: re.Match[str]
    reached: bool
    aim: str
    beside: bool = False


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every verdict of a sentence on one target of the year, against the rows that the sentence can mean."""
    rows = list(_rows(report))
    short_of = {miss.key for miss, _ in shortfalls(report)}
    before: list[Sentence] = []
    speaking = {id(sentence) for sentence in saying(report, _SPEAKS, running=True)}
    for sentence in running(report):
        before.append(sentence)
        if id(sentence) not in speaking:
            continue
        held = [each for each in before[-1 - HELD : -1] if each.path == sentence.path]
        years = {int(year) for year in YEAR.findall(sentence.text)}
        if years and report.identity.year not in years and not _SINCE.search(sentence.text):
            continue
        for verdict in _verdicts(sentence.text):
            if not _is_apart(sentence.text, verdict.match):
                yield from _judge(sentence, held, verdict, rows, short_of)


def _rows(report: Report) -> Iterator[_Row]:
    year = report.identity.year
    found: set[str] = set()
    for claim in report.indicators:
        if claim.role is not Role.REALISATION or claim.key in found or claim.year not in (None, year):
            continue
        beside = [other for other in report.beside(claim) if other.year in (claim.year, None, year)]
        target = next((other for other in beside if other.role is Role.TARGET and _amount(other) is not None), None)
        share = next((other for other in beside if other.role is Role.ACHIEVEMENT and _amount(other) is not None), None)
        mine, aim = _amount(claim), _amount(target)
        if claim.grid.kind not in MEASURING or target is None or mine is None or aim is None:
            continue
        if mine == aim and mine != mine.to_integral_value():
            continue  # less than the target may have been rounded up to it for print
        found.add(claim.key)
        achieved = _amount(share)
        if achieved is None or _follows(achieved, mine, aim):
            yield _Row(claim.name, target, claim, achieved >= REACHED if achieved is not None else mine >= aim)


def _follows(achieved: Decimal, mine: Decimal, aim: Decimal) -> bool:
    """Whether an achievement follows from its row, upwards or downwards or capped: else the row says nothing."""
    if not mine or not aim:
        return False
    if mine >= aim and achieved >= REACHED:
        return True
    return any(abs(achieved - each * REACHED) < 1 for each in (mine / aim, aim / mine, (2 * aim - mine) / aim))


def _amount(claim: IndicatorClaim | None) -> Decimal | None:
    if claim is None or claim.value is None or claim.value.upper is not None:
        return None
    return claim.value.amount


def _verdicts(text: str) -> Iterator[_Verdict]:
    for match in _MET.finditer(text):
        limit = "batas" in match["said"].casefold()  # beyond a limit is above it, which may be bad
        yield _Verdict(match, match["not"] is None, match["aim"], beside=limit and "mel" in match["said"].casefold())
    for match in _BESIDE.finditer(text):
        yield _Verdict(match, match["above"].casefold() == "atas", match["aim"], beside=True)
    for match in _GOT.finditer(text):
        yield _Verdict(match, match["not"] is None, match["aim"] or "")


def _is_apart(text: str, match: re.Match[str]) -> bool:
    """Whether the words beside speak of a part of the year, of other aims, of money, of a wish, or of all at once."""
    near = text[max(0, match.start() - 60) : min(len(text), match.end() + 30)]
    wished = pattern("narrative", "wish").search(text[max(0, match.start() - 40) : match.start()])
    return bool(_ELSEWHERE.search(near) or _MONEY.search(near) or wished)


def _judge(
    sentence: Sentence, held: Sequence[Sentence], verdict: _Verdict, rows: Sequence[_Row], short_of: set[str]
) -> Iterator[Finding]:
    """`short_of` are the indicators of which the rule on targets met can tell."""
    meant = _meant(sentence, held, verdict, rows)
    if not meant:
        yield from _by_prose(sentence, held, verdict)
    if not meant or any(_agrees(row, verdict) for row in meant):
        return
    row = meant[0]
    if (
        verdict.reached
        and not verdict.beside
        and row.got.key in short_of
        and _is_named(row, sentence.text)
        and pattern("narrative", "reached").search(sentence.text)
    ):
        return  # told of the sentence as a whole by the rule on targets met
    what = (
        ("di bawah" if verdict.reached else "di atas")
        if verdict.beside
        else "tercapai"
        if row.reached
        else "tidak tercapai"
    )
    yield Finding(
        CODE,
        "narrative-contradiction",
        Severity.ERROR,
        f"“{verdict.match[0].strip()}” bertentangan dengan {table_name(row.got.grid)}: “{short(row.name)}” "
        f"realisasi {row.got.text}, target {row.target.text}.",
        stated=verdict.match[0].strip(),
        expected=f"{what} target" if verdict.beside else f"target {what}",
        arithmetic=f"realisasi {row.got.text}, target {row.target.text}",
        places=places(
            [
                quoted(around(sentence.text, *verdict.match.span()), sentence.place_at(verdict.match.start())),
                row.got.place,
            ]
        ),
        regulation=REGULATION,
        suggestion="Sesuaikan kalimatnya dengan tabel capaian, lalu jelaskan sebabnya.",
    )


def _by_prose(sentence: Sentence, held: Sequence[Sentence], verdict: _Verdict) -> Iterator[Finding]:
    """`realisasinya 77,78% terhadap target 100%. Target tercapai`: the figures stand right before, in no table."""
    if verdict.aim or verdict.beside or not held or any(_LIMIT.search(each.text) for each in (sentence, *held)):
        return
    items = spoken(held[-1])
    got = [item.figure for item in items if item.part is Part.REALISATION]
    aims = [item.figure for item in items if item.part is Part.TARGET]
    if len(got) != 1 or len(aims) != 1 or got[0].percent is not aims[0].percent or got[0].money:
        return
    if got[0].amount == aims[0].amount or (got[0].amount > aims[0].amount) is verdict.reached:
        return
    right = "tercapai" if got[0].amount > aims[0].amount else "tidak tercapai"
    yield Finding(
        CODE,
        "narrative-contradiction",
        Severity.ERROR,
        f"“{verdict.match[0].strip()}” bertentangan dengan kalimat sebelumnya: realisasi {got[0].text}, target {aims[0].text}.",
        stated=verdict.match[0].strip(),
        expected=f"target {right}",
        arithmetic=f"realisasi {got[0].text}, target {aims[0].text}",
        places=places([
            quoted(around(sentence.text, *verdict.match.span()), sentence.place_at(verdict.match.start())), held[-1].place
        ]),
        regulation=REGULATION,
        suggestion="Sesuaikan kesimpulannya dengan angkanya.",
    )  # fmt: skip


def _agrees(row: _Row, verdict: _Verdict) -> bool:
    """`di atas` and `di bawah` only say where the realisation lies, whichever way is better."""
    if not verdict.beside:
        return row.reached is verdict.reached
    got, aim = _amount(row.got), _amount(row.target)
    return got is None or aim is None or got == aim or (got > aim) is verdict.reached


def _meant(sentence: Sentence, held: Sequence[Sentence], verdict: _Verdict, rows: Sequence[_Row]) -> list[_Row]:
    """The rows with that target whose realisation or name stands in the sentence, else in those before it."""
    aims = [item for item in spoken(sentence) if verdict.aim and item.figure.text.strip(" %").startswith(verdict.aim)]
    for texts in ((sentence,), (sentence, *held)) if aims else ((sentence,),):
        words = " ".join(each.text for each in texts)
        figures = {item.figure.amount for each in texts for item in spoken(each) if item not in aims}
        named = [row for row in rows if _is_named(row, words)]
        fit = named or [row for row in rows if _amount(row.got) in figures and aims]
        fit = [row for row in fit if not aims or _aims_at(row, aims)]
        if fit:
            return fit
    return []


def _aims_at(row: _Row, aims: Sequence[Spoken]) -> bool:
    return any(_amount(row.target) == item.figure.amount for item in aims)


def _is_named(row: _Row, text: str) -> bool:
    """Whether the words of the name, or the letters that stand for it in brackets, are in the text."""
    letters = re.search(r"\(([A-Z]{2,8})\)", row.name)
    if letters and re.search(rf"\b{letters[1]}\b", text):
        return True
    words = meaning(re.sub(r"\([A-Z]{2,8}\)", "", row.name))
    return len(words) > 1 and len(words & meaning(text)) >= round(0.8 * len(words))
