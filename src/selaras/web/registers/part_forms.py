"""The forms of the parts of a definition: what is typed becomes the data that a definition file holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.access import Role
from selaras.core.calendar import DayKind, parse_date
from selaras.core.law import Certainty
from selaras.core.numerals import read_amount
from selaras.core.registers.clock import FirstDay
from selaras.core.registers.definition import Basis, Register, Tallying
from selaras.core.registers.fields import FieldKind
from selaras.core.registers.filters import filter_from
from selaras.web.core_words import word
from selaras.web.registers.filter_box import FilterBox, date_subjects, subjects_of
from selaras.web.templatetags.rule_status import SHOWN

CODE_HELP = gettext_lazy("Huruf kecil, angka, dan garis bawah; tidak dapat diganti kalau sudah dipakai rekaman.")
TITLES = {
    "fields": gettext_lazy("Isian"), "states": gettext_lazy("Keadaan"), "transitions": gettext_lazy("Peralihan"),
    "demands": gettext_lazy("Syarat isi"), "deadlines": gettext_lazy("Tenggat"), "rules": gettext_lazy("Aturan hitung"),
    "summaries": gettext_lazy("Ringkasan"), "letters": gettext_lazy("Surat"),
}  # fmt: skip
WORDS = {
    "isian": "fields", "keadaan": "states", "peralihan": "transitions", "syarat": "demands", "tenggat": "deadlines",
    "aturan": "rules", "ringkasan": "summaries", "surat": "letters",
}  # fmt: skip
"""The parts of a definition by the word in the address."""
SPARE_TERMS = 1
MOST_TERMS = 8
Data = dict[str, Any]


def key_of(part: str, entry: Mapping[str, Any]) -> str:
    """How an entry of a part is named."""
    if part == "transitions":
        return f"{entry.get('source', '')}>{entry.get('target', '')}"
    return str(entry.get("field" if part == "demands" else "code", ""))


def states(register: Register) -> list[tuple[str, str]]:
    """The states to choose from."""
    return [(item.code, item.name) for item in register.states]


def fields(register: Register) -> list[tuple[str, str]]:
    """The fields to choose from."""
    return [(item.code, item.name) for item in register.fields]


def roles(*, public: bool = False) -> list[tuple[str, str]]:
    """The roles to choose from; the public opens requests alone."""
    return [(role.value, first_upper(word(role.value))) for role in Role if public or role is not Role.READER]


def first_upper(text: str) -> str:
    """A text with a capital at its beginning and everything else as it is."""
    return text[:1].upper() + text[1:]


def certainties() -> list[tuple[str, Any]]:
    """How sure a rule may be, as pages say it."""
    return [(item.value, SHOWN[item][0]) for item in Certainty]


class PartForm(forms.Form):
    """One entry of a part. `boxes` are its filters, `extra` what stands below its fields."""

    part = ""

    def __init__(self, register: Register, entry: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=self.shown(entry), label_suffix="")
        self.register, self.entry = register, entry
        self.offer()
        self.boxes = self.filters(entry, data)

    def shown(self, entry: Mapping[str, Any]) -> Data:
        """The entry as the form holds it."""
        return dict(entry)

    def offer(self) -> None:
        """Fill the choices that depend on the register."""

    def filters(self, entry: Mapping[str, Any], data: Mapping[str, Any] | None) -> list[FilterBox]:  # noqa: ARG002 - for the forms that have some
        """The filters of the entry."""
        return []

    def made(self) -> Data:
        """The entry as data. Raises Refusal."""
        return lean(self.cleaned_data)

    def box(self, prefix: str, label: str, entry: Any, data: Mapping[str, Any] | None) -> FilterBox:
        """A filter of the form."""
        return FilterBox(self.register, prefix, label, filter_from(entry) if entry else None, data)

    def give(self, name: str, choices: Iterable[tuple[str, Any]], *, blank: bool = False) -> None:
        """Offer choices for a field."""
        field: Any = self.fields[name]
        field.choices = [*([("", "–")] if blank else []), *choices]


class FieldForm(PartForm):
    """A field."""

    part = "fields"
    code = forms.CharField(label=gettext_lazy("Kode"), help_text=CODE_HELP, max_length=40)
    name = forms.CharField(label=gettext_lazy("Nama isian"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Jenis"), choices=[(item.value, item.value) for item in FieldKind])
    choices = forms.CharField(
        label=gettext_lazy("Pilihan"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Satu setiap baris; untuk jenis pilihan dan pilihan ganda."),
    )  # fmt: skip
    required = forms.BooleanField(label=gettext_lazy("Wajib diisi"), required=False)
    personal = forms.BooleanField(
        label=gettext_lazy("Data pribadi"), required=False,
        help_text=gettext_lazy("Disamarkan bagi yang tidak berhak, tidak pernah terbit, dan dibersihkan menurut masa simpan."),
    )  # fmt: skip
    public = forms.BooleanField(label=gettext_lazy("Ditanyakan pada laman umum"), required=False)
    open = forms.BooleanField(label=gettext_lazy("Boleh masuk data terbuka"), required=False)
    least = forms.CharField(label=gettext_lazy("Paling kecil"), required=False)
    most = forms.CharField(label=gettext_lazy("Paling besar"), required=False)
    not_before = forms.ChoiceField(label=gettext_lazy("Tidak mendahului tanggal"), required=False)
    not_above = forms.ChoiceField(label=gettext_lazy("Tidak melebihi angka"), required=False)
    of = forms.CharField(label=gettext_lazy("Kode register yang dirujuk"), required=False, max_length=40)
    help = forms.CharField(label=gettext_lazy("Petunjuk pengisian"), required=False, max_length=500)

    def shown(self, entry: Mapping[str, Any]) -> Data:
        """Choices line by line."""
        return {**entry, "choices": "\n".join(entry.get("choices", []))}

    def offer(self) -> None:
        """Other fields of the register."""
        self.give("not_before", fields(self.register), blank=True)
        self.give("not_above", fields(self.register), blank=True)

    def made(self) -> Data:
        """The field."""
        data = dict(self.cleaned_data)
        data["choices"] = lines(data["choices"])
        for name in ("least", "most"):
            amount = read_amount(data[name]) if data[name] else None
            data[name] = "" if amount is None else whole(amount)
        return lean(data)


class StateForm(PartForm):
    """A state."""

    part = "states"
    code = forms.CharField(label=gettext_lazy("Kode"), help_text=CODE_HELP, max_length=40)
    name = forms.CharField(label=gettext_lazy("Nama keadaan"), max_length=200)
    closed = forms.BooleanField(label=gettext_lazy("Urusan selesai dalam keadaan ini"), required=False)
    told = forms.CharField(
        label=gettext_lazy("Kalimat untuk pemohon"), required=False, max_length=500,
        help_text=gettext_lazy("Dibaca pemohon pada tiket dan surelnya."),
    )  # fmt: skip


class TransitionForm(PartForm):
    """A way between two states."""

    part = "transitions"
    source = forms.ChoiceField(label=gettext_lazy("Dari keadaan"))
    target = forms.ChoiceField(label=gettext_lazy("Ke keadaan"))
    name = forms.CharField(label=gettext_lazy("Nama langkah"), max_length=200)
    roles = forms.MultipleChoiceField(label=gettext_lazy("Peran yang boleh"), widget=forms.CheckboxSelectMultiple)
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Isian yang harus terisi"), required=False, widget=forms.CheckboxSelectMultiple
    )
    four_eyes = forms.BooleanField(label=gettext_lazy("Harus orang lain daripada langkah sebelumnya"), required=False)

    def offer(self) -> None:
        """States, roles and fields."""
        self.give("source", states(self.register))
        self.give("target", states(self.register))
        self.give("roles", roles())
        self.give("needs", fields(self.register))

    def filters(self, entry: Mapping[str, Any], data: Mapping[str, Any] | None) -> list[FilterBox]:
        """When the way may be taken."""
        return [self.box("syarat", _("Syarat"), entry.get("when"), data)]

    def made(self) -> Data:
        """The way."""
        return lean({**self.cleaned_data, "when": self.boxes[0].read()})


class DemandForm(PartForm):
    """A field that must be filled where a condition holds."""

    part = "demands"
    field = forms.ChoiceField(label=gettext_lazy("Isian yang wajib"))

    def offer(self) -> None:
        """Fields."""
        self.give("field", fields(self.register))

    def filters(self, entry: Mapping[str, Any], data: Mapping[str, Any] | None) -> list[FilterBox]:
        """When it must."""
        return [self.box("syarat", _("Wajib bila"), entry.get("when"), data)]

    def made(self) -> Data:
        """The demand."""
        return {"field": self.cleaned_data["field"], "when": self.boxes[0].read() or {"all": []}}


class DeadlineForm(PartForm):
    """A deadline with its terms."""

    part = "deadlines"
    code = forms.CharField(label=gettext_lazy("Kode"), help_text=CODE_HELP, max_length=40)
    name = forms.CharField(label=gettext_lazy("Nama tenggat"), max_length=200)
    start = forms.ChoiceField(label=gettext_lazy("Mulai dihitung sejak"))
    stops = forms.MultipleChoiceField(
        label=gettext_lazy("Berhenti pada (yang paling awal)"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.ChoiceField(label=gettext_lazy("Hari"), choices=[(item.value, item.value) for item in DayKind])
    first = forms.ChoiceField(label=gettext_lazy("Hari ke-1"), choices=[(item.value, item.value) for item in FirstDay])
    leave = forms.BooleanField(label=gettext_lazy("Cuti bersama bukan hari kerja"), required=False)
    roll = forms.BooleanField(
        label=gettext_lazy("Hari terakhir yang libur bergeser ke hari kerja berikutnya"), required=False
    )
    pauses = forms.MultipleChoiceField(
        label=gettext_lazy("Hitungan berhenti selama keadaan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    remind = forms.CharField(
        label=gettext_lazy("Ingatkan sebelum batas (hari)"), required=False, help_text=gettext_lazy("Misalnya 3, 1.")
    )
    escalate = forms.ChoiceField(label=gettext_lazy("Beri tahu bila lewat"), required=False)

    def __init__(self, register: Register, entry: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(register, {"leave": True, **entry}, data)
        self.terms = [
            TermForm(register, term, data, f"batas{at}")
            for at, term in enumerate([*entry.get("terms", []), *({} for _spare in range(SPARE_TERMS))][:MOST_TERMS])
        ]
        if data is not None:
            sent = sum(1 for at in range(MOST_TERMS) if f"batas{at}-code" in data)
            given = list(entry.get("terms", []))
            self.terms = [
                TermForm(register, given[at] if at < len(given) else {}, data, f"batas{at}") for at in range(sent)
            ]

    def shown(self, entry: Mapping[str, Any]) -> Data:
        """Reminders as one text."""
        return {**entry, "remind": ", ".join(map(str, entry.get("remind", [])))}

    def offer(self) -> None:
        """Subjects with a date, states, roles."""
        self.give("start", date_subjects(self.register))
        self.give("stops", date_subjects(self.register))
        self.give("pauses", states(self.register))
        self.give("escalate", roles(), blank=True)

    def is_valid(self) -> bool:
        """The deadline and all its terms."""
        return all([super().is_valid(), *(term.is_valid() for term in self.terms)])

    def made(self) -> Data:
        """The deadline."""
        data = dict(self.cleaned_data)
        data["remind"] = [int(part) for part in re.findall(r"\d{1,4}", data["remind"])]
        data["terms"] = [term.made() for term in self.terms if term.is_filled]
        return lean(data) | {"leave": data["leave"]}


class SourcedForm(PartForm):
    """An entry that says where it comes from."""

    source = forms.CharField(label=gettext_lazy("Dasar"), max_length=500)
    certainty = forms.ChoiceField(
        label=gettext_lazy("Status dasar"), choices=certainties,
        initial=Certainty.INFERRED.value,
    )  # fmt: skip


class TermForm(SourcedForm):
    """One term of a deadline; one without code is none."""

    code = forms.CharField(label=gettext_lazy("Kode batas"), required=False, max_length=40)
    days = forms.IntegerField(label=gettext_lazy("Banyak hari"), required=False, min_value=0, max_value=3660)
    promised = forms.ChoiceField(label=gettext_lazy("Atau tanggal pada isian"), required=False)
    extension = forms.IntegerField(label=gettext_lazy("Perpanjangan (hari)"), required=False, min_value=0)
    times = forms.IntegerField(label=gettext_lazy("Paling banyak diperpanjang"), required=False, min_value=1)
    since = forms.CharField(label=gettext_lazy("Berlaku sejak"), required=False)
    until = forms.CharField(label=gettext_lazy("Berlaku sampai"), required=False)
    source = forms.CharField(label=gettext_lazy("Dasar"), required=False, max_length=500)

    def __init__(
        self, register: Register, entry: Mapping[str, Any], data: Mapping[str, Any] | None, prefix: str
    ) -> None:
        self.own_prefix = prefix
        super().__init__(register, entry, data)

    def add_prefix(self, field_name: str) -> str:
        """Names of the term's own."""
        return f"{self.own_prefix}-{field_name}"

    def shown(self, entry: Mapping[str, Any]) -> Data:
        """Days as people write them."""
        days = {name: entry[name].isoformat() for name in ("since", "until") if name in entry}
        return {**entry, **days}

    def offer(self) -> None:
        """Fields with a date."""
        made = [(item.code, item.name) for item in self.register.fields if item.kind is FieldKind.DATE]
        self.give("promised", made, blank=True)

    def filters(self, entry: Mapping[str, Any], data: Mapping[str, Any] | None) -> list[FilterBox]:
        """In which case the term holds."""
        return [self.box(f"{self.own_prefix}-bila", _("Berlaku bila"), entry.get("when"), data)]

    @property
    def is_filled(self) -> bool:
        """Whether it is a term at all."""
        return bool(self.cleaned_data.get("code"))

    def made(self) -> Data:
        """The term."""
        data = dict(self.cleaned_data)
        kept = {name: self.entry[name] for name in ("article", "note") if name in self.entry}
        for name in ("since", "until"):
            data[name] = parse_date(data[name]) if data[name] else ""
        if not data.get("extension"):
            data |= {"extension": None, "times": None}
        elif not data.get("times"):
            data["times"] = 1
        days = data.pop("days")
        made = lean({**kept, **data, "when": self.boxes[0].read()})
        return made | ({"days": days} if days is not None else {})


