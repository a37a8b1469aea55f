"""The nation as open data: the published tables with their descriptions, in a folder or as a package to be downloaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from selaras.actions._files import written
from selaras.actions.audit import traced
from selaras.analytics.exact import bare
from selaras.analytics.kept import Kept, kept
from selaras.core.access import Act, Actor, check_everywhere
from selaras.core.errors import CannotRun, Fault
from selaras.documents.open_package import OpenField, OpenSet, OpenTable, comma_file, package_files
from selaras.rulebook.licences import load_licences
from selaras.store.nation import nation_folder, nation_kept

MOST_FIGURES = 400_000
"""More rows than this of single figures go to files of their own years only (`write_open_data`), not into a download."""
HOUR = 3600.0
MILLION = Decimal(1_000_000)
YEAR = OpenField("tahun", "year", "Tahun kinerja", required=True)
AGENCY = OpenField("instansi_kode", "string", "Kode instansi", required=True)
NAMED = OpenField("instansi", "string", "Nama instansi")
KIND = OpenField("jenis_instansi", "string", "Jenis instansi", required=True)


def _percent(name: str, title: str, description: str = "") -> OpenField:
    return OpenField(name, "number", title, description, "persen")


def _number(name: str, title: str, unit: str) -> OpenField:
    return OpenField(name, "integer", title, "", unit)


MEAN = _percent(
    "rata_rata_capaian", "Rata-rata capaian", "Rata-rata sederhana capaian indikator sasaran, sesudah dibatasi."
)
COUNTS = (
    _number("indikator", "Indikator yang diukur", "indikator"),
    _number("terhitung", "Indikator yang capaiannya terhitung", "indikator"),
    _number("tercapai", "Indikator yang mencapai targetnya", "indikator"),
)
SUMMED = ("indicators", "with_figure", "reached", "achievement_printed")
MONEY = (
    OpenField("pagu", "number", "Pagu", "", "rupiah"),
    OpenField("realisasi_anggaran", "number", "Realisasi anggaran", "", "rupiah"),
    _percent("serapan", "Serapan anggaran", "Realisasi dibagi pagu."),
)
SPENT = ("ceiling", "spent", "absorption_printed")


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a kept table becomes an open one: its columns and where they come from."""

    name: str
    source: str
    title: str
    description: str
    fields: tuple[OpenField, ...]
    columns: tuple[str, ...]
    key: tuple[str, ...]
    classes: str = ""


SHAPES = (
    _Shape(
        "capaian-tahun",
        "tahun",
        "Capaian menurut tahun",
        "Seluruh indikator sasaran semua instansi yang terbit, per tahun.",
        (YEAR, *COUNTS, MEAN),
        ("year", *SUMMED),
        ("tahun",),
    ),
    _Shape(
        "capaian-jenis",
        "jenis",
        "Capaian menurut jenis instansi",
        "Seluruh indikator sasaran, per tahun dan jenis instansi.",
        (YEAR, KIND, *COUNTS, MEAN),
        ("year", "agency_kind", *SUMMED),
        ("tahun", "jenis_instansi"),
        "jenis instansi",
    ),
    _Shape(
        "capaian-instansi",
        "instansi",
        "Capaian setiap instansi",
        "Rata-rata capaian indikator sasaran tiap instansi dan tahun.",
        (YEAR, AGENCY, NAMED, KIND, *COUNTS, MEAN),
        ("year", "agency", "agency_name", "agency_kind", *SUMMED),
        ("tahun", "instansi_kode"),
        "jenis instansi",
    ),
    _Shape(
        "anggaran-instansi",
        "anggaran",
        "Penyerapan anggaran setiap instansi",
        "Pagu dan realisasi anggaran tiap instansi dan tahun.",
        (YEAR, AGENCY, NAMED, KIND, *MONEY),
        ("year", "agency", "agency_name", "agency_kind", *SPENT),
        ("tahun", "instansi_kode"),
        "jenis instansi",
    ),
    _Shape(
        "kelas-capaian",
        "kelas",
        "Sebaran kelas capaian",
        "Banyaknya indikator sasaran dalam tiap kelas menurut skala yang dipakai.",
        (
            YEAR,
            KIND,
            OpenField("skala", "string", "Kode skala capaian", required=True),
            OpenField("kelas", "string", "Kelas capaian", required=True),
            _number("indikator", "Banyaknya indikator", "indikator"),
            _percent("bagian", "Bagian dari seluruh indikator"),
        ),
        ("year", "agency_kind", "scale", "class_label", "indicators", "share"),
        ("tahun", "jenis_instansi", "skala", "kelas"),
        "kelas menurut skala capaian",
    ),
    _Shape(
        "indikator-bersama",
        "indikator-bersama",
        "Indikator bersama",
        "Indikator dengan nama dan satuan sama pada instansi sejenis.",
        (
            YEAR,
            KIND,
            OpenField("indikator", "string", "Nama indikator, tanpa tanda baca dan huruf besar", required=True),
            OpenField("satuan", "string", "Satuan indikator", required=True),
            _number("instansi", "Banyaknya instansi", "instansi"),
            _number("tercapai", "Indikator yang mencapai targetnya", "indikator"),
            _percent("terendah", "Capaian terendah"),
            _percent("kuartil_pertama", "Kuartil pertama"),
            _percent("median", "Median"),
            _percent("kuartil_ketiga", "Kuartil ketiga"),
            _percent("tertinggi", "Capaian tertinggi"),
        ),
        (
            "year",
            "agency_kind",
            "family",
            "unit_of_measure",
            "agencies",
            "reached",
            "lowest",
            "first_quartile",
            "median",
            "third_quartile",
            "highest",
        ),
        ("tahun", "jenis_instansi", "indikator", "satuan"),
        "jenis instansi",
    ),
)
IN_MILLIONTHS = frozenset({"lowest", "first_quartile", "median", "third_quartile", "highest"})
FIGURES = _Shape(
    "capaian-indikator",
    "angka",
    "Capaian setiap indikator",
    "Satu baris tiap indikator, instansi, dan tahun: target, realisasi, capaian.",
    (
        YEAR,
        AGENCY,
        NAMED,
        KIND,
        OpenField("indikator_kode", "string", "Kode indikator", required=True),
        OpenField("indikator", "string", "Nama indikator"),
        OpenField("satuan", "string", "Satuan indikator"),
        OpenField("sasaran", "string", "Sasaran yang diukur"),
        OpenField("polaritas", "string", "Arah yang lebih baik"),
        OpenField("target", "string", "Target seperti tercetak"),
        OpenField("realisasi", "string", "Realisasi seperti tercetak"),
        OpenField("status", "string", "Apakah capaian terhitung, dan bila tidak, mengapa"),
        _percent("capaian", "Capaian", "Sesudah dibatasi, dibulatkan setengah ke atas."),
        OpenField("kelas", "string", "Kelas capaian"),
        OpenField("tercapai", "boolean", "Apakah target tercapai"),
    ),
    (
        "year",
        "agency",
        "agency_name",
        "agency_kind",
        "indicator",
        "name",
        "unit_of_measure",
        "sasaran_title",
        "polarity",
        "target_text",
        "realised_text",
        "status",
        "achievement_printed",
        "class_label",
        "reached",
    ),
    ("tahun", "instansi_kode", "indikator_kode"),
    "jenis instansi; kelas menurut skala capaian",
)


