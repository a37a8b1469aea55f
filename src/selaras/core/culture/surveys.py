"""A survey from the tree: items, waves, tokens that share no key with answers, and whether answers were given with care.

Anonymous by design: an invitation knows the unit and whether it was used; an answer knows the unit and coarse groups.
Neither holds a time, a number or a name by which one could be laid beside the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction
from itertools import groupby

from selaras.core.culture.answers import Answers
from selaras.core.culture.frameworks import Asking, Framework, Scale
from selaras.core.culture.privacy import Threshold, shown
from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place

SHARED = frozenset({"survey", "unit"})
"""The only fields that an invitation and an answer may both have: they name hundreds of people, never one."""


@dataclass(frozen=True, slots=True)
class Item:
    """One Likert statement: its node, the construct above, and the score that it adds to (`group`)."""

    code: str
    text: str
    node: str
    construct: str
    group: str
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Instrument:
    """The questionnaire as it was frozen when the survey opened."""

    framework: str
    scale: Scale
    items: tuple[Item, ...]

    def groups(self) -> dict[str, tuple[str, ...]]:
        """Items by the score that they add to, in order."""
        found: dict[str, list[str]] = {}
        for item in self.items:
            found.setdefault(item.group, []).append(item.code)
        return {name: tuple(codes) for name, codes in found.items()}


@dataclass(frozen=True, slots=True)
class Wave:
    """One opening of a survey; waves of one instrument are compared by group, never by person."""

    code: str
    survey: str
    opens: date
    closes: date
    population: Mapping[str, int]
    """Employees by unit on the opening day."""

    def is_open(self, day: date) -> bool:
        """Whether answers are taken on a day, both ends included."""
        return self.opens <= day <= self.closes


@dataclass(frozen=True, slots=True)
class Invitation:
    """One link that was given out: only the digest of its token is kept."""

    token_digest: str
    survey: str
    unit: str
    used: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """One set of answers under a random key; `buckets` are coarse groups, `hurried` says only that it went too fast."""

    key: str
    survey: str
    unit: str
    answers: Mapping[str, int | None]
    buckets: Mapping[str, str]
    comment: str = ""
    hurried: bool = False
    repeat: str = ""
    """The same for the same person in other waves, in a survey that tells its respondents so; else empty."""


@dataclass(frozen=True, slots=True)
class CareRule:
    """When answers look careless: seconds per item, and the share of items in one unbroken run of the same answer."""

    seconds_per_item: Fraction = Fraction(2)
    run_share: Fraction = Fraction(1)
    least_items: int = 8


DEFAULT_CARE = CareRule()
BUCKETS = ("kelompok jabatan", "masa kerja", "jenis kelamin")
"""The only things that an anonymous survey may ask about a person, each in coarse groups."""
MOST_DIGITS = 4
LEAST_CODE, MOST_CODE = 6, 20


@dataclass(frozen=True, slots=True)
class Care:
    """How carefully a survey was answered: counts only, no person."""

    responses: int
    straight: int
    hurried: int
    incomplete: int


def instrument(framework: Framework) -> Instrument:
    """The questionnaire of a tree; an item without a score of its own adds to that of its construct."""
    items = tuple(
        Item(
            question.code, question.text, node.code, framework.construct_of(node.code).code,
            question.group or framework.construct_of(node.code).code, question.reverse,
        )
        for node, question in framework.questions(Asking.LIKERT)
    )  # fmt: skip
    if not items:
        raise Refusal(
            f"Kerangka {framework.name} belum mempunyai butir survei.",
            Fault("butir Likert kosong", Place(record=framework.code), expected="satu butir atau lebih"),
        )
    return Instrument(framework.code, framework.scale, items)


def token_digest(token: str) -> str:
    """The only form in which a token is kept; the token itself must be random and long (128 bits or more)."""
    return hashlib.sha256(token.encode("utf-8")).hexdigest()


def spend(invitation: Invitation) -> Invitation:
    """The invitation after its answers were sent; a token that was used is refused."""
    if invitation.used:
        raise Refusal(
            "Tautan ini sudah dipakai.",
            Fault("tautan terpakai", remedy="Setiap tautan hanya untuk satu kali pengisian."),
        )
    return replace(invitation, used=True)


def linking_fields() -> frozenset[str]:
    """Fields by which an invitation and an answer could be laid beside each other; must always be empty."""
    return (_names(Invitation) & _names(Response)) - SHARED


def _names(kind: type[Invitation | Response]) -> frozenset[str]:
    return frozenset(item.name for item in fields(kind))


def check_response(questionnaire: Instrument, answers: Mapping[str, int | None]) -> tuple[Fault, ...]:
    """What is wrong with one set of answers: unknown items, values off the scale, shared points that do not add up."""
    known = {item.code: item for item in questionnaire.items}
    points = questionnaire.scale.points
    faults = []
    for code, value in answers.items():
        if code not in known:
            faults.append(Fault("butir tidak dikenal", Place(record=code), code))
        elif value is not None and questionnaire.scale.fixed_total is None and not 1 <= value <= points:
            faults.append(Fault("jawaban di luar skala", Place(record=code), str(value), f"1 sampai {points}"))
    if questionnaire.scale.fixed_total is not None:
        faults += _totals(questionnaire, answers, questionnaire.scale.fixed_total)
    return tuple(faults)


def check_buckets(buckets: Mapping[str, str]) -> tuple[Fault, ...]:
    """What an answer must not hold about its giver: anything but the coarse groups, or a number such as an NIP."""
    faults = [
        Fault("keterangan diri tidak boleh diminta", Place(record=name), name, " | ".join(BUCKETS))
        for name in buckets
        if name not in BUCKETS
    ]
    for name, value in buckets.items():
        if sum(letter.isdigit() for letter in value) > MOST_DIGITS:
            faults.append(
                Fault("kelompok memuat nomor", Place(record=name), expected="golongan, bukan nomor seseorang")
            )
    return tuple(faults)


def own_code(typed: str) -> str:
    """The code that a respondent makes up and types again in the next wave, as it is compared: letters and digits only.

    Raises Refusal for one that is too short to be anybody's own, or that is a number by which a person is known.
    """
    made = "".join(letter for letter in typed.upper() if letter.isalnum())
    digits = sum(letter.isdigit() for letter in made)
    if not LEAST_CODE <= len(made) <= MOST_CODE or digits > MOST_DIGITS or len(set(made)) < LEAST_CODE // 2:
        raise Refusal(
            "Jawaban belum dapat dikirim.",
            Fault(
                "kode tidak dapat dipakai", Place(record="kode sendiri"),
                expected=f"{LEAST_CODE} sampai {MOST_CODE} huruf dan angka, paling banyak {MOST_DIGITS} angka, bukan NIP atau nama",
            ),
        )  # fmt: skip
    return made


def paired(
    before: Iterable[tuple[str, float | None]], after: Iterable[tuple[str, float | None]], *, k: int
) -> tuple[tuple[float, float], ...]:
    """The values of those who answered in both waves, known by their repeated code; nothing where that shows a few people.

    Those who are left over in either wave must be nobody or k at least: the means of all stand beside those of the pairs.
    """
    first, second = ([(code, value) for code, value in side if value is not None] for side in (before, after))
    known = {code: value for code, value in second if code}
    pairs = tuple((value, known[code]) for code, value in first if code in known)
    rests = (len(first) - len(pairs), len(second) - len(pairs))
    if len(pairs) < k or any(0 < rest < k for rest in rests):
        return ()
    return pairs


def _totals(questionnaire: Instrument, answers: Mapping[str, int | None], total: int) -> Iterable[Fault]:
    """Points that are shared out among the statements of one node must add up to the fixed total."""
    for node, items in groupby(questionnaire.items, key=lambda item: item.node):
        given = sum(answers.get(item.code) or 0 for item in items)
        if given != total:
            yield Fault("jumlah nilai tidak sesuai", Place(record=node), str(given), str(total))


def scored(questionnaire: Instrument, responses: Iterable[Response]) -> Answers:
    """Answers with reversed items turned once; the raw ones stay in the responses."""
    rows = []
    for response in responses:
        row = []
        for item in questionnaire.items:
            value = response.answers.get(item.code)
            turned = questionnaire.scale.turned(value) if value is not None and item.reverse else value
            row.append(None if turned is None else float(turned))
        rows.append(tuple(row))
    return Answers(tuple(item.code for item in questionnaire.items), tuple(rows))


def scores(questionnaire: Instrument, answers: Answers) -> dict[str, tuple[float | None, ...]]:
    """The mean of each person's items by score; None where any item of it is missing. Only of points on a scale.

    Refused for instruments that share out points: their scores depend on each other.
    """
    refuse_shared_points(questionnaire)
    made: dict[str, tuple[float | None, ...]] = {}
    for name, codes in questionnaire.groups().items():
        part = answers.only(codes)
        made[name] = tuple(
            None if None in row else sum(value for value in row if value is not None) / len(row) for row in part.rows
        )
    return made


def refuse_shared_points(questionnaire: Instrument) -> None:
    """Refuse alpha and regression on points that always add up to the same total: the table would be singular."""
    if questionnaire.scale.fixed_total is not None:
        raise Refusal(
            "Perhitungan ini tidak berlaku bagi instrumen pembagian nilai.",
            Fault("jumlah jawaban selalu tetap", read=str(questionnaire.scale.fixed_total), expected="skala Likert"),
        )


def hurried(seconds: int, items: int, rule: CareRule = DEFAULT_CARE) -> bool:
    """Whether the form was filled faster than one can read it. The respondent's device asks; the time is not kept."""
    return seconds < rule.seconds_per_item * items