class RuleForm(SourcedForm):
    """A counting rule."""

    part = "rules"
    code = forms.CharField(label=gettext_lazy("Kode"), help_text=CODE_HELP, max_length=40)
    name = forms.CharField(label=gettext_lazy("Nama"), max_length=300)
    unit = forms.CharField(label=gettext_lazy("Satuan (bila bukan persentase)"), required=False, max_length=60)
    basis = forms.ChoiceField(
        label=gettext_lazy("Rekaman yang dihitung"), choices=[(item.value, item.value) for item in Basis]
    )
    dated = forms.ChoiceField(label=gettext_lazy("Masuk periode menurut"))
    has_denominator = forms.BooleanField(label=gettext_lazy("Berpenyebut (hasilnya persentase)"), required=False)
    numerator_how = forms.ChoiceField(
        label=gettext_lazy("Pembilang menghitung"), choices=[(item.value, item.value) for item in Tallying]
    )
    numerator_of = forms.ChoiceField(label=gettext_lazy("dari isian"), required=False)
    denominator_how = forms.ChoiceField(
        label=gettext_lazy("Penyebut menghitung"), choices=[(item.value, item.value) for item in Tallying]
    )
    denominator_of = forms.ChoiceField(label=gettext_lazy("dari isian"), required=False)
    nothing = forms.CharField(label=gettext_lazy("Bila tidak ada yang dihitung"), required=False, max_length=200)

    def shown(self, entry: Mapping[str, Any]) -> Data:
        """The tallies as single fields."""
        made = {"basis": Basis.WITHIN.value, "dated": "@opened", **entry, "has_denominator": "denominator" in entry}
        if not entry:
            made["has_denominator"] = True
        for name in ("numerator", "denominator"):
            tally = entry.get(name) or {}
            made |= {f"{name}_how": tally.get("how", Tallying.RECORDS.value), f"{name}_of": tally.get("of", "")}
        return made

    def offer(self) -> None:
        """Subjects with a date, and fields."""
        self.give("dated", date_subjects(self.register))
        for name in ("numerator_of", "denominator_of"):
            self.give(name, fields(self.register), blank=True)

    def filters(self, entry: Mapping[str, Any], data: Mapping[str, Any] | None) -> list[FilterBox]:
        """Denominator, numerator, and what is not counted yet."""
        return [
            self.box("penyebut", _("Penyebut: rekaman yang dihitung"), (entry.get("denominator") or {}).get("where"), data),
            self.box("pembilang", _("Pembilang: di antaranya yang memenuhi"), (entry.get("numerator") or {}).get("where"), data),
            self.box("tunda", _("Belum dihitung (ditampilkan tersendiri)"), entry.get("pending"), data),
        ]  # fmt: skip

    def made(self) -> Data:
        """The rule."""
        given = self.cleaned_data
        base, upper, pending = (box.read() for box in self.boxes)
        kept = {name: self.entry[name] for name in ("article", "note", "since", "until") if name in self.entry}
        plain = {
            name: given[name] for name in ("code", "name", "unit", "basis", "dated", "nothing", "source", "certainty")
        }
        made = lean({**kept, **plain, "pending": pending})
        made["numerator"] = _tally(given["numerator_how"], given["numerator_of"], upper)
        if given["has_denominator"]:
            made["denominator"] = _tally(given["denominator_how"], given["denominator_of"], base)
        return made


