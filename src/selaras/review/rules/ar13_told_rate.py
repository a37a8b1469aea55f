"""Angka “per 1.000” atau “per 100.000” harus lahir dari jumlah kejadian dan penduduk yang disebut bersamanya.

Mengapa: angka kematian, rasio dokter, atau angka kejadian memuat pembilang dan penyebutnya; pembaca menghitungnya ulang.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi kinerja).

Salah: “9 kematian dari 7.665 kelahiran hidup atau 91,32 per 100.000 kelahiran hidup”.
Benar: “7 kematian dari 7.665 kelahiran hidup atau 91,32 per 100.000 kelahiran hidup”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.arithmetic import Verdict, judge
from selaras.review.prose import around, quoted, running
from selaras.review.report import Report, Sentence
from selaras.review.spoken import spoken
from selaras.review.tallies import Evidence, evidence
from selaras.review.wording import amount, like

CODE = "AR13"
KINDS = ("arithmetic",)
REGULATION = "Permenpan-RB 53/2014, Lampiran III (keandalan informasi kinerja)"
_PER = re.compile(r"\s*(?:[a-z]+\s+){0,3}?per\s+(?P<scale>10{0,2}(?:[.,]?000)+)\b", re.IGNORECASE)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every rate behind the part and the whole that it is made of."""
    before: Sentence | None = None
    for sentence in running(report):
        earlier = before if before is not None and before.path == sentence.path else None
        before = sentence
        if " per 1" in sentence.text:
            for each in evidence(sentence, earlier):
                yield from _judged(sentence, each)


def _judged(sentence: Sentence, each: Evidence) -> Iterator[Finding]:
    for item in spoken(sentence):
        match = _PER.match(sentence.text, item.end)
        if match is None or item.start < each.position or not each.whole.number:
            continue
        scale = int(re.sub(r"\D", "", match["scale"]))
        right = Fraction(each.part.number, each.whole.number) * scale
        if judge(item.figure, right) is Verdict.DIFFERS:
            shown = like(right, item.figure)
            yield Finding(
                CODE,
                "arithmetic",
                Severity.ERROR,
                f"Tertulis {amount(item.figure)} per {match['scale']}, sedangkan {each.part.number} dari "
                f"{each.whole.number} adalah {shown}.",
                stated=amount(item.figure),
                expected=shown,
                arithmetic=f"{each.part.number} ÷ {each.whole.number} × {match['scale']} = {shown}",
                places=(quoted(around(sentence.text, item.start, match.end()), sentence.place_at(item.start)),),
                regulation=REGULATION,
                suggestion="Periksa jumlah kejadian, penduduk, dan angkanya terhadap data dukung.",
            )
        return
