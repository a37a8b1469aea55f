"""Which answer the criteria propose, why a score is what it is, and what would raise it most.

The share of criteria met proposes an answer up to BB only; A and AA need evidence of persistence (keberadaan) or effort
(kualitas, pemanfaatan), by the instructions for the sheet of Permenpan-RB 88/2021.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from selaras.core.evaluation.scoring import Answers, Met, Result, score
from selaras.core.evaluation.template import (
    FULL,
    ZERO,
    Answer,
    Aspect,
    Criterion,
    Effort,
    Mode,
    Subcomponent,
    Template,
)
from selaras.core.numerals import format_number


@dataclass(frozen=True, slots=True)
class Beyond:
    """Evidence beyond the criteria: years for which all were met, effort, and what shows it (titles of evidence).

    Without evidence neither counts.
    """

    years: int = 0
    effort: Effort = Effort.NONE
    evidence: tuple[str, ...] = ()


NOTHING = Beyond()


@dataclass(frozen=True, slots=True)
class Proposal:
    """The answer that the criteria propose: `share` of them met in percent, and which are unmet or unanswered.

    `letter` is empty where the template proposes nothing. `most` is the share if every unanswered one were met.
    """

    letter: str
    share: Decimal
    most: Decimal
    unmet: tuple[Criterion, ...] = ()
    unanswered: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step that would raise the score: from one answer to a better one, the points gained, what it takes.

    `part` is the sub-component, or the criterion where criteria are averaged. `total` and `predicate` are those of
    the whole sheet after this step alone.
    """

    part: Subcomponent | Criterion
    before: str
    after: str
    gain: Decimal
    needs: tuple[str, ...]
    total: Decimal
    predicate: str


def propose(template: Template, sub: Subcomponent, criteria: Mapping[str, str]) -> Proposal:
    """The proposal for one sub-component. Criteria that nobody answered count as unmet; those met in part count as

    the template says (`Template.partial`).
    """
    unanswered = tuple(item for item in sub.criteria if not criteria.get(item.code))
    unmet = tuple(item for item in sub.criteria if criteria.get(item.code) in {Met.NO, Met.PARTLY})
    share = _share(template, sub, criteria)
    most = _share(template, sub, {**criteria, **{item.code: Met.YES.value for item in unanswered}})
    letter = letter_for(template, sub, share) if sub.criteria and template.mode is Mode.ANSWER else ""
    return Proposal(letter, share, most, unmet, unanswered)


def unprobed(template: Template, answers: Answers) -> tuple[Subcomponent, ...]:
    """The sub-components of whose criteria nobody answered a single one, so that their answer rests on nothing.

    Only where one answer is given per sub-component; elsewhere criteria are the answers.
    """
    if template.mode is not Mode.ANSWER:
        return ()
    return tuple(
        sub
        for sub in template.subcomponents
        if sub.criteria and not any(answers.criteria.get(item.code) for item in sub.criteria)
    )


def allowed(template: Template, sub: Subcomponent, share: Decimal, beyond: Beyond = NOTHING) -> tuple[str, ...]:
    """The letters that the share of criteria met and the evidence beyond it allow, best first."""
    scale = template.scale_of(sub)
    return tuple(answer.letter for answer in scale.answers if _fits(answer, sub, share, beyond))


def why(template: Template, sub: Subcomponent, answers: Answers, beyond: Beyond = NOTHING) -> tuple[str, ...]:
    """Why a sub-component has its score, in sentences: the arithmetic, the rule of the answer, the criteria, evidence."""
    part = score(template, answers).part(sub.code)
    if template.mode is Mode.POINTS:
        told = (
            "Nilai diisi langsung dari laporan hasil evaluasi" if part.answered else "Nilai belum diisi dan dihitung 0"
        )
        return (f"{told}: {format_number(part.points)} dari {format_number(sub.weight)}.",)
    if not part.answered:
        return (f"{sub.code} belum dijawab dan dihitung 0 dari {format_number(sub.weight)}.",)
    sum_up = f"{_plain(part.value)} ÷ 100 × {format_number(sub.weight)} = {_plain(part.points)}."
    if template.mode is Mode.CRITERIA:
        missing = (f"Belum dijawab dan dihitung 0: {', '.join(part.missing)}.",) if part.missing else ()
        return (f"Rata-rata jawaban {len(sub.criteria)} kriteria: {sum_up}", *missing)
    answer = template.scale_of(sub).answer(part.answer)
    rule = answer.rule(sub.aspect) if answer else ""
    lines = [f"Jawaban {part.answer}: {sum_up}", rule, *_criteria_lines(template, sub, answers.criteria)]
    if answer and answer.beyond:
        lines.append(_beyond_line(beyond))
    return tuple(line for line in lines if line)


def raising(template: Template, answers: Answers, beyond: Mapping[str, Beyond] | None = None) -> tuple[Step, ...]:
    """What would raise the score: for each question the next better answer, the largest gain first.

    Where points are entered directly nothing can be said. Raises Refusal for answers that the template does not know.
    """
    now = score(template, answers)
    if template.mode is Mode.POINTS:
        return ()
    if template.mode is Mode.CRITERIA:
        steps = [_criterion_step(template, answers, now, item) for item in template.criteria]
    else:
        steps = [
            _step(template, answers, now, sub, (beyond or {}).get(sub.code, NOTHING)) for sub in template.subcomponents
        ]
    found = [step for step in steps if step is not None]
    return tuple(sorted(found, key=lambda step: -step.gain))


def reaches(answer: Answer, share: Decimal) -> bool:
    """Whether a share of criteria met (in percent) is enough for an answer; those beyond the criteria need all."""
    if answer.beyond:
        return share >= FULL
    if answer.share is None:
        return True
    return share > answer.share if answer.exclusive else share >= answer.share


