"""Definitions of registers: a preset taken over or one's own, changed as a whole or in part, versioned, exchanged as a file.

A register with records changes only so that no record becomes unreadable (`core.registers.changes`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count, Max

from selaras.actions._people import words
from selaras.actions._register_refreshing import refresh
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, Role
from selaras.core.errors import Clash, Conflict, Fault, NotFound, Refusal
from selaras.core.place import Place
from selaras.core.registers.changes import Usage, faults_of_change
from selaras.core.registers.copying import as_data, copy_of
from selaras.core.registers.definition import Register
from selaras.core.registers.fields import LISTED
from selaras.core.registers.filters import Comparison, Op
from selaras.core.registers.soundness import checked
from selaras.rulebook.registers import from_json, from_toml, preset, register_from, to_toml
from selaras.store import models as tables
from selaras.store.models.registers import Happening
from selaras.store.register_access import Held, find_register
from selaras.store.register_filters import Translator
from selaras.store.snapshot import find_agency

KIND = "Register"
AT_ONCE = 5000
"""So many records are reckoned anew together with a change; more are left to `refresh_records`."""
MOST = 200
"""So many registers an agency may have."""
PARTS = ("fields", "states", "transitions", "demands", "deadlines", "rules", "summaries", "letters")
_LABELS = {
    "fields": "Isian", "states": "Keadaan", "transitions": "Peralihan", "demands": "Syarat isi",
    "deadlines": "Tenggat", "rules": "Aturan hitung", "summaries": "Ringkasan", "letters": "Surat",
}  # fmt: skip


def take_preset(by: Actor, *, agency: str, preset_code: str, code: str = "", name: str = "") -> Register:
    """Take over a register that is shipped, under its own code or as a copy under another one.

    Raises Refusal for an unknown preset or a code that is taken, NotAllowed, NotFound.
    """
    found = preset(preset_code)
    made = found if code in {"", found.code} and not name else copy_of(found, code or found.code, name or found.name)
    _create(by, agency, made, "mengambil register bawaan", preset_code)
    return made


def create_register(by: Actor, *, agency: str, register: Register) -> Register:
    """Store a register of the agency's own. Raises Refusal with everything that is wrong with it, NotAllowed, NotFound."""
    _create(by, agency, register, "membuat register", "")
    return register


def change_register(
    by: Actor, *, agency: str, code: str, register: Register, seen: int | None = None, reason: str = ""
) -> int:
    """Put a new definition in force; gives its version. `seen` is the version that the person changed.

    Raises Conflict, Refusal with every fault of the definition and everything that its records need and it leaves out,
    NotAllowed, NotFound.
    """
    with traced(by, action="mengubah register", agency=agency, act=Act.DEFINE_REGISTER) as trace:
        tables.RegisterDefinition.objects.select_for_update().filter(agency__code=agency, code=code).first()
        held = find_register(agency, code)
        _refuse_stale(held, seen)
        checked(register)
        _refuse_unknown_of(held.row.agency_id, register)
        if faults := faults_of_change(held.register, register, _usage(held)):
            raise Refusal(f"Register {code} tidak dapat diubah begitu.", *faults)
        body = to_toml(register)
        if body == held.row.body:
            return held.row.version
        row = held.row
        row.name, row.body, row.version = register.name, body, row.version + 1
        row.restricted, row.open_to_public, row.changed_by = register.restricted, register.open_to_public, by.name
        row.at_desk = Role.SERVICE in register.opened_by
        row.save()
        _keep_version(row, by, words(reason, "Alasan", empty=True))
        for part, before, after in _differences(held.register, register):
            trace.changed(KIND, code, part, before, after, reason)
        made = find_register(agency, code)
        moved = {item.code for item in register.fields if item.personal} != {
            item.code for item in held.register.fields if item.personal
        }
        rows = tables.RegisterRecord.objects.filter(definition=row.pk)
        if moved or rows.count() <= AT_ONCE:
            trace["reckoned"] = refresh(made)
        trace |= {"register": code, "version": row.version}
        return row.version


