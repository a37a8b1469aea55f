"""Bagian-bagian yang dirinci sebuah kalimat harus berjumlah sama dengan keseluruhannya, dan sisanya harus benar.

Mengapa: “63 orang: 41 A dan 22 B” atau “dari 50, 48 selesai, sedangkan 2 terlambat” memuat hitungannya sendiri; bila tidak
cocok, salah satu angkanya keliru.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi).

Salah: “63 orang: 44 pemeriksa dan 22 pelaksana”; “dari 50 permohonan, 48 dijawab, sedangkan 4 terlambat”.
Benar: “63 orang: 41 pemeriksa dan 22 pelaksana”; “dari 50 permohonan, 48 dijawab, sedangkan 2 terlambat”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.prose import around, quoted
from selaras.review.report import Report, Sentence, SentenceKind
from selaras.review.rules.nu03_headcount import miscounted
from selaras.review.tallies import Count, Evidence, counts, evidence, makes_up
from selaras.review.wording import places, shown

CODE = "NU06"
KINDS = ("sum", "arithmetic")
REGULATION = "Permenpan-RB 53/2014, Lampiran III (keandalan informasi)"
FEWEST = 2
"""So many parts make a whole."""
_F = re.IGNORECASE
_BRACKETS = re.compile(r"\([^()]*\)")
_CODES = re.compile(r"\b[SDI]\s?-?\s?[1-4]\b|\bD\s?-?\s?IV\b")
"""Levels of education and sorts of rooms, whose digits count nothing."""
_OPENS = re.compile(
    r"(?:\s+(?!terdiri|yaitu|yakni)[^\s\d.;:()]+){0,12}?\s*(?:,|:)?\s*(?:yang\s+)?"
    r"(?:terdiri\s+(?:dari|atas)|yaitu|yakni|dengan\s+(?:rincian|komposisi)|rinciannya|:)\s*:?\s*"
    r"(?:[a-zA-Z/ ]{2,30}?\s)?(?:sebanyak|sejumlah|berjumlah|adalah)?\s*",
    _F,
)
_NEXT = re.compile(
    r"\s*(?:Adapun\s+)?(?:Rincian\w*|Terdiri\s+(?:dari|atas)|Jumlah (?:itu|tersebut) terdiri\s+(?:dari|atas)|Komposisi\w*)\b"
    r"[^\d.;]{0,40}",
    _F,
)
_SEXES = re.compile(r"\s+[a-z]+,\s*(?:laki-laki|perempuan|pria|wanita)\s+(?:sebanyak\s+)?", _F)
"""`34.216 jiwa, laki-laki 17.402 jiwa dan perempuan 16.814 jiwa`."""
_BY_SORT = re.compile(
    r"\s*(?:Menurut|Berdasarkan|Dilihat dari|Dari segi|Dari sisi)\s+[^\d.;:]{3,60}\b"
    r"(?:terdiri\s+(?:dari|atas)|adalah|terbagi atas)\s*:?\s*",
    _F,
)
_PERIOD = re.compile(
    r"(?:triwulan|semester|caturwulan|tahap|bulan)\s+[\w-]+\s+(?:sebanyak|sejumlah|sebesar|berjumlah)?\s*$", _F
)
_JOINS = re.compile(
    r"[^\d.;:]{2,80}?(?:,\s*(?:dan|serta)?|\b(?:dan|serta))\s*(?:[a-zA-Z/ ]{3,80}?\s+)?(?:sebanyak|sejumlah)?\s*", _F
)
_TOTALS = re.compile(
    r"[^\d.;:]{2,60}?,?\s*\b(?:atau|sehingga\s+(?:seluruhnya|total|jumlah|keseluruhan)\w*|seluruhnya|jumlah\s+seluruhnya|"
    r"dengan\s+(?:total|jumlah)|total(?:nya)?)\b[^\d.;]{0,30}",
    _F,
)
_LEVELS = frozenset(
    {"program", "kegiatan", "sub", "subkegiatan", "sasaran", "tujuan", "indikator", "misi", "iku", "ikk"}
)
_REST_BEFORE = re.compile(
    r"\b(?:sedangkan|sementara|sisanya|selebihnya|masih\s+(?:ada|terdapat|tersisa|menyisakan)|menyisakan)\s+(?:itu\s+)?"
    r"(?:sebanyak\s+|sejumlah\s+|ada\s+)?$",
    _F,
)
_DAN = re.compile(r"(?:\b(?:dan|serta)\s+|;\s*)(?:sebanyak\s+)?$", _F)
_REST_AFTER = re.compile(
    r"^[^.;,]{0,60}?\b(?:belum|tidak|terlambat|gagal|lainnya|tersisa|melewati|ditolak|batal|di luar)\b", _F
)
_AMONG = re.compile(r"^[^.;]{0,30}\bdi ?antara", _F)
_NEITHER = re.compile(r"\b(?:target|rencana|tahun\s+(?:lalu|sebelumnya)|triwulan|semester|bulan|dibanding\w*)\b", _F)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every whole with its parts, then every part of a whole with what is left of it."""
    known = miscounted(report)
    before: Sentence | None = None
    for sentence in report.sentences:
        if sentence.kind not in (SentenceKind.TEXT, SentenceKind.ITEM):
            continue
        earlier = before if before is not None and before.path == sentence.path else None
        before = sentence
        if id(sentence) in known:
            continue
        found = list(_parts(sentence, earlier))
        yield from found or _left(sentence, earlier)


