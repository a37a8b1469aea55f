"""Instruments of an agency's own: copied from another one, changed, removed, and carried as TOML files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, check_somewhere
from selaras.core.errors import Conflict, Fault, NotFound, Refusal
from selaras.core.evaluation.copying import as_data, copy_of
from selaras.core.evaluation.stages import State
from selaras.core.evaluation.template import Template
from selaras.rulebook.lke import template_from, templates
from selaras.rulebook.lke_toml import from_toml, to_toml
from selaras.store.evaluations import known_template, own_template
from selaras.store.models import Evaluation, EvaluationTemplate
from selaras.store.snapshot import find_agency

KIND = "EvaluationTemplate"
LONGEST_CODE = 80
MOST_BYTES = 1 << 20


def copy_template(by: Actor, *, agency: str, base: str, code: str, title: str) -> EvaluationTemplate:
    """Make an instrument of the agency's own out of another one, to be changed. Raises Refusal, NotAllowed, NotFound."""
    with traced(by, action="menyalin instrumen evaluasi", agency=agency, act=Act.EVALUATE) as trace:
        pk, _ = find_agency(agency)
        _refuse_code(agency, code, title)
        made = copy_of(known_template(agency, base), code.strip(), title.strip())
        return _created(by, trace, pk, made)


def save_template(
    by: Actor, *, agency: str, code: str, content: Mapping[str, Any], seen: str | None = None
) -> EvaluationTemplate:
    """Store a changed instrument: `content` is the whole of it, as `core.evaluation.copying.as_data` gives it.

    It is checked as a file of the rulebook is; evaluations that are open keep the instrument that they were opened
    with. `seen` is `changed_at` (ISO) as the person saw it. Raises Refusal with every fault, Conflict, NotAllowed,
    NotFound.
    """
    with traced(by, action="mengubah instrumen evaluasi", agency=agency, act=Act.EVALUATE) as trace:
        row = _own(agency, code)
        if seen is not None and row.changed_at.isoformat() != seen:
            raise Conflict(f"Instrumen ini sudah diubah oleh {row.changed_by}.", by=row.changed_by,
                           at=row.changed_at.isoformat())  # fmt: skip
        before = own_template(row)
        made = template_from({**content, "code": code, "local": True}, code)
        for field, was, now in _changes(as_data(before), as_data(made)):
            trace.changed(KIND, code, field, was, now)
        row.title, row.content, row.changed_by = made.title, as_data(made), by.name
        row.save()
        trace["template"] = code
    return row


def remove_template(by: Actor, *, agency: str, code: str, reason: str = "") -> None:
    """Remove an instrument of the agency's own that no open evaluation uses. Raises Refusal, NotAllowed, NotFound."""
    with traced(by, action="menghapus instrumen evaluasi", agency=agency, act=Act.EVALUATE) as trace:
        row = _own(agency, code)
        rows = Evaluation.objects.filter(agency__code=agency, template=code).exclude(state=State.FINAL.value)
        if count := rows.count():
            raise Refusal(
                "Instrumen ini masih dipakai.", Fault("evaluasi yang belum final", read=str(count), expected="0")
            )
        trace.changed(KIND, code, "", row.title, "", reason)
        trace["template"] = code
        row.delete()


def export_template(by: Actor, *, agency: str, code: str) -> bytes:
    """An instrument, official or of the agency's own, as a TOML file. Raises NotAllowed and NotFound."""
    check_somewhere(by, Act.EXPORT, agency)
    content = to_toml(known_template(agency, code)).encode()
    with traced(by, action="mengekspor instrumen evaluasi", agency=agency) as trace:
        trace |= {"template": code, "bytes": len(content)}
    return content


def import_template(by: Actor, *, agency: str, content: bytes, name: str, replace: bool = False) -> EvaluationTemplate:
    """Take in an instrument from a TOML file called `name`; with `replace`, in the place of the own one of its code.

    Raises Refusal with every fault of the file, or where its code is taken; NotAllowed, NotFound.
    """
    with traced(by, action="mengimpor instrumen evaluasi", agency=agency, act=Act.EVALUATE) as trace:
        pk, _ = find_agency(agency)
        if len(content) > MOST_BYTES:
            raise Refusal(f"Berkas {name} terlalu besar.", Fault("ukuran", read=f"{len(content) >> 10} kB"))
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Refusal(f"Berkas {name} tidak dapat dibaca.", Fault("bukan teks UTF-8", read=name)) from error
        made = from_toml(text, name)
        made = copy_of(made, made.code, made.title) if not made.local else made
        row = EvaluationTemplate.objects.filter(agency_id=pk, code=made.code).first()
        trace["template"] = made.code
        if row is None:
            _refuse_code(agency, made.code, made.title)
            return _created(by, trace, pk, made)
        if not replace:
            raise Refusal(f"Instrumen {made.code} sudah ada.", Fault("kode sudah dipakai", read=made.code))
        for field, was, now in _changes(row.content, as_data(made)):
            trace.changed(KIND, made.code, field, was, now)
        row.title, row.base, row.content, row.changed_by = made.title, made.base, as_data(made), by.name
        row.save()
    return row


def _own(agency: str, code: str) -> EvaluationTemplate:
    row = EvaluationTemplate.objects.select_for_update().filter(agency__code=agency, code=code).first()
    if row is None:
        shipped = "; instrumen resmi tidak diubah, salin dahulu" if code in templates() else ""
        raise NotFound(f"Instrumen {code} milik instansi {agency} tidak ditemukan{shipped}.")
    return row


def _refuse_code(agency: str, code: str, title: str) -> None:
    name = code.strip()
    faults = []
    if not name or len(name) > LONGEST_CODE or not title.strip():
        faults.append(Fault("kode dan judul harus diisi", read=code, expected=f"kode 1 sampai {LONGEST_CODE} huruf"))
    if name in templates() or EvaluationTemplate.objects.filter(agency__code=agency, code=name).exists():
        faults.append(Fault("kode sudah dipakai", read=name, expected="kode lain"))
    if faults:
        raise Refusal("Instrumen tidak disimpan.", *faults)


def _created(by: Actor, trace: Trace, pk: int, made: Template) -> EvaluationTemplate:
    row = EvaluationTemplate.objects.create(
        agency_id=pk, code=made.code, base=made.base, title=made.title, content=as_data(made), changed_by=by.name
    )
    trace.changed(KIND, made.code, "", "", "baru")
    trace |= {"template": made.code, "base": made.base}
    return row


def _changes(before: Any, after: Any, path: str = "") -> Iterator[tuple[str, str, str]]:
    """What differs between two instruments as data: the path of the field, before, after."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            yield from _changes(before.get(key), after.get(key), f"{path}.{key}" if path else key)
    elif isinstance(before, list) and isinstance(after, list):
        old, new = ({_name(item, at): item for at, item in enumerate(items)} for items in (before, after))
        for name in dict.fromkeys((*old, *new)):
            yield from _changes(old.get(name), new.get(name), f"{path}[{name}]")
    elif before != after:
        yield path[:120], _short(before), _short(after)


def _name(item: Any, at: int) -> str:
    named = item.get("code") or item.get("letter") if isinstance(item, dict) else ""
    return str(named or at)


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("title") or value.get("text") or value.get("code") or "ada")
    return "" if value is None else str(value)
