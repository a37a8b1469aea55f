"""An instrument as a form: its weights, texts, scale and predicates as fields, and back to the data that is checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from selaras.core.errors import Fault, Refusal
from selaras.core.evaluation.copying import as_data
from selaras.core.evaluation.template import Template
from selaras.core.numerals import format_number, read_amount
from selaras.core.place import Place

FIELD = re.compile(r"(?P<part>[a-z]+)-(?P<path>[0-9]+(?:-[0-9]+)*)-(?P<name>[a-z_]+)")
NUMBERS = frozenset({"weight", "value", "share", "above", "upto"})
GONE = "hapus"


def shown(template: Template) -> dict[str, Any]:
    """The instrument as a page shows it: numbers as people write them."""
    data = as_data(template)
    for number, component in enumerate(data["components"]):
        component["key"] = f"k-{number}"
        component["weight"] = _words(component["weight"])
        for place, sub in enumerate(component["subcomponents"]):
            sub["key"] = f"s-{number}-{place}"
            sub["weight"] = _words(sub["weight"])
            for at, item in enumerate(sub["criteria"]):
                item["key"] = f"c-{number}-{place}-{at}"
                item["weight"] = _words(item["weight"])
    for number, scale in enumerate(data["scales"]):
        for place, answer in enumerate(scale["answers"]):
            answer["key"] = f"j-{number}-{place}"
            answer["value"] = _words(answer["value"])
            answer["share"] = _words(answer["share"]) if "share" in answer else ""
    for number, predicate in enumerate(data["predicates"]):
        predicate["key"] = f"p-{number}"
        predicate |= {"above": _words(predicate["above"]), "upto": _words(predicate["upto"])}
    return data


def typed(template: Template, given: Mapping[str, str]) -> dict[str, Any]:
    """The instrument as a form changes it. Raises Refusal for numbers that cannot be read, every one of them."""
    data = as_data(template)
    faults: list[Fault] = []
    data["title"] = given.get("title", data["title"]).strip()
    data["regulation"] = given.get("regulation", data["regulation"]).strip()
    for record, name, text, label in _changes(data, given):
        if name in NUMBERS:
            _number(record, name, text, label, faults)
        else:
            record[name] = text.strip()
    _added(data, given)
    _removed(data, given)
    if faults:
        raise Refusal(_("Instrumen tidak disimpan."), *faults)
    return data


def _changes(data: dict[str, Any], given: Mapping[str, str]) -> Iterator[tuple[dict[str, Any], str, str, str]]:
    """Each field of the form: the record it belongs to, its name, its text, and where it stands in words."""
    for field, text in given.items():
        found = FIELD.fullmatch(field)
        record = _record(data, found["part"], [int(part) for part in found["path"].split("-")]) if found else None
        if found and record is not None and found["name"] in record | {"share": ""}:
            label = str(record.get("code") or record.get("letter") or "")
            yield record, found["name"], text, label


def _record(data: dict[str, Any], part: str, path: list[int]) -> dict[str, Any] | None:
    try:
        if part == "k":
            return data["components"][path[0]]  # type: ignore[no-any-return]
        if part == "s":
            return data["components"][path[0]]["subcomponents"][path[1]]  # type: ignore[no-any-return]
        if part == "c":
            return data["components"][path[0]]["subcomponents"][path[1]]["criteria"][path[2]]  # type: ignore[no-any-return]
        if part == "j":
            return data["scales"][path[0]]["answers"][path[1]]  # type: ignore[no-any-return]
        return data["predicates"][path[0]] if part == "p" else None
    except IndexError:
        return None


def _number(record: dict[str, Any], name: str, text: str, label: str, faults: list[Fault]) -> None:
    place = Place(record=label)
    if not text.strip():
        if name == "share":
            record.pop("share", None)
        else:
            faults.append(Fault(_("angka belum diisi"), place, expected=_("angka")))
        return
    try:
        amount = read_amount(text, place=place)
    except Refusal as refusal:
        faults += refusal.faults or [Fault(refusal.message, place, text)]
        return
    if amount is None:
        faults.append(Fault(_("angka belum diisi"), place, text, _("angka")))
    else:
        record[name] = str(amount)


def _added(data: dict[str, Any], given: Mapping[str, str]) -> None:
    """New criteria: one empty line below each sub-component."""
    for number, component in enumerate(data["components"]):
        for place, sub in enumerate(component["subcomponents"]):
            code, text = given.get(f"baru-{number}-{place}-code", ""), given.get(f"baru-{number}-{place}-text", "")
            if code.strip() or text.strip():
                sub["criteria"].append(
                    {"code": code.strip(), "text": text.strip(), "weight": "1", "scale": "", "note": ""}
                )


def _removed(data: dict[str, Any], given: Mapping[str, str]) -> None:
    """Criteria that were ticked to be left out."""
    for number, component in enumerate(data["components"]):
        for place, sub in enumerate(component["subcomponents"]):
            sub["criteria"] = [
                item for at, item in enumerate(sub["criteria"]) if f"c-{number}-{place}-{at}-{GONE}" not in given
            ]


def _words(text: str) -> str:
    return format_number(Decimal(text))
