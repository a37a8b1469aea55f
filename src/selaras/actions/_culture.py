"""What the verbs of culture studies share: the study held during an act, what the actor is to it, changes of coding kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, check_somewhere
from selaras.core.culture.changes import Change
from selaras.core.culture.coding import Code, Coding
from selaras.core.culture.studies import Stage
from selaras.core.errors import Conflict, Fault, NotAllowed, NotFound, Refusal
from selaras.core.place import Place
from selaras.store import models as tables
from selaras.store.culture import StudyMe, study_at
from selaras.store.culture_rows import CODE, CODING, change_columns, code_record, coding_record

KIND = "Study"
LONGEST = 20_000
LONGEST_LINE = 500
LONGEST_CODE = 80


@dataclass(frozen=True, slots=True)
class Held:
    """A study during an act, its row locked, and what the actor is to it."""

    row: tables.Study
    me: StudyMe
    agency: str

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return Stage(self.row.stage)


@contextmanager
def study_held(
    by: Actor, agency: str, study: str, action: str, act: Act = Act.STUDY, *, published: bool = False
) -> Iterator[tuple[Trace, Held]]:
    """An act on one study, whose row is held meanwhile: `STUDY` for who leads it, `CODE_STUDY` for who codes in it.

    A published study is closed to every act but those with `published`. Raises NotFound where there is no study that
    the actor may read, NotAllowed for one who may only read it, Refusal for a published one.
    """
    with traced(by, action=action, agency=agency) as trace:
        trace["study"] = study
        _, me = study_at(by, agency, study)
        _refuse_stranger(by, act, me, agency, action)
        row = tables.Study.objects.select_related("agency").select_for_update(of=("self",))
        held = Held(row.get(agency__code=agency, code=study), me, agency)
        if held.stage is Stage.PUBLISHED and not published:
            raise Refusal(
                f"Studi {study} sudah terbit.",
                Fault("studi terbit", Place(record=study), remedy="Kembalikan ke tahap sebelumnya dengan alasan."),
            )
        yield trace, held


def _refuse_stranger(by: Actor, act: Act, me: StudyMe, agency: str, action: str) -> None:
    check_somewhere(by, act, agency)
    allowed = {Act.STUDY: me.leads, Act.CODE_STUDY: me.codes, Act.SEE_IDENTITY: me.sees_identity}.get(act, True)
    if not allowed:
        who = "anggota tim penyandi" if act is Act.CODE_STUDY else "ketua studi"
        raise NotAllowed(f"{by.name} tidak berhak {action}; hanya {who}.")


def words(text: str, what: str, *, empty: bool = True, most: int = LONGEST) -> str:
    """A text as it is kept. Raises Refusal where it is missing or too long."""
    made = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if (not made and not empty) or len(made) > most:
        fault = Fault(what, read=f"{len(made)} huruf", expected=f"{0 if empty else 1} sampai {most} huruf")
        raise Refusal(f"Isian {what} tidak disimpan.", fault)
    return made


def code_word(text: str, what: str) -> str:
    """A code as it is kept: one line without blanks. Raises Refusal."""
    made = text.strip()
    if not made or len(made) > LONGEST_CODE or any(letter.isspace() or letter in "/?#" for letter in made):
        raise Refusal(
            f"Kode {what} tidak disimpan.",
            Fault("kode tidak sah", read=text[:LONGEST_CODE], expected=f"1 sampai {LONGEST_CODE} huruf tanpa spasi"),
        )
    return made


def found(rows: Any, code: str, what: str) -> Any:
    """The row of that code, held during the act. Raises NotFound."""
    row = rows.select_for_update(of=("self",)).filter(code=code).first()
    if row is None:
        raise NotFound(f"{what} {code} tidak ditemukan.")
    return row


def drop_titled(
    by: Actor, rows: Any, *, agency: str, study: str, action: str, pk: int, what: str
) -> None:  # fmt: skip
    """Remove one of the titled parts of a study (`rows` of one table) by its key. Raises NotFound, NotAllowed."""
    with study_held(by, agency, study, action) as (trace, held):
        row = rows.filter(study=held.row, pk=pk).first()
        if row is None:
            raise NotFound(f"{what} ini tidak ditemukan.")
        trace.changed(type(row).__name__, f"{study} {row.title}", "", row.title, "")
        row.delete()


def next_code(rows: Any, prefix: str) -> str:
    """The next free code like `INF-03`."""
    taken = set(rows.values_list("code", flat=True))
    number = len(taken) + 1
    while f"{prefix}{number:02}" in taken:
        number += 1
    return f"{prefix}{number:02}"


def next_order(rows: Any) -> int:
    """The place behind the last one."""
    return int(rows.aggregate(last=Max("order"))["last"] or 0) + 1


def store_columns(trace: Trace, row: Any, key: str, columns: dict[str, Any], *, kind: str = KIND) -> None:
    """Write columns of a row and the history of what differs. A new row gives one entry."""
    fresh = row.pk is None
    for name, value in columns.items():
        before = getattr(row, name)
        if not fresh and before != value:
            trace.changed(kind, key, name, told(before), told(value))
        setattr(row, name, value)
    row.save()
    if fresh:
        trace.changed(kind, key, "", "", "baru")


def told(value: Any) -> str:
    """A value as the history shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    text = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]} …"