def change_part(
    by: Actor, *, agency: str, code: str, part: str, key: str, data: dict[str, Any] | None, seen: int | None = None,
    reason: str = "", more: Mapping[str, Sequence[dict[str, Any]]] | None = None,
) -> int:  # fmt: skip
    """Change one entry of a definition: `part` is `fields`, `states`, `transitions`, `demands`, `deadlines`, `rules`,

    `summaries` or `letters`, `key` the code of the entry (`source>target` of a transition, the field of a demand) or
    empty for a new one at the end; `data` as `core.registers.copying.as_data` writes it, None deletes. `more` are new
    entries of other parts in the same version: a state needs a way that leads to it. A state that is deleted takes its
    ways along. Gives the version. Raises as `change_register` does.
    """
    held = find_register(agency, code)
    whole = as_data(held.register)
    if part not in PARTS:
        raise Refusal("Register tidak diubah.", Fault("bagian tidak dikenal", read=part, expected=", ".join(PARTS)))
    entries: list[dict[str, Any]] = list(whole.get(part, []))
    at = next((index for index, entry in enumerate(entries) if key and _key(part, entry) == key), None)
    if key and at is None:
        raise NotFound(f"Bagian {key} tidak ditemukan dalam register {code}.")
    if at is None:
        entries += [data] if data is not None else []
    elif data is None:
        del entries[at]
    else:
        entries[at] = data
    whole[part] = entries
    if part == "states" and data is None:
        whole["transitions"] = [way for way in whole["transitions"] if key not in {way["source"], way["target"]}]
    for name, added in (more or {}).items():
        whole[name] = [*whole.get(name, []), *added]
    made = register_from(whole, code)
    return change_register(by, agency=agency, code=code, register=made, seen=seen, reason=reason)


def use_register(by: Actor, *, agency: str, code: str, active: bool) -> None:
    """Put a register away, or take it up again; its records stay and are counted. Raises NotAllowed, NotFound."""
    with traced(by, action="mengaktifkan register", agency=agency, act=Act.DEFINE_REGISTER) as trace:
        held = find_register(agency, code)
        if held.row.active is not active:
            held.row.active = active
            held.row.save()
            trace.changed(KIND, code, "Dipakai", *(("Ya", "Tidak") if not active else ("Tidak", "Ya")))


def remove_register(by: Actor, *, agency: str, code: str, reason: str = "") -> None:
    """Delete a register that has no record and nothing bound. Raises Refusal, NotAllowed, NotFound."""
    with traced(by, action="menghapus register", agency=agency, act=Act.DEFINE_REGISTER) as trace:
        held = find_register(agency, code)
        amount = held.row.records.count()
        bound = list(held.row.bindings.values_list("indicator__code", flat=True))
        faults = [Fault("register berisi rekaman", read=str(amount), expected="tanpa rekaman")] if amount else []
        faults += [Fault("indikator dihitung dari register ini", read=item) for item in bound]
        if counted := held.row.skp_bindings.count():
            faults.append(Fault("hasil kerja SKP dihitung dari register ini", read=str(counted)))
        if faults:
            raise Refusal(f"Register {code} tidak dihapus.", *faults)
        held.row.delete()
        trace.changed(KIND, code, "", held.register.name, "", reason)


def load_definition(
    by: Actor, *, agency: str, text: str, name: str, seen: int | None = None, reason: str = ""
) -> Register:
    """Take a register from a file (TOML, or JSON with the same contents) called `name`; one of the code there is, is changed.

    Raises Conflict, Refusal with every fault, NotAllowed, NotFound.
    """
    register = from_json(text, name) if name.lower().endswith(".json") else from_toml(text, name)
    if tables.RegisterDefinition.objects.filter(agency__code=agency, code=register.code).exists():
        change_register(by, agency=agency, code=register.code, register=register, seen=seen, reason=reason)
        return register
    return create_register(by, agency=agency, register=register)


def refresh_records(by: Actor, *, agency: str, code: str) -> int:
    """Reckon the facts of records anew whose definition or table of holidays has changed; gives how many there were.

    Raises NotAllowed, NotFound.
    """
    with traced(by, action="menghitung ulang tenggat register", agency=agency, act=Act.DEFINE_REGISTER) as trace:
        trace |= {"register": code}
        trace["reckoned"] = refresh(find_register(agency, code))
        return int(trace["reckoned"])


def _create(by: Actor, agency: str, register: Register, action: str, origin: str) -> None:
    with traced(by, action=action, agency=agency, act=Act.DEFINE_REGISTER) as trace:
        pk, _ = find_agency(agency)
        checked(register)
        rows = tables.RegisterDefinition.objects.filter(agency=pk)
        if rows.filter(code=register.code).exists():
            fault = Fault("kode register sudah dipakai", Place(record=register.code), register.code, "kode lain")
            raise Refusal(f"Register {register.code} sudah ada.", fault)
        if rows.count() >= MOST:
            raise Refusal(f"Paling banyak {MOST} register.", Fault("terlalu banyak register"))
        _refuse_unknown_of(pk, register)
        last = rows.aggregate(last=Max("sequence"))["last"]
        row = tables.RegisterDefinition.objects.create(
            agency_id=pk, sequence=1 if last is None else last + 1, code=register.code, name=register.name,
            preset=origin, restricted=register.restricted, open_to_public=register.open_to_public,
            changed_by=by.name, body=to_toml(register), at_desk=Role.SERVICE in register.opened_by,
        )  # fmt: skip
        _keep_version(row, by, "")
        trace |= {"register": register.code, "preset": origin}
        trace.changed(KIND, register.code, "", "", register.name)