def _parts(sentence: Sentence, before: Sentence | None) -> Iterator[Finding]:
    said = counts(sentence)
    for at, whole in enumerate(said):
        between = _plain(sentence, whole.end, said[at + 1].start) if at + FEWEST < len(said) else "."
        if _OPENS.fullmatch(between) or _SEXES.fullmatch(between):
            yield from _judged(sentence, whole, _run(sentence, said[at + 1 :]))
            return
    if before is not None and said and _NEXT.fullmatch(sentence.text[: said[0].start]) and len(counts(before)) == 1:
        yield from _judged(sentence, counts(before)[0], _run(sentence, said), before)
    elif before is not None and len(said) >= FEWEST and _BY_SORT.fullmatch(_plain(sentence, 0, said[0].start)):
        yield from (
            _judged(sentence, max(counts(before), key=lambda each: each.number), _run(sentence, said), before)
            if counts(before)
            else ()
        )
    elif (
        before is not None and len(said) >= FEWEST and all(_PERIOD.search(sentence.text[: each.start]) for each in said)
    ):
        yield from _periods(sentence, said, before)
    elif len(said) > FEWEST:
        yield from _totalled(sentence, said)


def _periods(sentence: Sentence, said: Sequence[Count], before: Sentence) -> Iterator[Finding]:
    """What each part of the year brought, against what the sentence before says they brought together."""
    wholes = [
        each
        for each in counts(before)
        if each.noun == said[-1].noun and each.number > max(part.number for part in said)
    ]
    if wholes and sum(part.number for part in said) not in {whole.number for whole in wholes}:
        yield _added_up(sentence, wholes[0], said, before)


def _run(sentence: Sentence, said: Sequence[Count]) -> list[Count]:
    """The counts that follow each other with nothing but their names, commas and `dan` between them."""
    run = [said[0]]
    for count in said[1:]:
        if not _JOINS.fullmatch(_plain(sentence, run[-1].end, count.start)):
            break
        run.append(count)
    return run


def _totalled(sentence: Sentence, said: Sequence[Count]) -> Iterator[Finding]:
    """`21 auditor dan 9 pengawas, sehingga seluruhnya 30 orang`: the parts first."""
    for at in range(FEWEST, len(said)):
        whole = said[at]
        if not _TOTALS.fullmatch(_plain(sentence, said[at - 1].end, whole.start)):
            continue
        run = [said[at - 1]]
        for count in reversed(said[: at - 1]):
            if not _JOINS.fullmatch(_plain(sentence, count.end, run[0].start)):
                break
            run.insert(0, count)
        yield from _judged(sentence, whole, run)