class SummaryForm(PartForm):
    """A table of the yearly report."""

    part = "summaries"
    code = forms.CharField(label=gettext_lazy("Kode"), help_text=CODE_HELP, max_length=40)
    name = forms.CharField(label=gettext_lazy("Judul"), max_length=200)
    by = forms.ChoiceField(label=gettext_lazy("Menurut"), required=False)
    dated = forms.ChoiceField(label=gettext_lazy("Masuk tahun menurut"))
    how = forms.ChoiceField(
        label=gettext_lazy("Yang dihitung"), choices=[(item.value, item.value) for item in Tallying]
    )
    of = forms.ChoiceField(label=gettext_lazy("dari isian"), required=False)

    def shown(self, entry: Mapping[str, Any]) -> Data:
        """The tally as single fields."""
        tally = entry.get("tally") or {}
        return {"dated": "@opened", **entry, "how": tally.get("how", Tallying.RECORDS.value), "of": tally.get("of", "")}

    def offer(self) -> None:
        """Subjects."""
        self.give("by", ((item.key, item.name) for item in subjects_of(self.register)), blank=True)
        self.give("dated", date_subjects(self.register))
        self.give("of", fields(self.register), blank=True)

    def filters(self, entry: Mapping[str, Any], data: Mapping[str, Any] | None) -> list[FilterBox]:
        """Which records."""
        return [self.box("syarat", _("Rekaman"), (entry.get("tally") or {}).get("where"), data)]

    def made(self) -> Data:
        """The table."""
        given = self.cleaned_data
        data = {name: given[name] for name in ("code", "name", "by", "dated")}
        return lean(data | {"tally": _tally(given["how"], given["of"], self.boxes[0].read())})


