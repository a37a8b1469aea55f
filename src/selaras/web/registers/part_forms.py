"""Which form a part of a definition has, what it is called, and how its entries are named in addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from selaras.web.registers.part_base import PartForm
from selaras.web.registers.part_forms_clock import DeadlineForm
from selaras.web.registers.part_forms_count import RuleForm, SummaryForm
from selaras.web.registers.part_forms_flow import DemandForm, FieldForm, LetterForm, StateForm, TransitionForm

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
FORMS: dict[str, type[PartForm]] = {
    form.part: form for form in (FieldForm, StateForm, TransitionForm, DemandForm, DeadlineForm, RuleForm, SummaryForm,
                                 LetterForm)
}  # fmt: skip


def key_of(part: str, entry: Mapping[str, Any]) -> str:
    """How an entry of a part is named."""
    if part == "transitions":
        return f"{entry.get('source', '')}>{entry.get('target', '')}"
    return str(entry.get("field" if part == "demands" else "code", ""))
