"""The fields of a register: their kinds, their bounds, what is personal, and reading a typed text as a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from selaras.core.calendar import format_date, parse_date
from selaras.core.errors import AmbiguousNumber, Fault, Refusal
from selaras.core.numerals import NumberHint, format_number, read_amount
from selaras.core.place import NOWHERE, Place

Content = str | Decimal | bool | date | tuple[str, ...]
"""What a field holds; an empty field holds nothing at all (None)."""


class FieldKind(StrEnum):
    """What sort of content a field has."""

    TEXT = "teks"
    LONG = "teks panjang"
    WHOLE = "bilangan bulat"
    NUMBER = "angka"
    MONEY = "rupiah"
    DATE = "tanggal"
    YES_NO = "ya/tidak"
    CHOICE = "pilihan"
    CHOICES = "pilihan ganda"
    EMAIL = "surel"
    PHONE = "telepon"
    LINK = "tautan"
    UNIT = "unit kerja"
    EMPLOYEE = "pegawai"
    FILE = "berkas"
    RECORD = "rekaman"


NUMERIC = frozenset({FieldKind.WHOLE, FieldKind.NUMBER, FieldKind.MONEY})
LISTED = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})
LONGEST = {FieldKind.LONG: 10_000, FieldKind.LINK: 2_000}
LONGEST_TEXT = 500
_EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>.]{1,63}(\.[^\s@<>.]{1,63}){1,8}")
_PHONE = re.compile(r"\+?[0-9][0-9 ().\-]{4,23}[0-9]")
_LINK = re.compile(r"https?://[^\s<>\"]{3,}")
_KEPT = re.compile(r"^[0-9a-f]{16}-(?=.)")
"""What stands before the name of a file that is kept: the beginning of its digest."""
_FORMS = {
    FieldKind.EMAIL: (_EMAIL, "alamat surel seperti nama@contoh.id"),
    FieldKind.PHONE: (_PHONE, "nomor telepon 6 sampai 25 karakter"),
    FieldKind.LINK: (_LINK, "alamat yang diawali http:// atau https://"),
}
_HINTS = {FieldKind.WHOLE: NumberHint.COUNT, FieldKind.MONEY: NumberHint.RUPIAH}
_YES = {"ya": True, "y": True, "tidak": False, "t": False}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a register.

    `personal`: it tells who a person is; it never leaves without right and is emptied by the retention. `public`: asked
    on the public form. `open`: may stand in open data (never together with `personal`). `least` and `most` are bounds of
    a number; `not_before` is another date that may not lie later, `not_above` another number that may not be smaller.
    `of` names the register of a `rekaman`.
    """

    code: str
    name: str
    kind: FieldKind
    required: bool = False
    personal: bool = False
    public: bool = False
    open: bool = False
    choices: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    not_before: str = ""
    not_above: str = ""
    of: str = ""
    help: str = ""


def read_content(field: Field, text: str, place: Place = NOWHERE) -> Content | None:
    """The text that a person typed into `field`, as its content; None for an empty text and for `-` in a number.

    Dates and numbers are read as Indonesian documents write them. Raises Refusal with the field, what was read, what
    was expected and how to mend it.
    """
    written = text.strip()
    if not written:
        return None
    try:
        made = _read(field, written, place)
    except Refusal as refusal:
        faults = [_named(field, fault) for fault in refusal.faults]
        if isinstance(refusal, AmbiguousNumber):
            raise AmbiguousNumber(refusal.message, *faults, question=refusal.question) from refusal
        raise Refusal(refusal.message, *faults) from refusal
    if made is None:
        return None
    wrong = tuple(faults_of_content(field, made, place))
    if wrong:
        raise Refusal(f"{field.name} tidak dapat diterima.", *wrong)
    return made


def faults_of_content(field: Field, content: Content, place: Place = NOWHERE) -> Iterator[Fault]:
    """What is wrong with the content of one field, taken by itself."""
    if not fits(field.kind, content):
        yield Fault(f"{field.name}: jenis isian tidak sesuai", place, shown(content), field.kind.value)
    elif isinstance(content, str):
        yield from _text_faults(field, content, place)
    elif isinstance(content, tuple):
        yield from _list_faults(field, content, place)
    elif isinstance(content, Decimal):
        yield from _number_faults(field, content, place)


