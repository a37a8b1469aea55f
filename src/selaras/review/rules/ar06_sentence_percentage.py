"""Persentase dalam kalimat harus mengikuti jumlah, atau target dan realisasi, di sampingnya.

Mengapa: kalimat seperti “anggaran Rp A dengan realisasi Rp B atau C%” memuat hitungannya sendiri; pembaca menilai dari
kalimat itu, bukan dari lampiran.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III.

Salah: anggaran Rp200.000.000 dengan realisasi Rp150.000.000 atau 85,00%; terserap 85,00% (Rp150.000.000 dari Rp200.000.000).
Benar: anggaran Rp200.000.000 dengan realisasi Rp150.000.000 atau 75,00%; terserap 75,00% (Rp150.000.000 dari Rp200.000.000).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.arithmetic import HUNDRED, Verdict, exact, fraction, judge, measured
from selaras.review.portions import Portion, portions
from selaras.review.prose import pattern
from selaras.review.report import Figure, Report, Sentence, SentenceKind
from selaras.review.spoken import Part, Spoken, clauses, spoken
from selaras.review.tallies import counts, evidence, figure_of
from selaras.review.wording import amount, like, percent, places

_OR = re.compile(r"\batau\s+(?:sekitar|sebesar|sebanyak)?\s*$", re.IGNORECASE)
_THUS = re.compile(r"\b(?:sehingga|maka|dengan demikian|berarti|artinya|atau|setara)\b|\(\s*$", re.IGNORECASE)
_CONCLUDES = re.compile(
    r"\s*(?:dengan (?:demikian|begitu)|sehingga|artinya|jadi|hal (?:ini|itu|tersebut) berarti)\b", re.IGNORECASE
)
LONGEST = 80
"""So many characters may lie before a percentage that concludes."""
CODE = "AR06"
KINDS = ("arithmetic", "rounding")
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III"


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every clause that says a base, a part of it and a percentage."""
    told = [sentence for sentence in report.sentences if sentence.kind in (SentenceKind.TEXT, SentenceKind.ITEM)]
    for before, sentence, after in zip((None, *told), told, (*told[1:], None), strict=False):
        if sentence.figures:
            beside = list(portions(sentence))
            beside += _apart(sentence, _near(before, sentence), _near(after, sentence), beside)
            for portion in beside:
                yield from _judged(sentence, portion.base, portion.part, portion.stated)
            judged = {id(portion.stated) for portion in beside}
            for clause in clauses(sentence):
                if not any(id(item.figure) in judged for item in clause):
                    yield from _check(sentence, clause)


def _near(other: Sentence | None, sentence: Sentence) -> Sentence | None:
    return other if other is not None and other.path == sentence.path else None


def _apart(
    sentence: Sentence, before: Sentence | None, after: Sentence | None, beside: Sequence[Portion]
) -> Iterator[Portion]:
    """`dari N …, M …, sehingga realisasinya P%`: the percentage stands behind other words, or in the next sentence."""
    taken = {id(portion.stated) for portion in beside}
    for each in evidence(sentence, before):
        stated = _stated(sentence, each.position) or (_concluded(after) if after is not None else None)
        if stated is not None and id(stated) not in taken and each.whole.number > 1:
            yield Portion(figure_of(each.whole), figure_of(each.part), stated)


def _stated(sentence: Sentence, start: int) -> Figure | None:
    """The percentage that a sentence draws from the two counts before `start`."""
    item = next((item for item in spoken(sentence) if item.start >= start and item.figure.percent), None)
    if item is None or any(start <= count.start < item.start for count in counts(sentence)):
        return None
    between = sentence.text[start : item.start]
    return (
        item.figure if _THUS.search(between) and not pattern("narrative", "not_of_the_share").search(between) else None
    )


def _concluded(sentence: Sentence) -> Figure | None:
    """The percentage with which the next sentence begins: `Dengan demikian realisasinya P%`."""
    item = next(iter(spoken(sentence)), None)
    if item is None or not item.figure.percent or not _CONCLUDES.match(sentence.text):
        return None
    between = sentence.text[: item.start]
    other = pattern("narrative", "not_of_the_share").search(between) or counts(sentence)[:1]
    return None if len(between) > LONGEST or other else item.figure


