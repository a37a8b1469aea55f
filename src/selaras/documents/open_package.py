"""Open data with what one must know to use them: a Frictionless data package, a DCAT catalogue, and metadata for Satu Data.

Sources: Data Package v1 with Table Schema (specs.frictionlessdata.io), which v2 readers accept too; W3C DCAT 3 with the
fields that DCAT-AP asks for; Perpres 39/2019 (Satu Data Indonesia): a standard of data names konsep, definisi, klasifikasi,
ukuran and satuan; metadata of statistics are those of the activity, of its variables and of its indicators (Peraturan BPS
5/2020). No official JSON form of the latter is known; the names of the fields here follow the words of the forms.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from selaras.core.errors import Fault
from selaras.core.place import Place
from selaras.documents.package import safe_cell

PACKAGE, CATALOGUE, SATU_DATA = "datapackage.json", "dcat.jsonld", "satu-data.json"
NAME = re.compile(r"[-a-z0-9._/]+")
TYPES = frozenset({"string", "integer", "number", "boolean", "date", "year"})
MEDIA = "text/csv"
INDONESIAN = "http://publications.europa.eu/resource/authority/language/IND"
DIALECT = {"delimiter": ",", "doubleQuote": True, "lineTerminator": "\r\n", "quoteChar": '"', "header": True}
"""How the files are written; `delimiter` and `doubleQuote` must be told, says the profile of tabular packages."""


@dataclass(frozen=True, slots=True)
class OpenField:
    """One column: its type of Table Schema, its words, its unit; `required` if every row has it."""

    name: str
    type: str
    title: str
    description: str = ""
    unit: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class OpenTable:
    """One table with its file of comma-separated values; `concept` and `classes` are for Satu Data."""

    name: str
    title: str
    description: str
    fields: tuple[OpenField, ...]
    key: tuple[str, ...]
    content: bytes
    rows: int
    concept: str = ""
    classes: str = ""

    @property
    def path(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"

    @property
    def sha256(self) -> str:
        """The fingerprint of its file."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class OpenSet:
    """Everything that is published together. `licence`: code, name and address; `home` is where people read about it."""

    name: str
    title: str
    description: str
    publisher: str
    home: str
    licence: tuple[str, str, str]
    years: tuple[int, int]
    issued: date
    content: str
    tables: tuple[OpenTable, ...]
    contact: str = ""


def comma_file(fields: Sequence[OpenField], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as RFC 4180 in UTF-8 without a mark. A text that a spreadsheet would take for a formula has an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([field.name for field in fields])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return safe_cell(value)


# ---- the descriptions ------------------------------------------------------------------------------------------------


def data_package(one: OpenSet) -> dict[str, Any]:
    """`datapackage.json` as a tabular data package."""
    code, name, url = one.licence
    return {
        "profile": "tabular-data-package",
        "name": one.name,
        "id": one.content,
        "title": one.title,
        "description": one.description,
        "version": f"{one.issued:%Y.%m.%d}",
        "created": f"{one.issued.isoformat()}T00:00:00Z",
        "homepage": one.home,
        "keywords": ["SAKIP", "kinerja", "akuntabilitas"],
        "licenses": [{"name": code.upper(), "path": url, "title": name}],
        "contributors": [{"title": one.publisher, "role": "publisher"}],
        "sources": [{"title": one.publisher, "path": one.home}],
        "resources": [_resource(table) for table in one.tables],
    }


def _resource(table: OpenTable) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource", "name": table.name, "path": table.path, "title": table.title,
        "description": table.description, "format": "csv", "mediatype": MEDIA, "encoding": "utf-8", "bytes": len(table.content),
        "hash": f"sha256:{table.sha256}", "dialect": DIALECT,
        "schema": {
            "fields": [
                {"name": field.name, "type": field.type, "title": field.title,
                 **({"description": field.description} if field.description else {}),
                 **({"unit": field.unit} if field.unit else {}),
                 **({"bareNumber": True} if field.type in {"number", "integer"} else {}),
                 **({"constraints": {"required": True}} if field.required else {})}
                for field in table.fields
            ],
            "missingValues": [""], "primaryKey": list(table.key),
        },
    }  # fmt: skip


