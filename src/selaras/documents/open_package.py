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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from selaras.documents.package import safe_cell

PACKAGE, CATALOGUE, SATU_DATA = "datapackage.json", "dcat.jsonld", "satu-data.json"
NAME = re.compile(r"[-a-z0-9._/]+")
TYPES = frozenset({"string", "integer", "number", "boolean", "date", "year"})
MEDIA = "text/csv"
INDONESIAN = "http://publications.europa.eu/resource/authority/language/IND"
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/CSV"
TABULAR = "https://specs.frictionlessdata.io/tabular-data-resource/"
PERCENT = "persen"
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
                        "dct:format": {"@id": FILE_TYPE},
                        "dcat:byteSize": {"@value": str(len(table.content)), "@type": "xsd:nonNegativeInteger"},
                        "dct:license": {"@id": url},
                        "dct:conformsTo": {"@id": TABULAR},
                        "spdx:checksum": {
                            "@type": "spdx:Checksum",
                            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                            "spdx:checksumValue": {"@value": table.sha256, "@type": "xsd:hexBinary"},
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
    """What Satu Data Indonesia asks for: metadata of the activity, the variables and the indicators; the standard of each table."""
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
        "metadata_indikator": [
            {
                "tabel": table.name,
                "variabel": field.name,
                "nama_indikator": field.title,
                "konsep": table.concept or table.title,
                "definisi": field.description or table.description,
                "ukuran": "persentase",
                "satuan": field.unit,
                "klasifikasi_penyajian": table.classes or "tanpa klasifikasi",
                "publikasi": one.home,
                "dapat_diakses_umum": True,
            }
            for table in one.tables
            for field in table.fields
            if field.unit == PERCENT
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