def fits(kind: FieldKind, content: Content) -> bool:
    """Whether the content is of the type that fields of this kind hold."""
    if kind in NUMERIC:
        return isinstance(content, Decimal) and content.is_finite()
    if kind is FieldKind.DATE:
        return isinstance(content, date)
    if kind is FieldKind.YES_NO:
        return isinstance(content, bool)
    return isinstance(content, tuple if kind is FieldKind.CHOICES else str)


def shown(content: Content | None) -> str:
    """The content as people read it: `7 Desember 2021`, `1.234,5`, `Ya`; an empty text for nothing."""
    if content is None:
        return ""
    if isinstance(content, bool):
        return "Ya" if content else "Tidak"
    if isinstance(content, Decimal):
        return format_number(content)
    if isinstance(content, date):
        return format_date(content)
    return "; ".join(content) if isinstance(content, tuple) else content


def shown_in(field: Field, content: Content | None) -> str:
    """The content of one field as people read it: a stored file by the name that its sender gave it."""
    text = shown(content)
    return _KEPT.sub("", text, count=1) if field.kind is FieldKind.FILE else text


def _read(field: Field, written: str, place: Place) -> Content | None:
    if field.kind is FieldKind.DATE:
        return parse_date(written, place=place)
    if field.kind in NUMERIC:
        return read_amount(written, hint=_HINTS.get(field.kind), place=place)
    if field.kind is FieldKind.YES_NO:
        if written.casefold() not in _YES:
            raise Refusal("Jawaban tidak terbaca.", Fault("jawaban tidak dikenal", place, written, "Ya atau Tidak"))
        return _YES[written.casefold()]
    if field.kind is FieldKind.CHOICES:
        return tuple(_chosen(field, part.strip()) for part in written.split(";") if part.strip())
    return _chosen(field, written) if field.kind is FieldKind.CHOICE else written


def _chosen(field: Field, text: str) -> str:
    folded = " ".join(text.split()).casefold()
    return next((choice for choice in field.choices if choice.casefold() == folded), text)


def _named(field: Field, fault: Fault) -> Fault:
    return Fault(
        f"{field.name}: {fault.message[:1].lower()}{fault.message[1:]}", fault.place, fault.read, fault.expected,
        fault.remedy,
    )  # fmt: skip


def _text_faults(field: Field, text: str, place: Place) -> Iterator[Fault]:
    most = LONGEST.get(field.kind, LONGEST_TEXT)
    if not text.strip():
        yield Fault(f"{field.name} kosong", place, expected=field.kind.value)
    elif len(text) > most:
        yield Fault(f"{field.name} terlalu panjang", place, f"{len(text)} karakter", f"paling banyak {most} karakter")
    elif field.kind is FieldKind.CHOICE and text not in field.choices:
        yield _unknown(field, text, place)
    elif field.kind in _FORMS and not _FORMS[field.kind][0].fullmatch(text):
        yield Fault(f"{field.name} tidak berbentuk semestinya", place, text[:80], _FORMS[field.kind][1])


def _list_faults(field: Field, chosen: tuple[str, ...], place: Place) -> Iterator[Fault]:
    yield from (_unknown(field, text, place) for text in chosen if text not in field.choices)
    if len(set(chosen)) != len(chosen):
        yield Fault(f"{field.name}: pilihan ganda tertulis dua kali", place, "; ".join(chosen))


def _unknown(field: Field, text: str, place: Place) -> Fault:
    return Fault(
        f"{field.name}: pilihan tidak dikenal", place, text[:80], " | ".join(field.choices),
        "Pilih salah satu dari daftar itu.",
    )  # fmt: skip


def _number_faults(field: Field, amount: Decimal, place: Place) -> Iterator[Fault]:
    if field.kind is FieldKind.WHOLE and amount != amount.to_integral_value():
        yield Fault(f"{field.name} bukan bilangan bulat", place, format_number(amount), "bilangan bulat")
    if field.least is not None and amount < field.least:
        yield Fault(
            f"{field.name} terlalu kecil", place, format_number(amount), f"{format_number(field.least)} atau lebih"
        )
    if field.most is not None and amount > field.most:
        yield Fault(
            f"{field.name} terlalu besar", place, format_number(amount), f"paling banyak {format_number(field.most)}"
        )
