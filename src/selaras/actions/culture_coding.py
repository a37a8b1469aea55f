"""Coding: passages marked and coded, codes written, merged and split, memos; every change is kept and can be undone.

In an open round a coder's work goes into the layer of that round, else into the final one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Max

from selaras.actions._culture import (
    LONGEST_LINE,
    Held,
    apply_change,
    code_word,
    found,
    store_columns,
    study_held,
    words,
)
from selaras.actions.audit import Trace
from selaras.core.access import Act, Actor
from selaras.core.culture import changes
from selaras.core.culture.changes import Change
from selaras.core.culture.coding import FINAL, Code, Coding, Kind, Material, MemoKind, Stance, cut, from_utf16
from selaras.core.culture.sources import fingerprint
from selaras.core.errors import Fault, NotAllowed, NotFound, Refusal
from selaras.core.place import Place
from selaras.store import models as tables
from selaras.store.culture_rows import CODING, change_record, code_record, coding_record, framework_of, source_record

MEMO = "StudyMemo"
LONGEST_SENTENCE = 300


@dataclass(frozen=True, slots=True)
class Marked:
    """What a coding verb did: the segment, its words, the coding as it stands, and the change by which it is undone."""

    segment: str
    quote: str
    coding: Coding
    change: int


def mark(
    by: Actor, *, agency: str, study: str, source: str, start: int, end: int, code: str, stance: Stance = Stance.FOR,
    kind: Kind = Kind.EXPERIENCE, utf16: bool = False, memo: str = "",
) -> Marked:  # fmt: skip
    """Mark a passage [start, end) of a locked source and put a code on it; the same span is the same segment.

    Offsets count code points, or with `utf16` as a browser counts them. Raises Refusal (not locked, offsets outside
    the text or inside a letter, unknown code), Conflict for a coding that is there, NotFound, NotAllowed.
    """
    with study_held(by, agency, study, "menyandi penggalan", Act.CODE_STUDY) as (trace, held):
        row = found(tables.StudySource.objects.filter(study=held.row), source, "Sumber")
        if utf16:
            start, end = from_utf16(row.text, start), from_utf16(row.text, end)
        segment = _segment(held, by, row, start, end)
        coding = Coding(segment.code, code, stance, kind, held.me.coder, _layer_of(held))
        made = _placed(trace, held, by, coding)
        if memo.strip():
            _memo(trace, held, segment.code, memo, MemoKind.REFLECTION)
        return Marked(segment.code, row.text[start:end], coding, made.pk)


def code_segment(
    by: Actor, *, agency: str, study: str, segment: str, code: str, stance: Stance = Stance.FOR,
    kind: Kind = Kind.EXPERIENCE,
) -> Marked:  # fmt: skip
    """Put one more code on a segment that is there. Raises as `mark`."""
    with study_held(by, agency, study, "menyandi penggalan", Act.CODE_STUDY) as (trace, held):
        row = _segment_row(held, segment)
        coding = Coding(segment, code, stance, kind, held.me.coder, _layer_of(held))
        made = _placed(trace, held, by, coding)
        return Marked(segment, row.source.text[row.start : row.end], coding, made.pk)


def uncode(by: Actor, *, agency: str, study: str, segment: str, code: str, coder: str = "") -> int:
    """Take a code off a segment; the number of the change is returned. Another's coding only the lead may change.

    Raises NotFound, NotAllowed.
    """
    with study_held(by, agency, study, "melepas kode", Act.CODE_STUDY) as (trace, held):
        return _done(trace, held, by, changes.remove(_coding(held, by, segment, code, coder)))


def reread_coding(
    by: Actor, *, agency: str, study: str, segment: str, code: str, stance: Stance | None = None, kind: Kind | None = None,
    coder: str = "",
) -> int:  # fmt: skip
    """Another stance or kind for a coding. Raises NotFound, NotAllowed, Refusal where nothing changes."""
    with study_held(by, agency, study, "mengubah arah atau jenis", Act.CODE_STUDY) as (trace, held):
        change = changes.reread([_coding(held, by, segment, code, coder)], stance=stance, kind=kind)
        if not change.codings:
            raise Refusal(
                "Penyandian tidak berubah.", Fault("arah dan jenis sama", Place(record=f"{segment} / {code}"))
            )
        return _done(trace, held, by, change)


def recode_segment(by: Actor, *, agency: str, study: str, segment: str, code: str, to: str, coder: str = "") -> int:
    """Another code for a passage without marking it again. Raises Conflict where it carries that one, NotFound."""
    with study_held(by, agency, study, "mengganti kode", Act.CODE_STUDY) as (trace, held):
        _open_code(held, to)
        return _done(trace, held, by, changes.recode(_coding(held, by, segment, code, coder), to))


def remove_segment(by: Actor, *, agency: str, study: str, segment: str) -> None:
    """Remove a segment that carries no coding of anybody in any layer. Raises Refusal, NotFound, NotAllowed."""
    with study_held(by, agency, study, "menghapus penggalan", Act.CODE_STUDY) as (trace, held):
        row = _segment_row(held, segment)
        if row.codings.exists():
            raise Refusal(
                "Penggalan tidak dihapus.",
                Fault("penggalan masih disandi", Place(record=segment), remedy="Lepas kodenya."),
            )
        trace.changed("StudySegment", f"{study} {segment}", "", f"{row.start}–{row.end}", "")
        row.delete()


def save_code(
    by: Actor, *, agency: str, study: str, code: str, name: str, node: str = "", family: str = "", definition: str = "",
    includes: str = "", excludes: str = "", colour: str = "", new: bool = False,
) -> Code:  # fmt: skip
    """Write one word of the codebook; `new` refuses one that is there. Without a node it is inductive.

    Raises Refusal, Conflict, NotFound (study, node), NotAllowed.
    """
    with study_held(by, agency, study, "menyimpan kode", Act.CODE_STUDY) as (trace, held):
        key = code_word(code, "penyandian")
        if node and node not in {item.code for item in framework_of(held.row).nodes}:
            raise NotFound(f"Simpul {node} tidak ada dalam kerangka studi.")
        row = tables.StudyCode.objects.filter(study=held.row, code=key).first()
        if row is not None and new:
            raise Refusal(
                "Kode tidak disimpan.", Fault("kode sudah ada", Place(record=key), row.name, "kode yang lain")
            )
        made = Code(
            key, words(name, "nama kode", empty=False, most=LONGEST_LINE), node, words(family, "keluarga", most=LONGEST_LINE),
            words(definition, "definisi"), words(includes, "termasuk"), words(excludes, "tidak termasuk"),
            row.merged_into if row else "",
        )  # fmt: skip
        before = code_record(row) if row else None
        if before != made:
            sentence = f"Kode {key} {'diubah' if before else 'ditambahkan'}."
            _done(trace, held, by, Change(sentence, ((before, made),)))
        if colour:
            tables.StudyCode.objects.filter(study=held.row, code=key).update(colour=_colour(colour))
        return made


def remove_code(by: Actor, *, agency: str, study: str, code: str) -> int:
    """Remove a code that nobody used. Raises Refusal, NotFound, NotAllowed."""
    with study_held(by, agency, study, "menghapus kode", Act.CODE_STUDY) as (trace, held):
        row = found(tables.StudyCode.objects.filter(study=held.row), code, "Kode")
        named = any(code in codes for codes in held.row.conclusions.values_list("codes", flat=True))
        if named or row.codings.exists():
            raise Refusal(
                "Kode tidak dihapus.", Fault("kode dipakai", Place(record=code), remedy="Gabungkan ke kode lain.")
            )
        return _done(trace, held, by, Change(f"Kode {code} dihapus.", ((code_record(row), None),)))


def merge_codes(by: Actor, *, agency: str, study: str, code: str, into: str) -> int:
    """Put one code into another, with all its codings; the change can be undone. Not while a round is open.

    Raises Refusal where one coder read a passage in two ways, NotFound, NotAllowed.
    """
    with study_held(by, agency, study, "menggabungkan kode", Act.CODE_STUDY) as (trace, held):
        _refuse_open_rounds(held)
        return _done(trace, held, by, changes.merge(_part(held, code, into), code, into))


def split_code(by: Actor, *, agency: str, study: str, code: str, new: Code, segments: Iterable[str]) -> int:
    """Move some passages of a code to a new one; the change can be undone. Not while a round is open.

    Raises Refusal, NotFound, NotAllowed.
    """
    with study_held(by, agency, study, "memecah kode", Act.CODE_STUDY) as (trace, held):
        _refuse_open_rounds(held)
        key = code_word(new.code, "penyandian")
        made = replace(new, code=key, name=words(new.name, "nama kode", empty=False, most=LONGEST_LINE), merged_into="")
        return _done(trace, held, by, changes.split(_part(held, code, key), code, made, segments))


def undo_change(by: Actor, *, agency: str, study: str, change: int) -> int:
    """Take one change back, if everything still stands as it left it; the undoing is a change of its own.

    One's own change, or any for the lead. Raises Conflict, Refusal if it was undone before, NotFound, NotAllowed.
    """
    with study_held(by, agency, study, "membatalkan perubahan penyandian", Act.CODE_STUDY) as (trace, held):
        row = tables.CodingChange.objects.select_for_update().filter(study=held.row, pk=change).first()
        if row is None or (row.by != held.me.coder and _hidden(held, row)):
            raise NotFound("Perubahan ini tidak ditemukan.")
        if row.by != held.me.coder and not held.me.leads:
            raise NotAllowed(f"{by.name} tidak berhak membatalkan perubahan orang lain.")
        if tables.CodingChange.objects.filter(undoes=row).exists():
            raise Refusal(
                "Perubahan ini sudah dibatalkan.", Fault("perubahan dibatalkan", read=row.sentence[:LONGEST_LINE])
            )
        return _done(trace, held, by, change_record(row).reversed(), undoes=row)


def save_memo(
    by: Actor,
    *,
    agency: str,
    study: str,
    about: str,
    text: str,
    kind: MemoKind = MemoKind.REFLECTION,
    memo: int | None = None,
) -> int:
    """Write a memo on a code, segment, source or conclusion, or (empty `about`) on the study; its number is returned.

    Raises Refusal, NotFound, NotAllowed.
    """
    with study_held(by, agency, study, "menulis memo", Act.CODE_STUDY) as (trace, held):
        return _memo(trace, held, about, text, kind, memo)


def remove_memo(by: Actor, *, agency: str, study: str, memo: int) -> None:
    """Remove an own memo, or any for the lead. Raises NotFound, NotAllowed."""
    with study_held(by, agency, study, "menghapus memo", Act.CODE_STUDY) as (trace, held):
        row = _own_memo(held, memo)
        trace.changed(MEMO, f"{study} {row.about}", "", row.text[:LONGEST_LINE], "")
        row.delete()


def _layer_of(held: Held) -> str:
    """The layer into which the actor codes now: that of the open round in which the actor works, else the final one."""
    for row in tables.CodingRound.objects.filter(study=held.row, closed_at__isnull=True):
        if held.me.coder in row.coders:
            return row.code
    return FINAL


def _segment(held: Held, by: Actor, row: tables.StudySource, start: int, end: int) -> tables.StudySegment:
    made = cut(source_record(row, ()), start, end, "")
    there = tables.StudySegment.objects.filter(source=row, start=start, end=end).first()
    if there is not None:
        return there
    rows = tables.StudySegment.objects.filter(study=held.row)
    number = int(rows.aggregate(last=Max("number"))["last"] or 0) + 1
    while rows.filter(code=str(number)).exists():
        number += 1
    return tables.StudySegment.objects.create(
        study=held.row, source=row, code=str(number), number=number, start=made.start, end=made.end, within=len(row.text),
        sha256=fingerprint(row.text[start:end]), by=by.name,
    )  # fmt: skip


def _segment_row(held: Held, segment: str) -> tables.StudySegment:
    row = tables.StudySegment.objects.filter(study=held.row, code=segment).select_related("source").first()
    if row is None or _unseen(held, row):
        raise NotFound(f"Penggalan {segment} tidak ditemukan.")
    return row


def _unseen(held: Held, row: tables.StudySegment) -> bool:
    """Whether only others marked it, in rounds that are still open."""
    going = tables.CodingRound.objects.filter(study=held.row, closed_at__isnull=True)
    layers = {item.code for item in going}
    if not layers or any(row.code in item.segments for item in going):
        return False
    marks = list(row.codings.values_list("layer", "coder"))
    return bool(marks) and all(layer in layers and coder != held.me.coder for layer, coder in marks)


def _coding(held: Held, by: Actor, segment: str, code: str, coder: str) -> Coding:
    whose, layer = coder or held.me.coder, _layer_of(held)
    if whose != held.me.coder and (not held.me.leads or layer != FINAL):
        raise NotAllowed(f"{by.name} tidak berhak mengubah penyandian orang lain.")
    rows = tables.StudyCoding.objects.filter(
        study=held.row, segment__code=segment, code__code=code, coder=whose, layer=layer
    )
    values = rows.values_list(*CODING).first()
    if values is None:
        raise NotFound(f"Penyandian {segment} / {code} tidak ditemukan.")
    return coding_record(values)


def _placed(trace: Trace, held: Held, by: Actor, coding: Coding) -> tables.CodingChange:
    _open_code(held, coding.code)
    change = apply_change(held, by, changes.place(coding))
    trace |= {"segment": coding.segment, "code": coding.code, "layer": coding.layer, "change": change.pk}
    return change


def _done(
    trace: Trace, held: Held, by: Actor, change: Change, undoes: tables.CodingChange | None = None
) -> int:  # fmt: skip
    row = apply_change(held, by, change, undoes=undoes)
    trace |= {"change": row.pk, "sentence": change.sentence[:LONGEST_SENTENCE]}
    return row.pk


def _open_code(held: Held, code: str) -> None:
    row = tables.StudyCode.objects.filter(study=held.row, code=code).first()
    if row is None or row.merged_into:
        raise Refusal(
            "Kode tidak dapat dipakai.",
            Fault("kode tidak ada atau sudah digabungkan", Place(record=code), code, "kode dalam buku kode"),
        )


def _part(held: Held, *codes: str) -> Material:
    """As much of the material as a merge or a split looks at: some codes and their codings."""
    rows = tables.StudyCode.objects.filter(study=held.row, code__in=codes)
    codings = tables.StudyCoding.objects.filter(study=held.row, code__code__in=codes).values_list(*CODING)
    return Material(
        codes=tuple(code_record(row) for row in rows), codings=tuple(coding_record(values) for values in codings)
    )  # fmt: skip


def _refuse_open_rounds(held: Held) -> None:
    going = list(
        tables.CodingRound.objects.filter(study=held.row, closed_at__isnull=True).values_list("code", flat=True)
    )  # fmt: skip
    if going:
        raise Refusal(
            "Buku kode sedang dipakai dalam putaran penyandian.",
            Fault("putaran masih terbuka", read=", ".join(going), remedy="Tutup putarannya dahulu."),
        )


def _hidden(held: Held, row: tables.CodingChange) -> bool:
    rows = tables.CodingRound.objects.filter(study=held.row, closed_at__isnull=True, code=row.layer)
    return bool(row.layer) and rows.exists()


def _memo(
    trace: Trace, held: Held, about: str, text: str, kind: MemoKind, memo: int | None = None
) -> int:  # fmt: skip
    row = tables.StudyMemo(study=held.row, author=held.me.coder) if memo is None else _own_memo(held, memo)
    columns = {
        "about": words(about, "letak memo", most=200), "text": words(text, "memo", empty=False), "kind": kind.value,
    }  # fmt: skip
    store_columns(trace, row, f"{held.row.code} {about}", columns, kind=MEMO)
    return row.pk


def _own_memo(held: Held, memo: int) -> tables.StudyMemo:
    row = tables.StudyMemo.objects.filter(study=held.row, pk=memo).first()
    if row is None:
        raise NotFound("Memo ini tidak ditemukan.")
    if row.author != held.me.coder and not held.me.leads:
        raise NotAllowed("Memo orang lain tidak dapat diubah.")
    return row


def _colour(text: str) -> str:
    made = text.strip().lower()
    if len(made) != 7 or made[0] != "#" or any(letter not in "0123456789abcdef" for letter in made[1:]):
        raise Refusal("Kode tidak disimpan.", Fault("warna tidak sah", read=text[:20], expected="#rrggbb"))
    return made