def open_set(
    by: Actor, *, data: Kept, home: str, publisher: str, licence: str = "", figures: int = MOST_FIGURES
) -> OpenSet:
    """The open tables of the published nation. Single figures are in it if there are at most `figures`. It only reads.

    Raises NotAllowed for data with columns for insiders unless the actor may export everywhere, KeyError for unknown terms.
    """
    if any(one.inside for one in data.partitions):
        check_everywhere(by, Act.EXPORT)
    known = {one.code: one for one in load_licences()}
    terms = known[licence] if licence else load_licences()[0]
    years = sorted({one.year for one in data.partitions})
    tables = [_table(shape, data.rows(shape.source)) for shape in SHAPES]
    rows = sum(one.tables["indicators"].rows for one in data.partitions)
    if rows <= figures:
        tables.append(_table(FIGURES, [row for year in years for row in data.part("angka", year=year)]))
    issued = max(
        (row["published_on"] for row in data.rows("edisi") if row["published_on"]), default=date(years[-1], 12, 31)
    )
    return OpenSet(
        "selaras-kinerja-nasional",
        "Kinerja instansi pemerintah yang terbit",
        "Capaian kinerja dan penyerapan anggaran instansi pemerintah dari laporan kinerja yang terbit, tanpa data pribadi.",
        publisher,
        home,
        (terms.code, terms.name, terms.url),
        (years[0], years[-1]),
        issued,
        data.hash,
        tuple(tables),
    )


def _table(shape: _Shape, rows: Iterable[Mapping[str, Any]]) -> OpenTable:
    found = list(_cells(shape, rows))
    return OpenTable(
        shape.name,
        shape.title,
        shape.description,
        shape.fields,
        shape.key,
        comma_file(shape.fields, found),
        len(found),
        classes=shape.classes,
    )


def _cells(shape: _Shape, rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Any]]:
    quartiles = shape.source == "indikator-bersama"
    for row in rows:
        yield [
            _shown(row[name] / MILLION if quartiles and name in IN_MILLIONTHS else row[name]) for name in shape.columns
        ]


def _shown(value: Any) -> Any:
    """Decimals without the noughts that fill up the files' form of numbers."""
    return bare(value) if isinstance(value, Decimal) else value


def write_open_data(by: Actor, *, to: Path, home: str, publisher: str, licence: str = "") -> dict[str, int]:
    """Write the package of the published nation into a folder; gives the bytes of each file by its name.

    Raises NotAllowed, CannotRun where nothing was published for everybody, Refusal for a damaged nation.
    """
    with traced(by, action="menulis paket data terbuka nasional") as trace:
        check_everywhere(by, Act.EXPORT)
        data = kept(nation_folder(), nation_kept(), public=True, wait=HOUR)
        if data is None or not data.partitions:
            raise CannotRun(
                "Belum ada data nasional yang terbit.",
                Fault("tidak ada partisi untuk umum", remedy="Terbitkan laporan, lalu jalankan selaras publish."),
            )
        files = package_files(
            open_set(by, data=data, home=home, publisher=publisher, licence=licence, figures=10**9), home
        )
        for name, content in files.items():
            with written(to / name) as draft:
                draft.write_bytes(content)
        trace |= {"files": len(files), "content": data.hash}
    return {name: len(content) for name, content in files.items()}
