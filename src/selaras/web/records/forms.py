"""The form of one record, made from the columns of its sheet in the workbook: the same words, checks and refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from selaras.actions.results import Change
from selaras.core.errors import Conflict, Refusal
from selaras.core.value import ValueKind
from selaras.documents.workbook.columns import Column, Kind, Sheet
from selaras.documents.workbook.schema import KINDS, choices, reference, required
from selaras.documents.workbook.typed import read_typed, texts_of
from selaras.store.records import options
from selaras.store.rows import shown
from selaras.web.records.page_words import on_page

NUMBERS = frozenset({Kind.AMOUNT, Kind.DECIMAL, Kind.INTEGER, Kind.PERCENT, Kind.VALUE})
HINTS = {Kind.AMOUNT: "rupiah", Kind.INTEGER: "count"}
LONG_TEXT = 3
SEEN = "seen-"


class RecordForm(forms.Form):
    """Asks for the fields of one kind of record; `record` is the one that is changed, None for a new one.

    After `is_valid()` the record stands in `made`, and what the person saw before in `seen`.
    """

    def __init__(
        self,
        sheet: Sheet,
        *,
        agency: int,
        kinds: Mapping[str, ValueKind],
        record: Any | None = None,
        initial: Mapping[str, str] | None = None,
        data: Any | None = None,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        self.sheet = sheet
        self.record = record
        self.kinds = kinds
        self.made: Any | None = None
        self.conflict: Conflict | None = None
        self.changes: Sequence[Change] = ()
        start = dict(initial or {}) | (texts_of(record, kinds) if record is not None else {})
        super().__init__(data=data, initial=start)
        fixed = frozenset(KINDS[sheet.record].key) if record is not None else frozenset()
        for column in sheet.inputs:
            self.fields[column.field] = _field(sheet, column, agency, is_fixed=column.root in fixed)
            if column.field in hidden or column.root in fixed:
                self.fields[column.field].widget = forms.HiddenInput()
        if record is not None:
            self.fields["reason"] = forms.CharField(
                label=_("Alasan perubahan"), required=False, help_text=_("Masuk ke riwayat nilai.")
            )

    @property
    def seen(self) -> dict[str, str] | None:
        """What stood in each field when the person opened the form; None for a new record."""
        if self.record is None:
            return None
        names = {column.root for column in self.sheet.inputs}
        return {name: self.data.get(SEEN + name, "") for name in names if SEEN + name in self.data}

    @property
    def opened(self) -> list[tuple[str, str]]:
        """The hidden fields that remember what stood there."""
        if self.record is None:
            return []
        names = dict.fromkeys(column.root for column in self.sheet.inputs)
        old = self.data if self.is_bound else {}
        return [(SEEN + name, old.get(SEEN + name, shown(getattr(self.record, name)))) for name in names]

    @property
    def kinds_of_fields(self) -> dict[str, str]:
        """How each field is drawn: number, date or by its widget."""
        return {column.field: "number" for column in self.sheet.inputs if column.kind in NUMBERS}

    @property
    def widths(self) -> dict[str, str]:
        """How wide each field is: names and long texts take the whole width, the rest half of it."""
        wide = {Kind.LONG}
        title = self.sheet.title
        return {c.field: "" if c.kind in wide or c.field == title else "half" for c in self.sheet.inputs}

    def clean(self) -> dict[str, Any]:
        """Read the record; every fault stands beside its field."""
        texts = {column.field: self.data.get(column.field, "") for column in self.sheet.inputs}
        if self.record is not None:
            key = frozenset(KINDS[self.sheet.record].key)
            kept = texts_of(self.record, self.kinds)
            texts |= {column.field: kept[column.field] for column in self.sheet.inputs if column.root in key}
        row = read_typed(self.sheet, texts, self.kinds)
        self.blame(Refusal("", *row.faults))
        self.made = row.record
        return texts

    def blame(self, refusal: Refusal) -> None:
        """Put every fault of a refusal beside the field whose column it names, the rest above the form."""
        by_header = {column.header: column.field for column in self.sheet.inputs}
        for fault in refusal.faults:
            field = by_header.get(fault.place.column)
            # In the words of `Fault.sentence`, by which the page knows them again in another language.
            parts = [fault.message, *([f"seharusnya {fault.expected}"] if fault.expected else [])]
            self.add_error(field, on_page("; ".join(parts) + (f". {fault.remedy}" if fault.remedy else ".")))
        if refusal.message and not refusal.faults:
            self.add_error(None, refusal.message)

    def submit(self, request: HttpRequest, save: Callable[[], Sequence[Change]]) -> bool:
        """Whether `save` stored the record that was posted; what stands against it is told by the form afterwards.

        What changed then stands in `changes`, what somebody else changed meanwhile in `conflict`. A refusal without
        faults is raised.
        """
        if request.method != "POST" or not self.is_valid():
            return False
        try:
            self.changes = save()
        except Conflict as refusal:
            self.conflict = refusal
            self.accept(refusal)
        except Refusal as refusal:
            if not refusal.faults:
                raise
            self.blame(refusal)
        else:
            return True
        return False

    @property
    def status(self) -> int:
        """The HTTP status of a page that shows the form."""
        return 409 if self.conflict else 422 if self.is_bound and self.errors else 200

    def accept(self, conflict: Conflict) -> None:
        """After a conflict was shown: what stands now counts as seen, so that saving again keeps the own entry."""
        data = dict(self.data.items())
        headers = {column.header: column.root for column in self.sheet.inputs}
        for clash in conflict.clashes:
            data[SEEN + headers.get(clash.field, "")] = clash.stands
        self.data = data


def _field(sheet: Sheet, column: Column, agency: int, *, is_fixed: bool) -> forms.Field:
    common: dict[str, Any] = {
        "label": column.header,
        "required": required(sheet, column),
        "help_text": on_page(column.help),
    }
    target = reference(sheet, column.field)
    allowed = choices(sheet, column)
    field: forms.Field
    if target is not None and not is_fixed:
        known = [(code, f"{code} – {title}" if title != code else code) for code, title in options(target, agency)]
        field = forms.CharField(**common, widget=forms.Select(choices=[("", "—"), *known]))
    elif allowed:
        field = forms.CharField(**common, widget=forms.Select(choices=[("", "—"), *((name, name) for name in allowed)]))
    elif column.kind is Kind.LONG:
        field = forms.CharField(**common, widget=forms.Textarea(attrs={"rows": LONG_TEXT}))
    elif column.kind is Kind.DATE:
        field = forms.CharField(**common, widget=forms.TextInput(attrs={"placeholder": "31/12/2025"}))
    else:
        field = forms.CharField(**common)
    # The row reader says what is missing, in the words of the workbook.
    field.validators = []
    field.clean = lambda value: value  # type: ignore[method-assign]
    return field