def _judged(
    sentence: Sentence, whole: Count, run: Sequence[Count], before: Sentence | None = None
) -> Iterator[Finding]:
    parts = [count.number for count in run]
    if len(parts) < FEWEST or max(parts) >= whole.number or makes_up(whole.number, parts) or _are_levels(whole, run):
        return
    if _AMONG.match(sentence.text[run[-1].end :]) or _NEITHER.search(sentence.text[run[0].start : run[-1].end]):
        return
    yield _added_up(sentence, whole, run, before)


def _added_up(sentence: Sentence, whole: Count, run: Sequence[Count], before: Sentence | None) -> Finding:
    parts = [count.number for count in run]
    added = shown(Decimal(sum(parts)), 0)
    total = shown(Decimal(whole.number), 0)
    spot = (before or sentence).place_at(whole.start)
    return Finding(
        CODE,
        "sum",
        Severity.ERROR,
        f"Disebut {total}, sedangkan rinciannya berjumlah {added}.",
        stated=total,
        expected=added,
        arithmetic=f"{' + '.join(shown(Decimal(part), 0) for part in parts)} = {added}",
        places=places([_quoted(sentence, run[0].start, run[-1].end), spot]),
        regulation=REGULATION,
        suggestion="Periksa rincian dan jumlahnya terhadap data dukungnya.",
    )


def _are_levels(whole: Count, run: Sequence[Count]) -> bool:
    """`3 program yang terdiri atas 6 kegiatan dan 12 sub kegiatan` are levels, not parts."""
    nouns = {count.noun for count in run}
    return bool(nouns & _LEVELS) and (whole.noun not in nouns or len(nouns) > 1)


def _left(sentence: Sentence, before: Sentence | None) -> Iterator[Finding]:
    """What is said to be left of a whole, behind the part that was taken from it."""
    said = counts(sentence)
    for each in evidence(sentence, before):
        rest = [count for count in said if count.start >= each.position]
        if not rest or each.whole.number > 10**7:
            continue
        last = rest[-1]
        if _is_left(sentence, each, last) and not _accounted(each, [count.number for count in rest]):
            yield _remainder(sentence, each, last, [count.number for count in rest[:-1]])


def _is_left(sentence: Sentence, each: Evidence, last: Count) -> bool:
    before, after = sentence.text[: last.start], sentence.text[last.end :]
    alike = last.noun in {each.whole.noun, each.part.noun, "orang", "lainnya", "di", "yang"}
    surely = _REST_BEFORE.search(before) is not None
    told = surely or (_DAN.search(before) is not None and _REST_AFTER.match(after) is not None)
    return told and alike and not _NEITHER.search(sentence.text[each.position : last.start])


def _accounted(each: Evidence, rest: Sequence[int]) -> bool:
    """Whether the whole is the sum of the part and some closing run of what follows it, or falls in that part alone."""
    gaps = {each.whole.number - each.part.number, each.part.number}
    return any(sum(rest[start:]) in gaps for start in range(len(rest)))


def _remainder(sentence: Sentence, each: Evidence, last: Count, others: Sequence[int]) -> Finding:
    right = each.whole.number - each.part.number - sum(others)
    stated, expected = shown(Decimal(last.number), 0), shown(Decimal(right), 0)
    taken = " − ".join(shown(Decimal(number), 0) for number in (each.whole.number, each.part.number, *others))
    return Finding(
        CODE,
        "arithmetic",
        Severity.ERROR,
        f"Sisa tertulis {stated}, sedangkan {taken} adalah {expected}.",
        stated=stated,
        expected=expected,
        arithmetic=f"{taken} = {expected}",
        places=(_quoted(sentence, last.start, last.end),),
        regulation=REGULATION,
        suggestion="Periksa ketiga angka itu terhadap data dukungnya.",
    )


def _plain(sentence: Sentence, start: int, end: int) -> str:
    """The words between two counts without what stands in brackets."""
    return _CODES.sub("", _BRACKETS.sub("", sentence.text[start:end]))


def _quoted(sentence: Sentence, start: int, end: int) -> Place:
    return quoted(around(sentence.text, start, end), sentence.place_at(start))