def catalogue(one: OpenSet, address: str) -> dict[str, Any]:
    """A DCAT catalogue with one dataset and a distribution for each table, as JSON-LD. `address` is the folder of the files."""
    base = address if address.endswith("/") else f"{address}/"
    _code, _name, url = one.licence
    publisher = {"@type": "foaf:Organization", "foaf:name": one.publisher}
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "spdx": "http://spdx.org/rdf/terms#",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": "dcat:Catalog",
        "@id": f"{base}{CATALOGUE}",
        "dct:title": _words(one.title),
        "dct:description": _words(one.description),
        "dct:publisher": publisher,
        "foaf:homepage": {"@id": one.home},
        "dct:language": {"@id": INDONESIAN},
        "dcat:dataset": [
            {
                "@type": "dcat:Dataset",
                "@id": f"{base}{PACKAGE}",
                "dct:identifier": one.content,
                "dct:title": _words(one.title),
                "dct:description": _words(one.description),
                "dct:publisher": publisher,
                "dct:license": {"@id": url},
                "dct:issued": {"@value": one.issued.isoformat(), "@type": "xsd:date"},
                "dct:modified": {"@value": one.issued.isoformat(), "@type": "xsd:date"},
                "dct:temporal": {
                    "@type": "dct:PeriodOfTime",
                    "dcat:startDate": {"@value": f"{one.years[0]}-01-01", "@type": "xsd:date"},
                    "dcat:endDate": {"@value": f"{one.years[1]}-12-31", "@type": "xsd:date"},
                },
                "dct:spatial": {"@id": "http://publications.europa.eu/resource/authority/country/IDN"},
                "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/ANNUAL"},
                "dcat:theme": {"@id": "http://publications.europa.eu/resource/authority/data-theme/GOVE"},
                "dct:accessRights": {"@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC"},
                "dcat:keyword": ["SAKIP", "kinerja", "akuntabilitas"],
                "dct:language": {"@id": INDONESIAN},
                "dcat:landingPage": {"@id": one.home},
                "dcat:contactPoint": {"@type": "vcard:Organization", "vcard:fn": one.contact or one.publisher},
                "dcat:distribution": [
                    {
                        "@type": "dcat:Distribution",
                        "@id": f"{base}{table.path}",
                        "dct:title": _words(table.title),
                        "dct:description": _words(table.description),
                        "dcat:accessURL": {"@id": one.home},
                        "dcat:downloadURL": {"@id": f"{base}{table.path}"},
                        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{MEDIA}"},
                        "dcat:byteSize": len(table.content),
                        "dct:license": {"@id": url},
                        "dct:conformsTo": {"@id": f"{base}{PACKAGE}"},
                        "spdx:checksum": {
                            "@type": "spdx:Checksum",
                            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                            "spdx:checksumValue": table.sha256,
                        },
                    }
                    for table in one.tables
                ],
            }
        ],
    }


def _words(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "id"}


def satu_data(one: OpenSet) -> dict[str, Any]:
    """The metadata that Satu Data Indonesia asks for: of the activity, of each variable, and the standard of each table."""
    return {
        "dasar": "Peraturan Presiden Nomor 39 Tahun 2019 tentang Satu Data Indonesia; struktur mengikuti metadata statistik "
        "kegiatan, variabel, dan indikator",
        "status_bentuk": "nama isian mengikuti formulir; belum ada bentuk JSON resmi yang diketahui",
        "metadata_kegiatan": {
            "judul_kegiatan": one.title,
            "penyelenggara": one.publisher,
            "cara_pengumpulan": "kompilasi produk administrasi",
            "sektor_kegiatan": "tata kelola pemerintahan",
            "jenis_kegiatan": "berulang",
            "frekuensi": "tahunan",
            "tahun": {"dari": one.years[0], "sampai": one.years[1]},
            "wilayah": "Indonesia",
            "tujuan": one.description,
            "publikasi": one.home,
            "akses": "terbuka untuk umum",
            "lisensi": one.licence[2],
            "tanggal_rilis": one.issued.isoformat(),
            "data_pribadi": "tidak ada",
        },
        "standar_data": [
            {
                "tabel": table.name,
                "konsep": table.concept or table.title,
                "definisi": table.description,
                "klasifikasi": table.classes or "tanpa klasifikasi",
                "ukuran_dan_satuan": [
                    {"variabel": field.name, "ukuran": field.title, "satuan": field.unit or "tanpa satuan"}
                    for field in table.fields
                    if field.type in {"number", "integer"}
                ],
            }
            for table in one.tables
        ],
        "metadata_variabel": [
            {
                "tabel": table.name,
                "nama": field.name,
                "alias": field.title,
                "definisi": field.description or field.title,
                "tipe_data": field.type,
                "satuan": field.unit,
                "wajib": field.required,
                "dapat_diakses_umum": True,
            }
            for table in one.tables
            for field in table.fields
        ],
        "kode_referensi": "kode instansi sebagaimana dipakai instalasi penerbit; kelas capaian menurut skala yang dipakai instansi",
        "interoperabilitas": {
            "format": ["CSV (RFC 4180)", "Frictionless Data Package", "DCAT (JSON-LD)"],
            "pengodean": "UTF-8",
        },
    }