def _keep_version(row: tables.RegisterDefinition, by: Actor, reason: str) -> None:
    tables.RegisterVersion.objects.create(
        definition=row, version=row.version, by=by.name, reason=reason, body=row.body
    )  # fmt: skip


def _refuse_stale(held: Held, seen: int | None) -> None:
    if seen is not None and seen != held.row.version:
        raise Conflict(
            f"Register {held.row.code} sudah diubah orang lain sejak Anda membukanya.",
            Clash("Versi", str(seen), str(held.row.version), ""),
            by=held.row.changed_by,
        )


def _refuse_unknown_of(agency: int, register: Register) -> None:
    """Refuse a field that refers to a register the agency does not have."""
    known = set(tables.RegisterDefinition.objects.filter(agency=agency).values_list("code", flat=True))
    faults = [
        Fault("register yang dirujuk belum ada", Place(record=f"{register.code} / {item.code}"), item.of,
              ", ".join(sorted(known)), "Ambil atau buat register itu dahulu.")
        for item in register.fields if item.of and item.of not in known | {register.code}
    ]  # fmt: skip
    if faults:
        raise Refusal(f"Register {register.code} tidak disimpan.", *faults)


def _usage(held: Held) -> Usage:
    """What the records of a register use; a query for each field."""
    rows = tables.RegisterRecord.objects.filter(definition=held.pk)
    bound = [
        *held.row.bindings.values_list("rule", flat=True), *held.row.skp_bindings.values_list("rule", flat=True)
    ]  # fmt: skip
    amount = rows.count()
    if not amount:
        return Usage(bound=frozenset(bound))
    translator = Translator(held.register, held.row.changed_at.date())
    filled: dict[str, int] = {}
    choices: dict[str, set[str]] = {}
    for item in held.register.fields:
        contents = rows.order_by().values_list(translator.amount(item.code))
        if item.kind in LISTED:
            found = [(text, times) for text, times in contents.annotate(Count("pk")) if text is not None]
            filled[item.code] = sum(times for _, times in found)
            choices[item.code] = {part for text, _ in found for part in _choices_in(text)}
        else:
            filled[item.code] = contents.filter(translator.condition(Comparison(item.code, Op.FILLED))).count()
    events = tables.RegisterEvent.objects.filter(record__definition=held.pk)
    steps = events.filter(kind=Happening.STATE.value).order_by("record_id", "order")
    went: set[tuple[str, str]] = set()
    states: set[str] = set()
    before: tuple[int, str] = (0, "")
    for record, code in steps.values_list("record_id", "code").iterator(chunk_size=5000):
        if record == before[0]:
            went.add((before[1], code))
        states.add(code)
        before = (record, code)
    extended = events.filter(kind=Happening.GRANT.value).order_by().values_list("code", flat=True).distinct()
    return Usage(amount, filled, choices, states, went, frozenset(extended), frozenset(bound))


def _choices_in(text: str) -> Iterator[str]:
    """The choices in a kept content: one text, or a list as JSON."""
    if text.startswith("["):
        yield from json.loads(text)
    else:
        yield text


def _key(part: str, entry: dict[str, Any]) -> str:
    if part == "transitions":
        return f"{entry.get('source', '')}>{entry.get('target', '')}"
    return str(entry.get("field" if part == "demands" else "code", ""))


def _differences(before: Register, after: Register) -> Iterator[tuple[str, str, str]]:
    """Which parts of a definition differ: name of the part, before, after, in short."""
    was, now = as_data(before), as_data(after)
    for part in sorted({*was, *now} - set(PARTS)):
        if was.get(part) != now.get(part):
            yield part, _short(was.get(part, "")), _short(now.get(part, ""))
    for part in PARTS:
        old = {_key(part, entry): entry for entry in was.get(part, [])}
        new = {_key(part, entry): entry for entry in now.get(part, [])}
        for key in [*old, *(key for key in new if key not in old)]:
            if old.get(key) != new.get(key):
                yield f"{_LABELS[part]} {key}", _short(old.get(key, "")), _short(new.get(key, ""))


def _short(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)[:1000]
    return str(value)
