"""A template that is not sound is told with every fault: weights, codes, scales, predicates."""

from dataclasses import replace
from decimal import Decimal

import pytest

from selaras.core.errors import Refusal
from selaras.core.evaluation.soundness import check, checked
from selaras.core.evaluation.template import AnswerScale, Effort, Mode, Rounding
from selaras.rulebook.lke import templates

GOOD = templates()["permenpan-rb-88-2021"]
FIRST, *REST = GOOD.components


def with_first(**changes):
    return replace(GOOD, components=(replace(FIRST, **changes), *REST))


def with_sub(**changes):
    sub, *others = FIRST.subcomponents
    return with_first(subcomponents=(replace(sub, **changes), *others))


def with_answers(*changes):
    answers = list(GOOD.scales[0].answers)
    for index, fields in changes:
        answers[index] = replace(answers[index], **fields)
    return replace(GOOD, scales=(AnswerScale("AA-E", tuple(answers)),))


def with_predicate(index, **fields):
    listed = list(GOOD.predicates)
    listed[index] = replace(listed[index], **fields)
    return replace(GOOD, predicates=tuple(listed))


CRITERION = FIRST.subcomponents[0].criteria[0]
WRONG = {
    "weights of components do not add up": (with_first(weight=Decimal(31)), "jumlah bobot komponen tidak sesuai"),
    "weights of sub-components do not add up": (with_sub(weight=Decimal(5)), "jumlah bobot sub-komponen 1 tidak sesuai"),
    "a weight of zero": (with_sub(weight=Decimal(0)), "tidak lebih dari nol"),
    "a weight that is no number": (with_sub(weight=Decimal("NaN")), "tidak lebih dari nol"),
    "a code twice": (with_sub(code="1.b"), "kode sub-komponen ganda"),
    "an empty code": (with_sub(code=""), "kode sub-komponen kosong"),
    "no components": (replace(GOOD, components=()), "komponen tidak ada"),
    "an unknown scale": (with_sub(scale="X"), "skala jawaban 1.a tidak dikenal"),
    "an empty criterion": (with_sub(criteria=(replace(CRITERION, text=" "),)), "kriteria 1.a.1 kosong"),
    "a criterion without weight": (with_sub(criteria=(replace(CRITERION, weight=Decimal(0)),)), "bobot kriteria 1.a.1"),
    "nothing to average": (
        replace(with_sub(criteria=()), mode=Mode.CRITERIA), "1.a tidak mempunyai kriteria untuk dirata-ratakan",
    ),
    "a scale that rises": (with_answers((1, {"value": Decimal(100)})), "nilai tidak menurun"),
    "a scale that does not reach zero": (with_answers((7, {"value": Decimal(1)})), "nilai tidak membentang penuh"),
    "a letter twice": (with_answers((1, {"letter": "AA"})), "jawaban kurang dari dua atau ganda"),
    "shares that do not fall": (with_answers((3, {"share": Decimal(100)})), "batas persentase kriteria tidak menurun"),
    "no answer for nothing": (with_answers((7, {"share": Decimal(10)})), "tidak ada jawaban untuk 0%"),
    "a proposal that needs evidence": (with_answers((1, {"share": Decimal(100), "exclusive": True})), "tidak boleh diusulkan"),
    "an answer that is never right": (
        with_answers((1, {"years": 0, "effort": Effort.NONE})), "tidak mempunyai batas dan tidak memerlukan bukti",
    ),
    "a hole between predicates": (with_predicate(1, upto=Decimal(89)), "berlubang"),
    "predicates that overlap": (with_predicate(1, upto=Decimal(91)), "tumpang tindih"),
    "predicates that do not reach zero": (with_predicate(6, above=Decimal(1)), "predikat tidak membentang penuh"),
    "a predicate turned round": (with_predicate(3, above=Decimal(70), upto=Decimal(60)), "tidak berisi nilai"),
    "no predicates": (replace(GOOD, predicates=()), "predikat tidak ada"),
    "a title that is empty": (replace(GOOD, title=" "), "judul kosong"),
    "years turned round": (replace(GOOD, last_year=2020), "tahun terakhir mendahului"),
    "a part that counts double": (replace(GOOD, partial=Decimal(2)), "terpenuhi sebagian"),
    "too many decimals": (replace(GOOD, rounding=Rounding(9)), "desimal pembulatan"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_it_tells_what_is_wrong(name):
    template, message = WRONG[name]
    assert any(message in fault.message for fault in check(template)), check(template)
    with pytest.raises(Refusal) as caught:
        checked(template)
    assert caught.value.faults == check(template)


def test_a_sound_template_has_no_faults():
    assert all(not check(template) for template in templates().values())
    assert checked(GOOD) is GOOD


def test_the_fault_says_how_much_is_missing():
    fault = next(fault for fault in check(with_sub(weight=Decimal("4.5"))) if "sub-komponen" in fault.message)
    assert (fault.read, fault.expected, fault.remedy) == ("28,5", "30", "Tambah 1,5.")