def longest_run(values: Iterable[int | None]) -> int:
    """The longest unbroken run of the same answer, as it was ticked (before turning)."""
    return max((len(list(run)) for value, run in groupby(values) if value is not None), default=0)


def straight(questionnaire: Instrument, response: Response, rule: CareRule = DEFAULT_CARE) -> bool:
    """Whether one answer runs through the whole form (by the rule's share). Short forms are never flagged."""
    given = [response.answers.get(item.code) for item in questionnaire.items]
    if len(given) < rule.least_items:
        return False
    return longest_run(given) >= rule.run_share * len(given)


def care(questionnaire: Instrument, responses: Iterable[Response], rule: CareRule = DEFAULT_CARE) -> Care:
    """How many responses look careless; they are counted and told, never thrown out unseen."""
    listed = list(responses)
    return Care(
        len(listed),
        sum(straight(questionnaire, response, rule) for response in listed),
        sum(response.hurried for response in listed),
        sum(any(response.answers.get(item.code) is None for item in questionnaire.items) for response in listed),
    )


def progress(
    invitations: Iterable[Invitation], population: Mapping[str, int], threshold: Threshold
) -> dict[str, Fraction | None]:
    """The share of employees by unit who have answered; None where it would tell who: small units, and what hides them.

    The share of everybody stands beside, so that a single small unit would be found by subtracting.
    """
    visible = shown(population, threshold.screen)
    used: dict[str, int] = {}
    for invitation in invitations:
        used[invitation.unit] = used.get(invitation.unit, 0) + invitation.used
    return {
        unit: Fraction(min(used.get(unit, 0), people), people) if unit in visible else None
        for unit, people in population.items()
    }