def apply_change(
    held: Held, by: Actor, change: Change, *, undoes: tables.CodingChange | None = None
) -> tables.CodingChange:
    """Apply a change to the rows and add it to the log. Raises Conflict where what it starts from no longer stands so."""
    _apply_codes(held.row, [(before, after) for before, after in change.codes if after is not None])
    _apply_codings(held.row, change.codings)
    _apply_codes(held.row, [(before, after) for before, after in change.codes if after is None])
    touched = [item for pair in change.codings for item in pair if item is not None]
    layers, coders = {item.layer for item in touched}, {item.coder for item in touched}
    return tables.CodingChange.objects.create(
        study=held.row, **change_columns(change), layer=layers.pop() if len(layers) == 1 else "",
        coder=coders.pop() if len(coders) == 1 else "", undoes=undoes, by=held.me.coder, by_name=by.name,
    )  # fmt: skip


def _apply_codes(study: tables.Study, pairs: Iterable[tuple[Code | None, Code | None]]) -> None:
    for before, after in pairs:
        rows = tables.StudyCode.objects.filter(study=study)
        if before is None:
            assert after is not None, "a change of a code holds one side at least"
            if rows.filter(code=after.code).exists():
                raise _moved(after.code)
            tables.StudyCode.objects.create(
                study=study, order=next_order(rows), **{name: getattr(after, name) for name in CODE}
            )
            continue
        row = rows.filter(code=before.code).first()
        if row is None or code_record(row) != before:
            raise _moved(before.code)
        if after is None:
            if row.codings.exists():
                raise _moved(before.code)
            row.delete()
            continue
        for name in CODE:
            setattr(row, name, getattr(after, name))
        row.save()


def _apply_codings(study: tables.Study, pairs: Iterable[tuple[Coding | None, Coding | None]]) -> None:
    listed = list(pairs)
    if not listed:
        return
    touched = [item for pair in listed for item in pair if item is not None]
    segments = _keys(tables.StudySegment, study, {item.segment for item in touched})
    codes = _keys(tables.StudyCode, study, {item.code for item in touched})
    there = _standing(study, {item.code for item in touched}, {item.segment for item in touched})
    for old, _ in listed:
        if old is not None:
            held = there.get(old.key)
            if held is None or held[1] != old:
                raise _moved(" / ".join(old.key))
    gone = [there.pop(old.key)[0] for old, _ in listed if old is not None]
    for _, new in listed:
        if new is not None and (new.key in there or new.segment not in segments or new.code not in codes):
            raise _moved(" / ".join(new.key))
    tables.StudyCoding.objects.filter(pk__in=gone).delete()
    tables.StudyCoding.objects.bulk_create(
        tables.StudyCoding(
            study=study, segment_id=segments[new.segment], code_id=codes[new.code], stance=new.stance.value,
            kind=new.kind.value, coder=new.coder, layer=new.layer,
        )
        for _, new in listed
        if new is not None
    )  # fmt: skip


MANY = 500


def _keys(model: Any, study: tables.Study, codes: set[str]) -> dict[str, int]:
    rows = model.objects.filter(study=study)
    rows = rows.filter(code__in=codes) if len(codes) <= MANY else rows
    return dict(rows.order_by().values_list("code", "pk"))


def _standing(
    study: tables.Study, codes: set[str], segments: set[str]
) -> dict[tuple[str, str, str, str], tuple[int, Coding]]:
    """The codings that stand now, as far as a change may touch them, by their keys."""
    rows = tables.StudyCoding.objects.filter(study=study)
    if len(codes) <= MANY:
        rows = rows.filter(code__code__in=codes)
    if len(segments) <= MANY:
        rows = rows.filter(segment__code__in=segments)
    found = {}
    for pk, *values in rows.order_by().values_list("pk", *CODING):
        record = coding_record(tuple(values))
        found[record.key] = (pk, record)
    return found


def _moved(record: str) -> Conflict:
    return Conflict(f"Perubahan tidak dapat diterapkan: {record} sudah berubah.")
