"""The tables of the nation as data: name, column, type, meaning, unit, whether it may be empty, and who may have it.

One definition makes the Parquet files, the check of files from elsewhere, the reference page and the open data. Numbers
are decimals of one form throughout, never floating point. `year` and `agency` are columns of every table: in files
they stand in the names of the folders.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import ibis
import ibis.expr.datatypes as dt
import pyarrow as pa

VERSION = 1
"""The version of the schema; it rises with every change of a table, a column or a type."""
PRECISION, SCALE = 38, 15
"""Every number: as many digits as Arrow, DuckDB and Spark share, of which 15 after the point, as the database has."""
DECIMAL = f"decimal({PRECISION}, {SCALE})"
BANDS = 8
"""As many classes as a scale may have."""


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "teks"
    INTEGER = "bilangan bulat"
    NUMBER = "desimal"
    DATE = "tanggal"
    FLAG = "ya/tidak"


class Reach(StrEnum):
    """Who may have a column: everybody, or those who look after the agencies. There are no data of persons at all."""

    PUBLIC = "umum"
    INSIDE = "dalam"


ARROW: dict[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(),
    Kind.INTEGER: pa.int32(),
    Kind.NUMBER: pa.decimal128(PRECISION, SCALE),
    Kind.DATE: pa.date32(),
    Kind.FLAG: pa.bool_(),
}
SPARK: dict[Kind, str] = {
    Kind.TEXT: "STRING",
    Kind.INTEGER: "INT",
    Kind.NUMBER: f"DECIMAL({PRECISION},{SCALE})",
    Kind.DATE: "DATE",
    Kind.FLAG: "BOOLEAN",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `meaning` in Indonesian, `unit` of measure where it has one; `empty` if it may hold nothing."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    empty: bool = False
    reach: Reach = Reach.PUBLIC


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns without `year` and `agency`, and those of them that make a row unique in a partition."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    reach: Reach = Reach.PUBLIC

    def column(self, name: str) -> Column:
        """The column of that name; raises KeyError."""
        return {column.name: column for column in (*PARTITION, *self.columns)}[name]


def _text(name: str, meaning: str, *, empty: bool = False, reach: Reach = Reach.PUBLIC) -> Column:
    return Column(name, Kind.TEXT, meaning, "", empty, reach)


def _count(name: str, meaning: str, unit: str = "", *, empty: bool = False, reach: Reach = Reach.PUBLIC) -> Column:
    return Column(name, Kind.INTEGER, meaning, unit, empty, reach)


def _number(name: str, meaning: str, unit: str = "", *, empty: bool = True) -> Column:
    return Column(name, Kind.NUMBER, meaning, unit, empty)


def _flag(name: str, meaning: str, *, empty: bool = False) -> Column:
    return Column(name, Kind.FLAG, meaning, "", empty)


def _date(name: str, meaning: str, reach: Reach = Reach.PUBLIC) -> Column:
    return Column(name, Kind.DATE, meaning, "", empty=True, reach=reach)


def _value(name: str, whose: str) -> tuple[Column, ...]:
    return (
        _text(f"{name}_kind", f"jenis nilai {whose}: angka, persen, predikat, atau ya/tidak", empty=True),
        _number(name, f"{whose}: angka atau persen apa adanya; predikat sebagai peringkat (1 = terendah); ya = 1, tidak = 0; "
                "kosong bila predikatnya tidak ada dalam skalanya", "satuan indikator"),
        _number(f"{name}_upper", f"batas atas bila {whose} berupa rentang", "satuan indikator"),
        _text(f"{name}_text", f"{whose} seperti tercetak dalam laporan", empty=True),
    )  # fmt: skip


PARTITION = (
    _count("year", "tahun kinerja", "tahun"),
    _text("agency", "kode instansi"),
)
_WHEN = (
    _text("span", "panjang periode: tahun, semester, triwulan, atau bulan"),
    _count("index", "nomor periode dalam tahun, mulai 1"),
)

AGENCIES = Table(
    "agencies",
    "Satu baris tiap instansi dan tahun: siapa instansinya, dan dengan skala serta cara apa tahunnya dihitung.",
    (
        _text("name", "nama instansi"),
        _text("short_name", "nama singkat"),
        _text("kind", "jenis instansi"),
        _text("parent_name", "instansi induk atau pemerintah daerahnya", empty=True),
        _text("city", "tempat kedudukan", empty=True),
        _text("website", "alamat situs", empty=True),
        _text("licence", "kode syarat pemakaian data terbuka", empty=True),
        _text("scale", "kode skala capaian"),
        _text("efficiency", "cara menghitung efisiensi: rasio, selisih, atau sisa"),
        _count("plan_first", "tahun pertama Renstra", "tahun", empty=True),
        _count("plan_last", "tahun terakhir Renstra", "tahun", empty=True),
        _count("units", "banyaknya unit kerja", "unit"),
        _count("staff", "banyaknya pegawai yang tercatat", "orang"),
        _text("source", "dari mana: edisi laporan yang diterbitkan, atau basis data"),
    ),
    (),
)
CLASSES = Table(
    "classes",
    "Kelas skala capaian yang dipakai instansi pada tahun itu, tertinggi lebih dahulu.",
    (
        _count("position", f"urutan kelas, 1 = tertinggi; paling banyak {BANDS}"),
        _text("label", "sebutan kelas"),
        _number("lower", "batas bawah; kosong pada kelas terendah", "persen"),
        _flag("exclusive", "apakah batas bawah itu sendiri termasuk kelas di bawahnya"),
        _text("tone", "warna kelas"),
    ),
    ("position",),
)
UNITS = Table(
    "units",
    "Unit kerja instansi sebagai pohon.",
    (
        _text("unit", "kode unit"),
        _text("parent", "kode unit di atasnya; kosong pada puncak", empty=True),
        _count("depth", "kedalaman, 1 = puncak"),
        _text("path", "kode dari puncak sampai unit ini, dipisahkan garis miring"),
        _text("name", "nama unit"),
        _text("kind", "jenis unit"),
        _flag("leaf", "apakah tidak ada unit di bawahnya"),
    ),
    ("unit",),
)
LINEAGE = Table(
    "lineage",
    "Setiap unit dengan setiap unit di atasnya dan dirinya sendiri, agar penjumlahan ke atas cukup satu sambungan.",
    (
        _text("unit", "kode unit"),
        _text("ancestor", "kode unit di atasnya, atau unit itu sendiri"),
        _count("depth", "kedalaman `ancestor`, 1 = puncak"),
    ),
    ("unit", "ancestor"),
)
INDICATORS = Table(
    "indicators",
    "Indikator dengan segala yang menentukan angkanya.",
    (
        _text("indicator", "kode indikator"),
        _text("name", "nama indikator"),
        _text("family", "nama indikator tanpa tanda baca dan huruf besar, untuk menemukan indikator yang sama pada instansi lain"),
        _text("node", "kode simpul pohon kinerja"),
        _text("node_level", "tingkat simpul: tujuan, sasaran, program, kegiatan, sub kegiatan"),
        _text("sasaran", "kode sasaran di atasnya; kosong bila tidak ada", empty=True),
        _text("sasaran_title", "bunyi sasaran itu", empty=True),
        _text("unit", "kode unit penanggung jawab", empty=True),
        _text("unit_of_measure", "satuan"),
        _text("kind", "jenis indikator: masukan, keluaran, hasil, manfaat, dampak"),
        _text("value_kind", "jenis nilai"),
        _text("polarity", "arah yang lebih baik: naik, turun, atau rentang"),
        _text("lower_method", "rumus polaritas turun: 2T atau inversi", empty=True),
        _text("formula", "cara realisasi terjadi: nilai langsung, pembilang/penyebut, bobot"),
        _text("aggregation", "cara nilai tahun dibuat dari periodenya"),
        _number("cap", "batas atas capaian yang dicetak", "persen"),
        _flag("iku", "apakah indikator kinerja utama"),
        _flag("measured", "apakah ikut dalam rata-rata capaian instansi (indikator sasaran)"),
        _text("definition", "definisi operasional", empty=True),
        _text("data_source", "sumber data", empty=True),
        *_value("final", "target tahun terakhir Renstra"),
        _number("baseline", "nilai sebelum Renstra", "satuan indikator"),
        _count("baseline_year", "tahun nilai itu", "tahun", empty=True),
    ),
    ("indicator",),
)  # fmt: skip
TARGETS = Table(
    "targets",
    "Setiap target yang ditetapkan untuk tahun itu, menurut dokumennya.",
    (
        _text("indicator", "kode indikator"),
        *_WHEN,
        _text("document", "dokumen: Renstra, RKT, Rencana Aksi, PK"),
        _count("version", "versi PK (0 = asli); 0 pada dokumen lain"),
        *_value("target", "target"),
        _flag("counts", "apakah target ini yang dipakai mengukur capaian periodenya"),
    ),
    ("indicator", "span", "index", "document", "version"),
)
MEASUREMENTS = Table(
    "measurements",
    "Satu baris tiap indikator dan periode yang bertarget atau terisi; baris tahun memuat nilai satu tahun.",
    (
        _text("indicator", "kode indikator"),
        *_WHEN,
        _count("month", "bulan terakhir periode, 1 sampai 12"),
        _text("unit", "kode unit penanggung jawab", empty=True),
        _text("node", "kode simpul pohon kinerja"),
        _flag("measured", "apakah ikut dalam rata-rata capaian instansi"),
        _flag("iku", "apakah indikator kinerja utama"),
        _text("polarity", "arah yang lebih baik: naik, turun, atau rentang"),
        _text("lower_method", "rumus polaritas turun: 2T atau inversi", empty=True),
        _number("cap", "batas atas capaian yang dicetak", "persen"),
        *_value("target", "target yang dipakai"),
        _text("target_document", "dokumen yang menetapkan target itu", empty=True),
        *_value("realised", "realisasi"),
        _number("numerator", "pembilang yang diisi", "satuan pembilang"),
        _number("denominator", "penyebut yang diisi", "satuan penyebut"),
        _text("status", "apakah capaian terhitung, dan bila tidak, mengapa"),
        _number("raw", "capaian sebelum dibatasi, dipotong pada enam desimal", "persen"),
        _number("achievement", "capaian sesudah dibatasi, dipotong pada enam desimal", "persen"),
        _text("class_label", "kelas capaian yang dicetak", empty=True),
        _flag("reached", "apakah target tercapai: 100 atau lebih sebelum dibatasi", empty=True),
        _number("ceiling", "pagu program yang menunjang indikator; hanya pada baris tahun", "rupiah"),
        _number("spent", "realisasi anggaran program itu; hanya pada baris tahun", "rupiah"),
        _count("evidence", "banyaknya bukti", "berkas atau tautan"),
        _flag("explained", "apakah penjelasan sebabnya diisi"),
        _text("state", "draf, diajukan, terverifikasi, terkunci", empty=True, reach=Reach.INSIDE),
        _date(
            "recorded_on",
            "hari realisasi pertama kali diisi; kosong bila dimuat dari buku kerja, atau bila tenggatnya lewat sebelum "
            "instansi tercatat pada instalasinya",
            Reach.INSIDE,
        ),
        _date("due_on", "tenggat pengisian"),
        _date("verified_on", "hari realisasi diverifikasi", Reach.INSIDE),
    ),
    ("indicator", "span", "index"),
)
BUDGETS = Table(
    "budgets",
    "Anggaran per simpul paling bawah: bulan 0 memuat pagu yang berlaku, bulan 1 sampai 12 realisasi bulan itu.",
    (
        _text("node", "kode simpul"),
        _count("month", "0 = pagu; 1 sampai 12 = realisasi bulan"),
        _text("title", "nama program, kegiatan, atau sub kegiatan"),
        _text("level", "tingkat simpul"),
        _text("programme", "kode program di atasnya; kosong bila tidak ada", empty=True),
        _text("unit", "kode unit pemilik simpul", empty=True),
        _flag("counts", "apakah ikut dalam jumlah instansi: programnya mempunyai pagu"),
        _number("ceiling", "pagu", "rupiah"),
        _number("spent", "realisasi bulan itu saja", "rupiah"),
    ),
    ("node", "month"),
)
STAFF_PREDICATES = Table(
    "staff_predicates",
    "Banyaknya pegawai menurut predikat kinerja tahun itu; unit yang terlalu kecil tidak dimuat.",
    (
        _text("unit", "kode unit beserta semua di bawahnya; kosong = seluruh instansi", empty=True),
        _text("predicate", "predikat kinerja pegawai"),
        _count("people", "banyaknya pegawai", "orang"),
        _text("organisation", "predikat kinerja unit itu bila sudah ditetapkan", empty=True),
    ),
    ("unit", "predicate"),
    Reach.INSIDE,
)
EDITIONS = Table(
    "editions",
    "Laporan yang diterbitkan untuk tahun itu.",
    (
        _text("kind", "jenis dokumen"),
        *_WHEN,
        _count("version", "nomor edisi"),
        _date("published_on", "tanggal terbit"),
        _date("due_on", "tenggat laporan"),
        _text("sha256", "SHA-256 data beku edisi itu"),
        _text("page", "alamat halaman terbit pada instalasinya"),
    ),
    ("kind", "span", "index", "version"),
)
RECOMMENDATIONS = Table(
    "recommendations",
    "Banyaknya rekomendasi evaluasi dan reviu menurut tahap tindak lanjutnya.",
    (
        _text("stage", "tahap tindak lanjut"),
        _flag("overdue", "apakah tenggatnya lewat pada akhir tahun dan belum selesai"),
        _count("count", "banyaknya rekomendasi"),
    ),
    ("stage", "overdue"),
    Reach.INSIDE,
)
TABLES = (
    AGENCIES, CLASSES, UNITS, LINEAGE, INDICATORS, TARGETS, MEASUREMENTS, BUDGETS, STAFF_PREDICATES, EDITIONS,
    RECOMMENDATIONS,
)  # fmt: skip
BY_NAME = {table.name: table for table in TABLES}


@cache
def arrow_schema(table: Table) -> pa.Schema:
    """What a file of the table holds, without the columns of the partition; the version stands in the metadata."""
    fields = [pa.field(column.name, ARROW[column.kind], nullable=column.empty) for column in table.columns]
    return pa.schema(fields, {"selaras.table": table.name, "selaras.schema": str(VERSION)})


@cache
def ibis_schema(table: Table) -> ibis.Schema:
    """What an opened table gives, with `year` and `agency`."""
    types: dict[Kind, dt.DataType] = {
        Kind.TEXT: dt.string, Kind.INTEGER: dt.int32, Kind.NUMBER: dt.Decimal(PRECISION, SCALE), Kind.DATE: dt.date,
        Kind.FLAG: dt.boolean,
    }  # fmt: skip
    return ibis.schema({column.name: types[column.kind] for column in (*table.columns, *PARTITION)})


@cache
def spark_schema(table: Table) -> str:
    """The same as Spark writes schemas."""
    return ", ".join(f"`{column.name}` {SPARK[column.kind]}" for column in (*table.columns, *PARTITION))
