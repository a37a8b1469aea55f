"""A package of open data looked through: descriptor, tables, DCAT catalogue and metadata agree with each other."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from selaras.core.errors import Fault
from selaras.core.place import Place
from selaras.documents.open_package import CATALOGUE, NAME, PACKAGE, SATU_DATA, TYPES
from selaras.documents.package import SUMS

WRITE_AGAIN = "Tulis lagi paketnya dengan selaras opendata --to."
MOST = 10
"""So many faults of one table are told; how many more there are is told with them."""
KINDS = {
    "string": "teks", "integer": "bilangan bulat", "number": "bilangan dengan titik desimal", "boolean": "true atau false",
    "date": "tanggal TTTT-BB-HH", "year": "tahun",
}  # fmt: skip
WRITTEN = {
    "integer": re.compile(r"[+-]?[0-9]+"), "year": re.compile(r"[0-9]{4}"),
    "number": re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?"), "boolean": re.compile("true|false"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}  # fmt: skip
"""How a cell of a kind is written, as Table Schema says; what else Python takes for a number is none here."""
A_DAY = {"type": "date", "constraints": {"required": True}}
OF_DATASET = (
    "dct:title",
    "dct:description",
    "dct:publisher",
    "dct:license",
    "dct:language",
    "dct:temporal",
    "dct:spatial",
)
OF_DISTRIBUTION = (
    "dct:title",
    "dct:description",
    "dct:license",
    "dcat:accessURL",
    "dcat:downloadURL",
    "dcat:mediaType",
)
OF_SATU_DATA = ("metadata_kegiatan", "standar_data", "metadata_variabel")


def package_faults(files: Mapping[str, bytes]) -> list[Fault]:
    """What is wrong with a package by the rules of Data Package and Table Schema that it uses; empty if nothing is.

    Looks at the descriptor, then at every file: there, of the size and hash that are told, its columns those of the
    schema, every cell of its type, nothing required missing, no key twice; at the catalogue and the metadata, which must
    tell of the same tables; and for files that nothing tells of. Whatever the files hold, it gives faults and never fails.
    """
    body = _read(files, PACKAGE)
    if isinstance(body, Fault):
        return [body]
    faults = [_fault(f"{key} tidak ada", PACKAGE, "", "terisi") for key in ("name", "licenses") if not body.get(key)]
    given = body.get("resources")
    resources = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    if not resources or len(resources) != len(given or ()):
        faults.append(_fault("resources bukan daftar sumber data", PACKAGE, _short(given), "daftar berisi objek"))
    names = [str(one.get("name", "")) for one in resources]
    for name in (str(body.get("name", "")), *names):
        if not NAME.fullmatch(name):
            faults.append(_fault("nama tidak sesuai pola", PACKAGE, name, NAME.pattern))
    if len(set(names)) != len(names):
        faults.append(_fault("nama sumber data ganda", PACKAGE, ", ".join(names), "nama yang berbeda-beda"))
    for one in resources:
        faults += _resource_faults(one, files)
    faults += _catalogue_faults(files, resources)
    faults += _metadata_faults(files, set(names))
    told = {PACKAGE, CATALOGUE, SATU_DATA, SUMS, *(str(one.get("path", "")) for one in resources)}
    strange, only = "berkas yang tidak disebut dalam deskriptor", f"hanya yang disebut {PACKAGE}"
    others = (name for name in sorted(set(files) - told) if not name.startswith("."))
    faults += [_fault(strange, name, "", only, "Keluarkan dari folder.") for name in others]
    return faults


def _fault(message: str, source: str, read: str = "", expected: str = "", remedy: str = WRITE_AGAIN) -> Fault:
    return Fault(message, Place(source=source), read, expected, remedy)


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:80]


def _read(files: Mapping[str, bytes], name: str) -> dict[str, Any] | Fault:
    """A file of JSON that holds an object."""
    if name not in files:
        return _fault("berkasnya tidak ada", name, "", "ada dalam paket")
    try:
        body = json.loads(files[name])
    except (ValueError, RecursionError):
        return _fault("bukan JSON", name, _short(files[name][:40].decode("utf-8", "replace")), "objek JSON dalam UTF-8")
    return body if isinstance(body, dict) else _fault("bukan objek JSON", name, _short(body), "objek JSON")


def _resource_faults(one: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[Fault]:
    path = str(one.get("path", ""))
    if path.startswith("/") or ".." in path.split("/"):
        yield _fault("alamat sumber data keluar dari paket", PACKAGE, path, "nama berkas dalam paket")
        return
    content = files.get(path)
    if content is None:
        yield _fault("berkasnya tidak ada", path or PACKAGE, "", "ada dalam paket")
        return
    dialect = one.get("dialect")
    for key in ("delimiter", "doubleQuote"):
        if not isinstance(dialect, dict) or key not in dialect:
            yield _fault(f"dialek tanpa {key}", path, "", f"{key} dalam dialect")
    if one.get("bytes") != len(content):
        yield _fault("ukuran tidak cocok", path, f"{len(content)} bita", f"{_short(one.get('bytes'))} bita")
    found = f"sha256:{hashlib.sha256(content).hexdigest()}"
    if one.get("hash") != found:
        yield _fault("sidik jari tidak cocok", path, found, _short(one.get("hash")))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        yield _fault("bukan teks UTF-8", path, f"bita ke-{error.start + 1}", "UTF-8")
        return
    try:
        found_faults = list(_table_faults(one.get("schema"), text, path))
    except csv.Error as error:  # a cell without end, say
        yield _fault("baris CSV tidak terbaca", path, str(error), "CSV menurut RFC 4180")
        return
    yield from found_faults[:MOST]
    if len(found_faults) > MOST:
        yield _fault(f"{len(found_faults) - MOST} kekeliruan lagi", path)


def _table_faults(schema: Any, text: str, path: str) -> Iterator[Fault]:
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list) or not fields or not all(isinstance(one, dict) for one in fields):
        yield _fault("skemanya tanpa kolom", path, _short(schema), "schema.fields berisi kolom")
        return
    unknown = [str(one.get("type")) for one in fields if str(one.get("type")) not in TYPES]
    if unknown:
        yield _fault("jenis kolom tidak dikenal", path, ", ".join(unknown), ", ".join(sorted(TYPES)))
        return
    rows = csv.reader(io.StringIO(text, newline=""))
    head, names = next(rows, []), [str(one.get("name", "")) for one in fields]
    if not all(names):
        yield _fault("kolom tanpa nama", path, ", ".join(names), "name pada setiap kolom")
        return
    if head != names:
        yield _fault("kolom tidak sesuai skema", path, ", ".join(head), ", ".join(names))
        return
    given = schema.get("primaryKey") or []
    keys = [str(name) for name in (given if isinstance(given, list) else [given])]
    if not set(keys) <= set(names):
        yield _fault("kunci bukan kolom tabel", path, ", ".join(keys), ", ".join(names))
        return
    at, seen = [names.index(name) for name in keys], set()
    for number, row in enumerate(rows, 2):
        if len(row) != len(fields):
            yield _fault(f"baris {number}: panjang salah", path, f"{len(row)} sel", f"{len(fields)} sel")
            continue
        for field, cell in zip(fields, row, strict=True):
            if not _fits(field, cell):
                what, kind = f"baris {number}, {field['name']}: bukan {field['type']}", KINDS[field["type"]]
                yield _fault(what, path, cell[:80], f"{kind} (terisi)")
        told = tuple(row[index] for index in at)
        if at and told in seen:
            yield _fault(f"baris {number}: kunci ganda", path, ", ".join(told), f"satu baris tiap {', '.join(keys)}")
        seen.add(told)


def _fits(field: Mapping[str, Any], cell: str) -> bool:
    if not cell:
        constraints = field.get("constraints")
        return not (isinstance(constraints, dict) and constraints.get("required"))
    written = WRITTEN.get(str(field["type"]))
    if written is not None and not written.fullmatch(cell):
        return False
    try:
        return field["type"] != "date" or bool(date.fromisoformat(cell))
    except ValueError:
        return False


def _catalogue_faults(files: Mapping[str, bytes], resources: list[dict[str, Any]]) -> Iterator[Fault]:
    """The catalogue has what DCAT-AP asks for, and the same tables with the same hashes as the descriptor."""
    body = _read(files, CATALOGUE)
    if isinstance(body, Fault):
        yield body
        return
    dataset = next(iter(_objects(body.get("dcat:dataset"))), {})
    for key in OF_DATASET:
        if not dataset.get(key):
            yield _fault(f"dataset tanpa {key}", CATALOGUE, "", "terisi")
    for key in ("dct:issued", "dct:modified"):
        day = dataset.get(key)
        typed = day if isinstance(day, dict) and day.get("@type") == "xsd:date" else {}
        if not _fits(A_DAY, str(typed.get("@value", ""))):
            yield _fault(f"{key} bukan tanggal", CATALOGUE, _short(day), "nilai berjenis xsd:date")
    hashes = {}
    for one in _objects(dataset.get("dcat:distribution")):
        url = _id(one.get("dcat:downloadURL"))
        for key in OF_DISTRIBUTION:
            if not one.get(key):
                yield _fault(f"distribusi {url} tanpa {key}", CATALOGUE, "", "terisi")
        sums = next(iter(_objects(one.get("spdx:checksum"))), {}).get("spdx:checksumValue")
        hashes[url.rpartition("/")[2]] = f"sha256:{sums.get('@value') if isinstance(sums, dict) else sums}"
    wanted = {str(one.get("path", "")): str(one.get("hash", "")) for one in resources}
    for path in sorted(set(hashes) | set(wanted)):
        if hashes.get(path) != wanted.get(path):
            where = f"{path}: berbeda dari deskriptor"
            yield _fault(where, CATALOGUE, hashes.get(path, "tidak ada"), wanted.get(path, "tidak ada"))


def _objects(value: Any) -> list[dict[str, Any]]:
    """JSON-LD takes one object for a list of one."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _id(value: Any) -> str:
    return str(value.get("@id", "")) if isinstance(value, dict) else ""


def _metadata_faults(files: Mapping[str, bytes], names: set[str]) -> Iterator[Fault]:
    body = _read(files, SATU_DATA)
    if isinstance(body, Fault):
        yield body
        return
    for key in OF_SATU_DATA:
        if not body.get(key):
            yield _fault(f"{key} tidak ada", SATU_DATA, "", "terisi")
    told = {str(one.get("tabel", "")) for one in _objects(body.get("standar_data"))}
    if told != names:
        yield _fault("tabelnya berbeda dari deskriptor", SATU_DATA, ", ".join(sorted(told)), ", ".join(sorted(names)))