class LetterForm(PartForm):
    """A letter."""

    part = "letters"
    code = forms.CharField(label=gettext_lazy("Kode"), help_text=CODE_HELP, max_length=40)
    name = forms.CharField(label=gettext_lazy("Nama surat"), max_length=200)
    states = forms.MultipleChoiceField(
        label=gettext_lazy("Dapat dibuat dalam keadaan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    paragraphs = forms.CharField(
        label=gettext_lazy("Isi"), widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Satu paragraf setiap baris. {kode_isian} diganti isi rekaman; ada juga {nomor_register}, "
            "{tanggal_register}, {tenggat_kode}."
        ),
    )  # fmt: skip

    def shown(self, entry: Mapping[str, Any]) -> Data:
        """Paragraphs line by line."""
        return {**entry, "paragraphs": "\n".join(entry.get("paragraphs", []))}

    def offer(self) -> None:
        """States."""
        self.give("states", states(self.register))

    def made(self) -> Data:
        """The letter."""
        return lean({**self.cleaned_data, "paragraphs": lines(self.cleaned_data["paragraphs"])})


FORMS: dict[str, type[PartForm]] = {
    form.part: form for form in (FieldForm, StateForm, TransitionForm, DemandForm, DeadlineForm, RuleForm, SummaryForm,
                                 LetterForm)
}  # fmt: skip


def lines(text: str) -> list[str]:
    """The filled lines of a text."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def whole(amount: Decimal) -> Decimal | int:
    """A number as a definition file keeps it."""
    return int(amount) if amount == amount.to_integral_value() else amount


def lean(data: Mapping[str, Any]) -> Data:
    """Without what is empty or false, as a definition file leaves it out."""
    return {name: value for name, value in data.items() if value is not False and value not in ("", None, [], {})}


def _tally(how: str, of: str, where: Any) -> Data:
    made: Data = {"where": where} if where else {}
    return made | ({"how": how, "of": of} if of or how != Tallying.RECORDS.value else {})
