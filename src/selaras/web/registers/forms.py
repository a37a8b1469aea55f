"""The form of a record, made from the fields of its register; what was typed goes on as text and is read by `core`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.evidence import Upload
from selaras.core.errors import Refusal
from selaras.core.numerals import NumberHint
from selaras.core.registers.definition import Register
from selaras.core.registers.fields import LONGEST, LONGEST_TEXT, NUMERIC, Content, Field, FieldKind, shown_in
from selaras.core.registers.filters import subjects
from selaras.store import models as tables
from selaras.web.core_words import said
from selaras.web.dense_html import joined, markup
from selaras.web.evaluation.uploads import on_disk

PREFIX = "isi"
HINTS = {FieldKind.WHOLE: NumberHint.COUNT, FieldKind.MONEY: NumberHint.RUPIAH}
MOST_OFFERED = 500
BLANK = ("", "–")


def typed_text(content: Content | None) -> str:
    """A content as a text that is read back as the same content, whatever the separators."""
    if content is None:
        return ""
    if isinstance(content, bool):
        return "Ya" if content else "Tidak"
    if isinstance(content, date):
        return content.isoformat()
    if isinstance(content, Decimal):
        whole, _mark, rest = f"{content:f}".partition(".")
        rest = rest.rstrip("0")
        # Exactly three digits after a mark could be thousands.
        return f"{whole},{rest + '0' if len(rest) == 3 else rest}" if rest else whole
    return "; ".join(content) if isinstance(content, tuple) else content


class Offers:
    """What the fields of an agency's registers offer: units, employees, records; each asked for once, when needed."""

    def __init__(self, agency: int) -> None:
        self.agency = agency

    def units(self) -> list[tuple[str, str]]:
        """Units by code."""
        rows = tables.Unit.objects.filter(agency=self.agency).order_by("order", "code")
        return list(rows.values_list("code", "name"))

    def employees(self) -> list[tuple[str, str]]:
        """Employees by code, and one more than are offered where there are more."""
        rows = tables.Employee.objects.filter(agency=self.agency).order_by("name")[: MOST_OFFERED + 1]
        return list(rows.values_list("code", "name"))

    def records(self, register: str) -> list[tuple[str, str]]:
        """The latest records of a register that is not restricted."""
        rows = tables.RegisterRecord.objects.filter(
            definition__agency=self.agency, definition__code=register, definition__restricted=False
        )
        return [(number, number) for number in rows.order_by("-opened", "-pk").values_list("number", flat=True)[:100]]


