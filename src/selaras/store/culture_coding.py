"""What the coding pages need: one source with its passages and codes, the codebook with counts, rounds, the log of changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from selaras.core.access import Actor
from selaras.core.culture.agreement import Reading
from selaras.core.culture.coding import FINAL, Code, Coding, Material
from selaras.core.culture.rounds import Difference, RoundResult, by_characters, differences, on_grid
from selaras.core.errors import NotAllowed, NotFound
from selaras.store.arrays import AsArray
from selaras.store.culture import StudyMe, study_at, unseen_before
from selaras.store.culture_rows import CODE, CODING, coding_record, material_of
from selaras.store.models import (
    CodingChange,
    CodingRound,
    Study,
    StudyCode,
    StudyCoding,
    StudyMemo,
    StudySegment,
    StudySource,
)
from selaras.store.models.culture import RoundPurpose, RoundUnit

LATEST = 100
ROUND = ("code", "purpose", "unit", "coders", "segments")
MEMO = ("about", "kind", "author", "text")
SEGMENT = ("pk", "code", "number", "start", "end")
LISTS = ("coders", "segments")


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One word of the codebook with its counts on the final layer (0 where they were not asked for), and its colour."""

    code: Code
    colour: str
    codings: int
    segments: int
    sources: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One segment of a source with the codings that the reader may see."""

    row: StudySegment
    quote: str
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """One source on the coding desk. `layer` is where the actor's codings go now; `neighbours` the sources
    before and after, empty where there is none.
    """

    study: Study
    me: StudyMe
    source: StudySource
    passages: tuple[Passage, ...]
    codebook: tuple[CodeLine, ...]
    memos: tuple[StudyMemo, ...]
    round: CodingRound | None
    layer: str
    neighbours: tuple[str, str]


def desk_of(actor: Actor, agency: str, study: str, source: str) -> Desk:
    """One source to be coded. Five queries. Raises NotFound."""
    row, me = study_at(actor, agency, study)
    rounds, memos = _rounds_and_memos(row.pk)
    mine = next((item for item in rounds if me.coder in item.coders), None)
    text = _between(row.pk).filter(code=source).first()
    if text is None:
        raise NotFound(f"Sumber {source} tidak ditemukan.")
    shown = _seen_in(text, me, rounds)
    kept = _seen_memos(memos, me, bool(rounds))
    around = (text.before or "", text.after or "")
    return Desk(
        row, me, text, shown, codebook_of(row.pk, whole=False), kept, mine, mine.code if mine else FINAL, around
    )


def memos_of(actor: Actor, agency: str, study: str) -> tuple[Study, StudyMe, tuple[StudyMemo, ...]]:
    """The memos of a study, the newest first, as one of its team may see them: while a round is open only the own ones.

    Three queries. Raises NotFound, NotAllowed for who may read the study and does not belong to its team.
    """
    row, me = study_at(actor, agency, study)
    if not me.team:
        raise NotAllowed("Memo hanya dibaca tim studi ini.")
    going = CodingRound.objects.filter(study=row.pk, closed_at__isnull=True).exists()
    return row, me, _seen_memos(StudyMemo.objects.filter(study=row.pk).order_by("-pk"), me, going)


def _seen_memos(memos: Iterable[StudyMemo], me: StudyMe, going: bool) -> tuple[StudyMemo, ...]:
    return tuple(memo for memo in memos if me.team and (not going or memo.author in {me.coder, ""}))


def _between(study: int) -> Any:
    """The sources of a study, each with the codes of the ones before and after it."""
    rows = StudySource.objects.filter(study=study)
    others = StudySource.objects.filter(study=OuterRef("study"))
    near = Q(order=OuterRef("order"))
    before = others.filter(Q(order__lt=OuterRef("order")) | near & Q(pk__lt=OuterRef("pk"))).order_by("-order", "-pk")
    after = others.filter(Q(order__gt=OuterRef("order")) | near & Q(pk__gt=OuterRef("pk"))).order_by("order", "pk")
    return rows.annotate(before=Subquery(before.values("code")[:1]), after=Subquery(after.values("code")[:1]))


def _rounds_and_memos(study: int) -> tuple[list[CodingRound], list[StudyMemo]]:
    """The open rounds and all memos of a study, by one query."""
    tables: dict[type[Any], tuple[Any, tuple[str, ...]]] = {
        CodingRound: (CodingRound.objects.filter(closed_at__isnull=True), ROUND), StudyMemo: (StudyMemo.objects.all(), MEMO)
    }  # fmt: skip
    first, second = (
        rows.filter(study=study).order_by().values_list(
            Value(model.__name__, output_field=CharField()), F("pk"), AsArray(*map(F, names))
        )
        for model, (rows, names) in tables.items()
    )  # fmt: skip
    found: dict[type[Any], list[Any]] = {model: [] for model in tables}
    for name, pk, cells in sorted(first.union(second, all=True), key=lambda item: item[:2]):
        model, (_, names) = next(item for item in tables.items() if item[0].__name__ == name)
        values = dict(zip(names, json.loads(cells) if isinstance(cells, str) else cells, strict=True))
        listed = {key: json.loads(value) for key, value in values.items() if key in LISTS and isinstance(value, str)}
        found[model].append(model(pk=pk, study_id=study, **(values | listed)))
    return found[CodingRound], found[StudyMemo]


def _seen_in(text: StudySource, me: StudyMe, rounds: list[CodingRound]) -> tuple[Passage, ...]:
    hidden = {item.code for item in rounds}
    agreed = {code for item in rounds for code in item.segments}
    made = []
    for segment, codings in _segments_of(text):
        seen = unseen_before(
            (item for item in codings if item.layer not in hidden or item.coder == me.coder), me, rounds
        )
        if seen or not codings or segment.code in agreed:
            made.append(Passage(segment, text.text[segment.start : segment.end], seen))
    return tuple(made)


def _segments_of(text: StudySource) -> list[tuple[StudySegment, list[Coding]]]:
    """The segments of a source with every coding on them, by one query."""
    rows = StudySegment.objects.filter(source=text).order_by("start", "end", "codings__pk")
    found: dict[str, tuple[StudySegment, list[Coding]]] = {}
    for pk, code, number, start, end, *coding in rows.values_list(
        *SEGMENT, *(f"codings__{name}" for name in CODING[1:])
    ):
        made = StudySegment(pk=pk, code=code, number=number, start=start, end=end, source=text)
        _, codings = found.setdefault(code, (made, []))
        if coding[0] is not None:
            codings.append(coding_record((code, *coding)))
    return list(found.values())


def codebook_of(study: int, *, whole: bool = True) -> tuple[CodeLine, ...]:
    """The codebook with counts on the final layer, in its order; merged codes too. One query.

    Without `whole` only codings are counted, which is ten times as quick in a large study.
    """
    final = Q(codings__layer=FINAL)
    rows: Any = StudyCode.objects.filter(study=study)
    if whole:
        rows = rows.annotate(
            n=Count("codings", filter=final),
            n_segments=Count("codings__segment", filter=final, distinct=True),
            n_sources=Count("codings__segment__source", filter=final, distinct=True),
        )
    else:
        own = StudyCoding.objects.filter(code=OuterRef("pk"), layer=FINAL).order_by()
        count = Subquery(own.values("code").annotate(n=Count("pk")).values("n"), output_field=IntegerField())
        rows = rows.annotate(n=Coalesce(count, 0), n_segments=Value(0), n_sources=Value(0))
    return tuple(
        CodeLine(Code(*(getattr(row, name) for name in CODE)), row.colour, row.n, row.n_segments, row.n_sources)
        for row in rows.order_by("order", "pk")
    )


def changes_of(actor: Actor, agency: str, study: str, *, latest: int = LATEST) -> tuple[CodingChange, ...]:
    """The log of changes, newest first, without what others do in open rounds; `undone` says what was taken back.

    Three queries. Raises NotFound.
    """
    row, me = study_at(actor, agency, study)
    going = CodingRound.objects.filter(study=row.pk, closed_at__isnull=True).values("code")
    hidden = Q(layer__in=going) & ~Q(by=me.coder)
    rows = CodingChange.objects.filter(study=row.pk).exclude(hidden).select_related("undone", "undoes")
    return tuple(rows.defer("codes", "codings").order_by("-pk")[:latest])


def last_change(actor: Actor, agency: str, study: str) -> CodingChange | None:
    """The latest change that the actor made and has not taken back; an undoing is none. Two queries. Raises NotFound."""
    row, me = study_at(actor, agency, study)
    own = CodingChange.objects.filter(study=row.pk, by=me.coder, undoes__isnull=True, undone__isnull=True)
    return own.defer("codes", "codings").order_by("-pk").first()


def rounds_of(study: int) -> tuple[CodingRound, ...]:
    """The rounds of a study, oldest first. One query."""
    return tuple(CodingRound.objects.filter(study=study))


def round_at(study: int, code: str) -> CodingRound:
    """One round. Raises NotFound."""
    row = CodingRound.objects.filter(study=study, code=code).first()
    if row is None:
        raise NotFound(f"Putaran {code} tidak ditemukan.")
    return row


def round_progress(row: CodingRound) -> Mapping[str, int]:
    """How many segments each coder of a round has coded so far; counts only. One query."""
    rows = StudyCoding.objects.filter(study=row.study_id, layer=row.code).order_by()
    counted = dict(rows.values_list("coder").annotate(n=Count("segment", distinct=True)))
    return {coder: counted.get(coder, 0) for coder in row.coders}


def readings_of(row: CodingRound) -> tuple[Reading, ...]:
    """The readings that a round compares: its coders in its layer, or one coder in the final layer and again in it."""
    if row.purpose == RoundPurpose.RECODE.value:
        return (Reading(row.coders[0], FINAL), Reading(row.coders[0], row.code))
    return tuple(Reading(coder, row.code) for coder in row.coders)


def compared(row: CodingRound, material: Material) -> RoundResult:
    """The agreement of a round by its unit. Raises Refusal where there is nothing to compare."""
    if row.unit == RoundUnit.CHARACTERS.value:
        return by_characters(material, readings_of(row))
    return on_grid(material, readings_of(row), row.segments)


def differences_of(actor: Actor, agency: str, study: str, code: str) -> tuple[CodingRound, tuple[Difference, ...]]:
    """Where the readings of a closed round differ, side by side, for the lead to decide. Six queries.

    Raises NotFound, also while the round is open: nobody sees it before.
    """
    row, _ = study_at(actor, agency, study)
    held = round_at(row.pk, code)
    if held.is_open:
        raise NotFound(f"Perbedaan putaran {code} baru terlihat setelah putaran ditutup.")
    return held, differences(material_of(row.pk, texts=False), readings_of(held), held.segments)


def proposed(row: CodingRound, material: Material) -> tuple[Coding, ...]:
    """What all readings of a closed round have alike in code, stance and kind: what the lead need not decide."""
    readings = readings_of(row)
    layers = {(item.coder, item.layer) for item in readings}
    held: dict[tuple[str, str, str, str], list[Coding]] = {}
    for item in material.codings:
        if (item.coder, item.layer) in layers:
            held.setdefault((item.segment, item.code, item.stance.value, item.kind.value), []).append(item)
    return tuple(items[0] for items in held.values() if len(items) == len(readings))
