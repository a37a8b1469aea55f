"""Files of records: looked at, scanned and kept like evidence; gone with the record unless something else names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.apps import apps
from django.db import transaction
from django.db.models import CharField, TextField

from selaras.actions._files import sha256_of
from selaras.actions._keeping import Upload, keep, kind_taken, not_taken
from selaras.actions._registers import add_event
from selaras.actions._scanning import scan
from selaras.core.access import Act, Actor, check_somewhere
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.registers.definition import Register
from selaras.core.registers.fields import FieldKind
from selaras.core.registers.privacy import HIDDEN
from selaras.store import models as tables
from selaras.store.evidence import path_of
from selaras.store.models.registers import Happening
from selaras.store.register_access import find_register, handles, roles_somewhere

Uploads = Mapping[str, Upload]
"""Files by the field of the register that they fill."""
Kept = Mapping[str, tuple[str, str]]
"""For each field the stored name of its file and its SHA-256."""
NAMING = frozenset({"file", "target"})
"""How columns are called that hold the stored name of a file."""


def kept_file(by: Actor, agency: str, upload: Upload | None) -> tuple[str, str]:
    """Keep a file as evidence, after the scanner looked at it; name and digest, empty without one.

    The scanner is slow: call it before a transaction, so that nobody waits for it with the database. Raises Refusal,
    NotAllowed, NotFound, CannotRun.
    """
    if upload is None:
        return "", ""
    check_somewhere(by, Act.KEEP_REGISTER, agency)
    kind = kind_taken(upload)
    if kind is None:
        raise not_taken(upload)
    scan(upload.path, upload.name)
    return keep(agency, upload, kind.suffix)


def kept_fields(by: Actor, agency: str, register: str, uploads: Uploads | None, texts: Mapping[str, str]) -> Kept:
    """Keep the files that fill fields of a register, and find those that `texts` name as they are kept already.

    Raises Refusal for a field that holds no file or a name that is not kept, and as `kept_file`.
    """
    if not uploads and not texts:
        return {}
    check_somewhere(by, Act.KEEP_REGISTER, agency)
    meant = find_register(agency, register).register
    if not handles(meant, roles_somewhere(by, agency)):
        return {}  # nothing is kept for who has no part in it; the verb refuses them, with its record in the trail
    fields = {item.code for item in meant.fields if item.kind is FieldKind.FILE}
    sent = uploads or {}
    if wrong := sorted(set(sent) - fields):
        raise Refusal("Berkas tidak disimpan.", Fault("isian tidak memuat berkas", read=", ".join(wrong)))
    named = {
        code: texts[code].strip() for code in fields - set(sent) if texts.get(code, "").strip() not in {"", HIDDEN}
    }
    found = {code: (name, _digest(agency, name)) for code, name in named.items()}
    return found | {code: kept_file(by, agency, upload) for code, upload in sent.items()}


def _digest(agency: str, name: str) -> str:
    """The SHA-256 of a file that is kept already, as the API or evidence gave its name. Raises Refusal."""
    try:
        return sha256_of(path_of(agency, name))
    except NotFound:
        fault = Fault("berkas tidak ada di penyimpanan", read=name[:120], expected="nama berkas yang sudah disimpan")
        raise Refusal("Berkas tidak disimpan.", fault) from None


def with_files(texts: Mapping[str, str], files: Kept) -> dict[str, str]:
    """What was typed, and the stored names of the files that came with it."""
    return {**texts, **{code: name for code, (name, _digest) in files.items()}}


def note_files(row: tables.RegisterRecord, register: Register, files: Kept, *, on: date, by: str) -> None:
    """Write a step for each file, which is where its digest stands and by which it is fetched."""
    known = set(row.events.exclude(file="").values_list("file", flat=True)) if files else set()
    for code, (name, digest) in files.items():
        if name in known:
            continue
        field = register.field(code)
        add_event(
            row, Happening.CHANGE, on=on, by=by, note=field.name if field else code, file=name, sha256=digest
        )  # fmt: skip


def drop_files(agency: str, names: Iterable[str]) -> None:
    """Delete stored files that nothing of any agency names any more, once what let them go is in the database."""
    wanted = sorted({name for name in names if name})

    def drop() -> None:
        for name in wanted:
            if not _is_named(name):
                try:
                    path_of(agency, name).unlink(missing_ok=True)
                except NotFound:
                    continue  # somebody put the file elsewhere; what counts is that it is gone

    if wanted:
        transaction.on_commit(drop)


def _is_named(name: str) -> bool:
    for model in apps.get_app_config("store").get_models():
        columns = [
            column.name for column in model._meta.concrete_fields  # noqa: SLF001 (Django's documented way)
            if column.name in NAMING and isinstance(column, CharField | TextField)
        ]  # fmt: skip
        if any(model._base_manager.filter(**{column: name}).exists() for column in columns):  # noqa: SLF001
            return True
    return False