def package_files(one: OpenSet, address: str) -> dict[str, bytes]:
    """Every file of the package by its name."""
    described = {PACKAGE: data_package(one), CATALOGUE: catalogue(one, address), SATU_DATA: satu_data(one)}
    files = {name: (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode() for name, body in described.items()}
    return files | {table.path: table.content for table in one.tables}


# ---- checking --------------------------------------------------------------------------------------------------------


def package_faults(files: Mapping[str, bytes]) -> list[Fault]:
    """What is wrong with a package by the rules of Data Package and Table Schema that it uses; empty if nothing is.

    Looks at the descriptor, then at every file: there, of the size and hash that are told, its columns those of the
    schema, every cell of its type, nothing required missing, no key twice.
    """
    try:
        body = json.loads(files[PACKAGE])
    except (KeyError, ValueError):
        return [Fault("deskriptor tidak ada atau bukan JSON", Place(source=PACKAGE))]
    faults = [
        Fault(f"{key} tidak ada", Place(source=PACKAGE))
        for key in ("name", "licenses", "resources")
        if not body.get(key)
    ]
    resources = body.get("resources") or []
    names = [one.get("name", "") for one in resources]
    faults += [
        Fault("nama tidak sesuai pola", Place(source=PACKAGE), read=name)
        for name in [body.get("name", ""), *names]
        if not NAME.fullmatch(name)
    ]
    if len(set(names)) != len(names):
        faults.append(Fault("nama sumber data ganda", Place(source=PACKAGE)))
    for one in resources:
        faults += _resource_faults(one, files)
    return faults


def _resource_faults(one: Mapping[str, Any], files: Mapping[str, bytes]) -> list[Fault]:
    path = str(one.get("path", ""))
    where = Place(source=path or PACKAGE)
    content = files.get(path)
    if content is None or path.startswith(("/", "..")):
        return [Fault("berkasnya tidak ada", where)]
    faults = [
        Fault(f"dialek tanpa {key}", where) for key in ("delimiter", "doubleQuote") if key not in one.get("dialect", {})
    ]
    if one.get("bytes") != len(content):
        faults.append(Fault("ukuran tidak cocok", where, str(len(content)), str(one.get("bytes"))))
    found = f"sha256:{hashlib.sha256(content).hexdigest()}"
    if one.get("hash") != found:
        faults.append(Fault("sidik jari tidak cocok", where, found, str(one.get("hash"))))
    return faults + _table_faults(one.get("schema") or {}, content.decode(str(one.get("encoding", "utf-8"))), where)


def _table_faults(schema: Mapping[str, Any], text: str, where: Place) -> list[Fault]:
    fields = schema.get("fields") or []
    unknown = [field.get("type") for field in fields if field.get("type") not in TYPES]
    if unknown or not fields:
        return [Fault("jenis kolom tidak dikenal", where, ", ".join(map(str, unknown)))]
    rows = csv.reader(io.StringIO(text, newline=""))
    head, names = next(rows, []), [field["name"] for field in fields]
    if head != names:
        return [Fault("kolom tidak sesuai skema", where, ", ".join(head), ", ".join(names))]
    faults: list[Fault] = []
    key, seen = [names.index(name) for name in schema.get("primaryKey") or []], set()
    for number, row in enumerate(rows, 2):
        for field, cell in zip(fields, row, strict=False):
            if not _fits(field, cell):
                faults.append(Fault(f"baris {number}, {field['name']}: bukan {field['type']}", where, cell))
        told = tuple(row[at] for at in key)
        if len(row) != len(fields) or (key and told in seen):
            faults.append(Fault(f"baris {number}: panjang salah atau kunci ganda", where, ", ".join(told)))
        seen.add(told)
    return faults[:50]


def _fits(field: Mapping[str, Any], cell: str) -> bool:
    if not cell:
        return not (field.get("constraints") or {}).get("required")
    try:
        match field["type"]:
            case "integer" | "year":
                int(cell)
            case "number":
                return Decimal(cell).is_finite()
            case "boolean":
                return cell in {"true", "false"}
            case "date":
                date.fromisoformat(cell)
    except (ValueError, InvalidOperation):
        return False
    return True