def _share(template: Template, sub: Subcomponent, criteria: Mapping[str, str]) -> Decimal:
    counted = {Met.YES.value: Decimal(1), Met.PARTLY.value: template.partial}
    whole = sum((item.weight for item in sub.criteria), ZERO)
    if not whole:
        return ZERO
    met = sum((item.weight * counted.get(criteria.get(item.code, ""), ZERO) for item in sub.criteria), ZERO)
    return met * FULL / whole


def letter_for(template: Template, sub: Subcomponent, share: Decimal) -> str:
    """The best answer that a share of criteria met gives without evidence beyond them; empty where none is proposed."""
    proposed = (item for item in template.scale_of(sub).answers if item.share is not None)
    return next((item.letter for item in proposed if reaches(item, share)), "")


def _fits(answer: Answer, sub: Subcomponent, share: Decimal, beyond: Beyond) -> bool:
    return reaches(answer, share) and not lacking(answer, sub.aspect, beyond)


def lacking(answer: Answer, aspect: Aspect, beyond: Beyond) -> str:
    """What evidence beyond the criteria an answer still needs, in words; empty if none."""
    if not answer.beyond:
        return ""
    if aspect is Aspect.EXISTENCE and answer.years:
        if beyond.years >= answer.years and beyond.evidence:
            return ""
        return f"bukti bahwa semua kriteria terpenuhi sekurang-kurangnya {answer.years} tahun"
    if beyond.effort.rank >= answer.effort.rank and beyond.evidence:
        return ""
    return f"bukti {answer.effort.value}"


def _criteria_lines(template: Template, sub: Subcomponent, criteria: Mapping[str, str]) -> tuple[str, ...]:
    if not sub.criteria:
        return ()
    found = propose(template, sub, criteria)
    met = len(sub.criteria) - len(found.unmet) - len(found.unanswered)
    lines = [f"{met} dari {len(sub.criteria)} kriteria terpenuhi ({_plain(found.share)}%)."]
    lines += [f"Belum terpenuhi: {_names(found.unmet)}."] if found.unmet else []
    lines += [f"Belum dijawab: {_names(found.unanswered)}."] if found.unanswered else []
    return tuple(lines)


def _names(criteria: tuple[Criterion, ...]) -> str:
    return ", ".join(item.code for item in criteria)


def _beyond_line(beyond: Beyond) -> str:
    if not beyond.evidence:
        return "Bukti di luar kriteria belum ada."
    parts = [f"terpenuhi selama {beyond.years} tahun"] if beyond.years else []
    parts += [beyond.effort.value] if beyond.effort is not Effort.NONE else []
    return f"Bukti di luar kriteria ({', '.join(parts) or 'tanpa keterangan'}): {'; '.join(beyond.evidence)}."


def _step(template: Template, answers: Answers, now: Result, sub: Subcomponent, beyond: Beyond) -> Step | None:
    letters = template.scale_of(sub).letters
    before = answers.letters.get(sub.code, "")
    found = propose(template, sub, answers.criteria)
    if before:
        place = letters.index(before)
        if not place:
            return None
        after = letters[place - 1]
        needs = _needs(template, sub, after, answers.criteria, beyond)
    else:
        after = found.letter or letters[-1]
        needs = ("Jawab sub-komponen ini.",)
    changed = score(template, replace(answers, letters={**answers.letters, sub.code: after}))
    gain = changed.exact - now.exact
    return (
        Step(sub, before, after, gain, needs, changed.total, changed.predicate.letter)
        if gain > 0 or not before
        else None
    )


def _needs(
    template: Template, sub: Subcomponent, letter: str, criteria: Mapping[str, str], beyond: Beyond
) -> tuple[str, ...]:
    answer = template.scale_of(sub).answer(letter)
    assert answer is not None
    needs = []
    count, open_ones = _to_meet(template, sub, answer, criteria)
    if count:
        every = "semua" if count == len(open_ones) else f"{count} dari"
        needs.append(f"Penuhi {every} kriteria berikut: {'; '.join(f'{item.code} {item.text}' for item in open_ones)}.")
    if lack := lacking(answer, sub.aspect, beyond):
        needs.append(f"Lampirkan {lack}.")
    return tuple(needs) or ("Kriterianya sudah terpenuhi; jawaban dapat dinaikkan dengan alasan.",)


def _to_meet(
    template: Template, sub: Subcomponent, answer: Answer, criteria: Mapping[str, str]
) -> tuple[int, tuple[Criterion, ...]]:
    """How many of the open criteria must still be met (the heaviest first), and which ones are open."""
    open_ones = tuple(item for item in sub.criteria if criteria.get(item.code) != Met.YES)
    given = dict(criteria)
    for count, item in enumerate(sorted(open_ones, key=lambda item: -item.weight), 1):
        if reaches(answer, _share(template, sub, given)):
            return count - 1, open_ones
        given[item.code] = Met.YES.value
    return len(open_ones), open_ones


def _criterion_step(template: Template, answers: Answers, now: Result, item: Criterion) -> Step | None:
    letters = template.scale_of(item).letters
    before = answers.criteria.get(item.code, "")
    place = letters.index(before) if before else len(letters) - 1
    if not place:
        return None
    after = letters[place - 1]
    changed = score(template, replace(answers, criteria={**answers.criteria, item.code: after}))
    gain = changed.exact - now.exact
    needs = (f"{item.code} {item.text}.",)
    return Step(item, before, after, gain, needs, changed.total, changed.predicate.letter)


def _plain(value: Decimal) -> str:
    """A number with at most two decimals, without needless zeros."""
    return format_number(value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