class RecordForm(forms.Form):
    """Some or all fields of a record. `texts` are the typed texts by the code of their field, as actions take them."""

    def __init__(
        self, register: Register, fields: Iterable[Field], offers: Offers, data: Mapping[str, Any] | None = None, *,
        content: Mapping[str, Content] | None = None, required: Collection[str] = (), prefix: str = PREFIX,
        texts: Mapping[str, str] | None = None, files: Any = None,
    ) -> None:  # fmt: skip
        super().__init__(data, files, prefix=prefix, label_suffix="")
        self.register = register
        self.listed = tuple(fields)
        given = texts or {}
        for item in self.listed:
            made = _widget(item, offers)
            made.required = item.required or item.code in required
            made.label, made.help_text = item.name, " ".join(filter(None, (item.help, _lacking(item, made))))
            made.initial = given.get(item.code, typed_text((content or {}).get(item.code)))
            if item.kind is FieldKind.FILE and isinstance(made.widget, FileBox):
                made.widget.current = shown_in(item, (content or {}).get(item.code))
            if item.kind is FieldKind.CHOICES:
                made.initial = [part for part in made.initial.split("; ") if part]
            self.fields[item.code] = made

    def _clean_fields(self) -> None:
        """Leave the judgement to the action, so that there is one place that says what is wrong."""

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, by field; a field that was not sent at all is left as it is."""
        made = {}
        for item in self.listed:
            if item.kind is FieldKind.FILE:
                if self.data.get(f"{self.add_prefix(item.code)}{FileBox.DROPPED}"):
                    made[item.code] = ""
                continue
            if self.add_prefix(item.code) not in self.data and item.kind is not FieldKind.CHOICES:
                continue
            value = self.fields[item.code].widget.value_from_datadict(self.data, self.files, self.add_prefix(item.code))
            made[item.code] = "; ".join(value) if isinstance(value, list) else str(value or "")
        return made

    @contextmanager
    def uploads(self) -> Iterator[dict[str, Upload]]:
        """The files that were sent, by field, for as long as their content is needed."""
        with ExitStack() as stack:
            made = {}
            for item in self.listed:
                sent = self.files.get(self.add_prefix(item.code)) if item.kind is FieldKind.FILE else None
                if (upload := stack.enter_context(on_disk(sent))) is not None:
                    made[item.code] = upload
            yield made

    def blame(self, refusal: Refusal) -> list[str]:
        """Put each fault at its field; gives the sentences of those that belong to none."""
        names = {item.name: item.code for item in self.listed}
        self.is_valid()
        loose = [] if refusal.faults else [said(refusal.message)]
        for fault in refusal.faults:
            code = names.get(fault.place.column, "")
            if code:
                self.add_error(code, said(_sentence(fault)))
            else:
                loose.append(said(fault.sentence()))
        return loose

    def parted(self) -> dict[str, Any]:
        """The rows of a new record: what is asked at once, and what is usually filled in on the way."""
        first = asked_at_once(self.register)
        rows = self.rows()
        later = [row for row in rows if row["bound"].name not in first]
        return {
            "rows": [row for row in rows if row["bound"].name in first], "later": later,
            "later_wrong": any(row["bound"].errors for row in later),
        }  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """The fields with the way they are shown."""
        return [
            {"bound": self[item.code], "kind": _shape(item), "hint": HINTS.get(item.kind, ""), "width": _width(item),
             "before": "Rp" if item.kind is FieldKind.MONEY else "", "personal": item.personal}
            for item in self.listed
        ]  # fmt: skip


def asked_at_once(register: Register) -> frozenset[str]:
    """The fields that a new record is asked for: up to the last required or public one, and what deadlines depend on.

    What steps and conditions ask for is filled in then.
    """
    steps = {code for way in register.transitions for code in way.needs} | {item.field for item in register.demands}
    clocks = {code for item in register.deadlines for code in (item.start, *(term.promised for term in item.terms))}
    clocks |= {code for item in register.deadlines for term in item.terms for code in subjects(term.when)}
    last = max((at for at, item in enumerate(register.fields) if item.required or item.public), default=-1)
    return frozenset(
        item.code for at, item in enumerate(register.fields)
        if item.required or item.public or (item.code not in steps and (at < last or item.code in clocks))
    )  # fmt: skip


def _sentence(fault: Any) -> str:
    """A fault beside its field: what is wrong and what was expected, without where."""
    parts = [fault.message]
    if fault.read:
        parts.append(_("Tertulis: %(read)s.") % {"read": fault.read})
    if fault.expected:
        parts.append(_("Seharusnya: %(expected)s.") % {"expected": fault.expected})
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts)


def _shape(item: Field) -> str:
    if item.kind in NUMERIC:
        return "number"
    return "date" if item.kind is FieldKind.DATE else ""


def _width(item: Field) -> str:
    return "" if item.kind in {FieldKind.LONG, FieldKind.CHOICES, FieldKind.FILE} else "half"


def _widget(item: Field, offers: Offers) -> forms.Field:
    if item.kind is FieldKind.LONG:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST[FieldKind.LONG]}))
    if item.kind is FieldKind.DATE:
        return forms.CharField(widget=forms.DateInput())
    if item.kind is FieldKind.YES_NO:
        return _select([("Ya", gettext_lazy("Ya")), ("Tidak", gettext_lazy("Tidak"))])
    if item.kind is FieldKind.CHOICE:
        return _select([(choice, choice) for choice in item.choices])
    if item.kind is FieldKind.CHOICES:
        return forms.MultipleChoiceField(
            choices=[(choice, choice) for choice in item.choices], widget=forms.CheckboxSelectMultiple
        )
    if item.kind is FieldKind.UNIT:
        return _select(offers.units())
    if item.kind is FieldKind.EMPLOYEE:
        listed = offers.employees()
        return _select(listed) if len(listed) <= MOST_OFFERED else forms.CharField(widget=Offered(listed))
    if item.kind is FieldKind.RECORD:
        return forms.CharField(widget=Offered(offers.records(item.of)))
    attrs: dict[str, Any] = {"maxlength": LONGEST.get(item.kind, LONGEST_TEXT)}
    if item.kind is FieldKind.EMAIL:
        return forms.CharField(widget=forms.TextInput(attrs={**attrs, "inputmode": "email", "autocomplete": "off"}))
    if item.kind is FieldKind.PHONE:
        return forms.CharField(widget=forms.TextInput(attrs={**attrs, "inputmode": "tel", "autocomplete": "off"}))
    if item.kind is FieldKind.LINK:
        return forms.CharField(widget=forms.TextInput(attrs={**attrs, "inputmode": "url"}))
    if item.kind is FieldKind.FILE:
        return forms.FileField(widget=FileBox())
    if item.personal:
        attrs["autocomplete"] = "off"
    return forms.CharField(widget=forms.TextInput(attrs=attrs))


def _lacking(item: Field, made: forms.Field) -> str:
    """What a person should know of a field that offers nothing to choose, or not everything."""
    offered = made.widget.offers if isinstance(made.widget, Offered) else list(getattr(made, "choices", ()))[1:]
    if item.kind is FieldKind.EMPLOYEE:
        if not offered:
            return _("Belum ada pegawai yang dicatat; pegawai dicatat pada data organisasi.")
        if len(offered) > MOST_OFFERED:
            return _("Ketik kode pegawai; hanya sebagian yang ditawarkan.")
    if item.kind is FieldKind.RECORD and not offered:
        return _("Belum ada rekaman dalam register yang dirujuk.")
    return ""


def _select(choices: Iterable[tuple[str, Any]]) -> forms.Field:
    return forms.ChoiceField(choices=[BLANK, *choices])


class FileBox(forms.FileInput):
    """A file to choose; beside it the name of the one there is, and a box to let it go."""

    DROPPED = "-hapus"
    current = ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The input and what is kept now."""
        asked = SafeString(super().render(name, value, attrs, renderer))
        if not self.current:
            return asked
        key = f"{(attrs or {}).get('id', name)}_hapus"
        kept = markup('<p class="field-help mb-0">{}</p>', _("Tersimpan: %(name)s") % {"name": self.current})
        gone = markup(
            '<div class="form-check"><input type="checkbox" class="form-check-input" id="{}" name="{}" value="ya">'
            '<label class="form-check-label" for="{}">{}</label></div>',
            key, f"{name}{self.DROPPED}", key, _("Lepaskan berkas itu"),
        )  # fmt: skip
        return joined([asked, kept, gone])


class Offered(forms.TextInput):
    """A text with suggestions."""

    def __init__(self, offers: Iterable[tuple[str, str]]) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.offers = list(offers)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The input and its list."""
        listed = f"{(attrs or {}).get('id', name)}_daftar"
        asked = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        lines = joined(markup('<option value="{}">{}</option>', code, label) for code, label in self.offers)
        return joined([SafeString(asked), markup('<datalist id="{}">{}</datalist>', listed, lines)])