def _check(sentence: Sentence, clause: tuple[Spoken, ...]) -> Iterator[Finding]:
    for base, part, result in (
        (Part.BUDGET, Part.SPENT, Part.PERCENT),
        (Part.TARGET, Part.REALISATION, Part.PERCENT),
        (Part.WHOLE, Part.SHARE, Part.PERCENT),
    ):
        found = [_only(clause, role) for role in (base, part, result)]
        lower, upper, stated = found
        if lower is None or upper is None or stated is None or not lower.amount:
            continue
        if lower.money is not upper.money or lower.percent is not upper.percent:
            continue
        yield from _judged(sentence, lower, upper, stated)
    yield from _of_one_noun(sentence, clause)


def _of_one_noun(sentence: Sentence, clause: tuple[Spoken, ...]) -> Iterator[Finding]:
    """`17 perangkat daerah …, 7 perangkat daerah atau 41%`: two counts of one noun, then their percentage."""
    for whole, share, stated in zip(clause, clause[1:], clause[2:], strict=False):
        figures = (whole.figure, share.figure)
        plain = not any(figure.money or figure.percent or figure.decimals for figure in figures)
        nouns = [item.after.casefold().split()[:2] for item in (whole, share)]
        said = stated.figure.percent and _OR.search(stated.before) and {whole.part, share.part} == {Part.OTHER}
        if plain and said and nouns[0] and nouns[0] == nouns[1] and whole.figure.amount > share.figure.amount > 0:
            yield from _judged(sentence, whole.figure, share.figure, stated.figure)


def _judged(sentence: Sentence, lower: Figure, upper: Figure, stated: Figure) -> Iterator[Finding]:
    nominal = fraction(upper.amount) / fraction(lower.amount) * HUNDRED
    span = measured(upper).over(exact(lower.amount))
    verdict = judge(stated, nominal, span.times(HUNDRED) if span else None, fine=upper.decimals > 0 and not upper.money)
    if upper.percent and verdict is Verdict.DIFFERS and upper.amount:
        verdict = min(verdict, *_lower_is_better(lower, upper, stated))
    if verdict is Verdict.AGREES:
        return
    rounding = verdict is Verdict.ROUNDING
    yield Finding(
        CODE,
        "rounding" if rounding else "arithmetic",
        (Severity.WARNING if stated.decimals < 2 else Severity.INFO) if rounding else Severity.ERROR,
        f"Persentase dalam kalimat tertulis {amount(stated)}, sedangkan {amount(upper)} dari {amount(lower)} "
        f"adalah {like(nominal, stated)}.",
        stated=amount(stated),
        expected=like(nominal, stated),
        arithmetic=f"{amount(upper)} ÷ {amount(lower)} × 100% = {percent(nominal, max(2, stated.decimals + 2))}",
        places=places([sentence.place]),
        regulation=REGULATION,
        suggestion="Samakan persentase, angka yang dibagi, dan pembaginya dengan tabel yang bersangkutan.",
    )


def _lower_is_better(target: Figure, realised: Figure, stated: Figure) -> Iterator[Verdict]:
    """How the percentage stands to the two formulas for indicators whose realisation should be low."""
    aim, got = exact(target.amount), measured(realised)
    fine = realised.decimals > 0
    inverse, double = aim.over(got), (aim.times(Fraction(2)) - got).over(aim)
    base, part = fraction(target.amount), fraction(realised.amount)
    yield judge(stated, base / part * HUNDRED, inverse.times(HUNDRED) if inverse else None, fine=fine)
    yield judge(stated, (2 * base - part) / base * HUNDRED, double.times(HUNDRED) if double else None, fine=fine)


def _only(clause: tuple[Spoken, ...], role: Part) -> Figure | None:
    figures = [spoken.figure for spoken in clause if spoken.part is role]
    return figures[0] if len(figures) == 1 else None
