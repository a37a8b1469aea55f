"""When a template can be used: weights add up at each level, predicates leave no hole, scales fall from 100 to 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from selaras.core.errors import Fault, Refusal
from selaras.core.evaluation.template import FULL, ZERO, AnswerScale, Criterion, Mode, Subcomponent, Template
from selaras.core.numerals import format_number
from selaras.core.place import Place


def checked(template: Template) -> Template:
    """The template itself. Raises Refusal with every fault if it is not sound."""
    faults = check(template)
    if faults:
        raise Refusal(f"Instrumen LKE {template.code or template.title} tidak dapat dipakai.", *faults)
    return template


def check(template: Template) -> tuple[Fault, ...]:
    """What is wrong with a template: weights that do not add up, holes between predicates, scales that do not fall."""
    return (
        *_heading(template),
        *_weights(template),
        *_codes(template),
        *_criteria(template),
        *(fault for scale in template.scales for fault in _scale(template, scale)),
        *_predicates(template),
    )


def _heading(template: Template) -> Iterator[Fault]:
    for name, text in (("kode", template.code), ("judul", template.title), ("peraturan", template.regulation)):
        if not text.strip():
            yield Fault(f"{name} kosong", _at(template), expected="teks")
    if template.last_year is not None and template.last_year < template.first_year:
        yield Fault(
            "tahun terakhir mendahului tahun pertama", _at(template), str(template.last_year),
            f"{template.first_year} atau sesudahnya",
        )  # fmt: skip
    if not ZERO <= template.partial <= 1:
        yield Fault(
            "hitungan kriteria yang terpenuhi sebagian di luar 0 sampai 1", _at(template), str(template.partial)
        )
    if not 0 <= template.rounding.places <= 6:
        yield Fault("desimal pembulatan di luar 0 sampai 6", _at(template), str(template.rounding.places))


def _weights(template: Template) -> Iterator[Fault]:
    yield from _adds_up(template, "bobot komponen", ((c.code, c.weight) for c in template.components), FULL)
    for component in template.components:
        parts = ((sub.code, sub.weight) for sub in component.subcomponents)
        name = f"bobot sub-komponen {component.code}"
        yield from _adds_up(template, name, parts, component.weight)


def _adds_up(template: Template, name: str, parts: Iterable[tuple[str, Decimal]], whole: Decimal) -> Iterator[Fault]:
    listed = list(parts)
    wrong = [code for code, weight in listed if not weight.is_finite() or weight <= 0]
    if wrong:
        yield Fault(f"{name}: {', '.join(wrong)} tidak lebih dari nol", _at(template), expected="bobot di atas nol")
        return
    total = sum((weight for _, weight in listed), ZERO)
    if total != whole:
        difference = format_number(abs(whole - total))
        yield Fault(
            f"jumlah {name} tidak sesuai", _at(template), format_number(total), format_number(whole),
            f"{'Tambah' if total < whole else 'Kurangi'} {difference}.",
        )  # fmt: skip


def _codes(template: Template) -> Iterator[Fault]:
    every = {
        "komponen": [component.code for component in template.components],
        "sub-komponen": [sub.code for sub in template.subcomponents],
        "kriteria": [criterion.code for criterion in template.criteria],
        "skala": [scale.code for scale in template.scales],
        "predikat": [predicate.letter for predicate in template.predicates],
    }
    for name, codes in every.items():
        if not codes and name != "kriteria" and not (name == "skala" and template.mode is Mode.POINTS):
            yield Fault(f"{name} tidak ada", _at(template), expected=f"sekurang-kurangnya satu {name}")
        if "" in codes:
            yield Fault(f"kode {name} kosong", _at(template))
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            yield Fault(f"kode {name} ganda", _at(template), ", ".join(twice))


def _criteria(template: Template) -> Iterator[Fault]:
    known = {scale.code for scale in template.scales}
    for sub in template.subcomponents:
        if template.mode is Mode.CRITERIA and not sub.criteria:
            yield Fault(f"{sub.code} tidak mempunyai kriteria untuk dirata-ratakan", _at(template))
        parts: tuple[Subcomponent | Criterion, ...] = (sub, *sub.criteria)
        for part in parts:
            if part.scale and part.scale not in known:
                yield Fault(
                    f"skala jawaban {part.code} tidak dikenal", _at(template), part.scale, ", ".join(sorted(known))
                )
        for criterion in sub.criteria:
            if not criterion.text.strip():
                yield Fault(f"kriteria {criterion.code} kosong", _at(template), expected="teks kriteria")
            if not criterion.weight.is_finite() or criterion.weight <= 0:
                yield Fault(
                    f"bobot kriteria {criterion.code} tidak lebih dari nol", _at(template), str(criterion.weight)
                )


def _scale(template: Template, scale: AnswerScale) -> Iterator[Fault]:
    name = f"skala jawaban {scale.code}"
    letters = scale.letters
    if len(letters) < 2 or len(set(letters)) != len(letters):
        yield Fault(f"{name}: jawaban kurang dari dua atau ganda", _at(template), ", ".join(letters))
        return
    values = [answer.value for answer in scale.answers]
    if any(upper <= lower for upper, lower in pairwise(values)):
        yield Fault(f"{name}: nilai tidak menurun", _at(template), ", ".join(map(format_number, values)))
    if values[0] != FULL or values[-1] != ZERO:
        read = f"{format_number(values[0])} sampai {format_number(values[-1])}"
        yield Fault(f"{name}: nilai tidak membentang penuh", _at(template), read, "100 sampai 0")
    yield from _shares(template, scale)


def _shares(template: Template, scale: AnswerScale) -> Iterator[Fault]:
    name = f"skala jawaban {scale.code}"
    proposed = [answer for answer in scale.answers if answer.share is not None]
    if not proposed:
        return
    ends = [(answer.share or ZERO, answer.exclusive) for answer in proposed]
    if any(upper <= lower for upper, lower in pairwise(ends)):
        yield Fault(f"{name}: batas persentase kriteria tidak menurun", _at(template))
    if ends[-1] != (ZERO, False):
        yield Fault(f"{name}: tidak ada jawaban untuk 0% kriteria terpenuhi", _at(template))
    if any(answer.beyond for answer in proposed):
        yield Fault(f"{name}: jawaban yang memerlukan bukti tambahan tidak boleh diusulkan", _at(template))
    silent = [answer.letter for answer in scale.answers if answer.share is None and not answer.beyond]
    if silent:
        yield Fault(f"{name}: {', '.join(silent)} tidak mempunyai batas dan tidak memerlukan bukti", _at(template))


def _predicates(template: Template) -> Iterator[Fault]:
    listed = template.predicates
    if not listed:
        return
    if listed[0].upto != FULL or listed[-1].above != ZERO:
        read = f"{format_number(listed[-1].above)} sampai {format_number(listed[0].upto)}"
        yield Fault("predikat tidak membentang penuh", _at(template), read, "0 sampai 100")
    for predicate in listed:
        if predicate.above >= predicate.upto:
            yield Fault(f"predikat {predicate.letter} tidak berisi nilai", _at(template), predicate.printed())
    for upper, lower in pairwise(listed):
        if upper.above != lower.upto:
            word = "berlubang" if lower.upto < upper.above else "tumpang tindih"
            yield Fault(
                f"predikat {upper.letter} dan {lower.letter} {word}", _at(template), format_number(lower.upto),
                format_number(upper.above), "Setiap nilai harus masuk tepat satu predikat.",
            )  # fmt: skip


def _at(template: Template) -> Place:
    return Place(record=f"instrumen {template.code}")
