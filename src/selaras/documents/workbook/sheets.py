"""The workbook as data: one sheet per kind of record, its columns, what they mean and an example of each.

This is the documentation of the workbook as well: the header notes, the template, the reader's messages and
`describe` are all made from it. Headers and helps are Indonesian, because officials read them.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from enum import StrEnum
from typing import Any, Union, get_args, get_origin

from selaras.core.agreements import Agreement, AgreementLine, AgreementProgramme
from selaras.core.measurement.records import (
    DataQuality,
    Evidence,
    Explanation,
    Obstacle,
    PhotoRecord,
    Realisation,
    Spending,
)
from selaras.core.org import Agency, Employee, LegalBasis, Position, Tenure, Unit
from selaras.core.period import MONTHS
from selaras.core.planning import (
    BudgetLine,
    BudgetVersion,
    Contribution,
    Indicator,
    Issue,
    Mission,
    Node,
    ParentPlan,
    StrategicPlan,
    Support,
    Target,
    WeightedPart,
)
from selaras.core.reform import ReformScore
from selaras.core.snapshot import RECORD_KINDS, Narrative, RecordKind, ReportSettings

GUIDE = "Petunjuk"
EXAMPLE = "CONTOH"
IGNORED = "#"
PARTS = ("Tahun", "Semester I", "Semester II", "TW I", "TW II", "TW III", "TW IV", *MONTHS)
MONTH_NUMBERS = tuple(str(month) for month in range(1, 13))


class Kind(StrEnum):
    """What stands in a column, in the words of the header notes."""

    TEXT = "teks"
    LONG = "teks panjang"
    CODE = "kode (teks)"
    INTEGER = "bilangan bulat"
    YEAR = "tahun"
    DECIMAL = "angka"
    AMOUNT = "rupiah"
    PERCENT = "persen"
    VALUE = "nilai indikator"
    DATE = "tanggal"
    CHOICE = "pilihan"
    YES_NO = "Ya/Tidak"
    MONTH = "bulan"
    PART = "periode"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a person fills in. `field` is the record's field; a period stands in two columns

    (`period.year`, `period.part`). `may_be_empty` lets a text stay empty that the record has no default for.
    """

    header: str
    field: str
    kind: Kind
    help: str
    example: str = ""
    width: int = 14
    may_be_empty: bool = False

    @property
    def root(self) -> str:
        """The record's field, `period` for both columns of a period."""
        return self.field.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Derived:
    """A protected column with a live formula; `rule` names the formula (`computed.py`), `of` the field it looks up."""

    header: str
    rule: str
    help: str
    of: str = ""
    width: int = 30


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its Indonesian name, the kind of record in its rows, what it is for, and its columns.

    `title` is the field that tells people what a code means. The example row is made from the columns' examples;
    `examples` are rows that stand before it, as far as they differ.
    """

    name: str
    record: type[Any]
    about: str
    columns: tuple[Column | Derived, ...]
    title: str = ""
    examples: tuple[Mapping[str, str], ...] = ()

    @property
    def inputs(self) -> tuple[Column, ...]:
        """The columns that are filled in and read."""
        return tuple(column for column in self.columns if isinstance(column, Column))

    @property
    def protected(self) -> bool:
        """Whether the sheet has computed cells to guard."""
        return len(self.inputs) < len(self.columns)

    def letter(self, field: str) -> str:
        """The letter of a field's first column in a workbook that we wrote."""
        return letter(self.position(field))

    def position(self, field: str) -> int:
        """The index from 0 of a field's first column in a workbook that we wrote."""
        names = [(item.field, item.root) if isinstance(item, Column) else (item.rule, "") for item in self.columns]
        return next(index for index, pair in enumerate(names) if field in pair)


def letter(position: int) -> str:
    """The spreadsheet letter of a column counted from 0: 0 → A, 26 → AA."""
    text = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def _text(header: str, field: str, help_: str, example: str = "", *, width: int = 24, empty: bool = False) -> Column:
    return Column(header, field, Kind.TEXT, help_, example, width, empty)


def _long(header: str, field: str, help_: str, example: str = "", *, empty: bool = False) -> Column:
    return Column(header, field, Kind.LONG, help_, example, 48, empty)


def _code(header: str, field: str, help_: str, example: str = "", *, width: int = 16) -> Column:
    return Column(header, field, Kind.CODE, help_, example, width)


def _year(help_: str, example: str = "2024", *, header: str = "Tahun", field: str = "year") -> Column:
    return Column(header, field, Kind.YEAR, help_, example, 12)


def _date(header: str, field: str, help_: str, example: str = "") -> Column:
    return Column(header, field, Kind.DATE, help_, example, 14)


def _choice(header: str, field: str, help_: str, example: str, *, width: int = 18) -> Column:
    return Column(header, field, Kind.CHOICE, help_, example, width)


def _yes_no(header: str, field: str, help_: str, example: str = "Tidak") -> Column:
    return Column(header, field, Kind.YES_NO, help_, example, 12)


def _value(header: str, field: str, help_: str, example: str = "") -> Column:
    return Column(header, field, Kind.VALUE, help_, example, 14)


def _amount(header: str, help_: str, example: str) -> Column:
    return Column(header, "amount", Kind.AMOUNT, help_, example, 20)


def _order(help_: str = "Urutan tampil dalam laporan; angka kecil lebih dahulu.") -> Column:
    return Column("Urutan", "order", Kind.INTEGER, help_, "1", 10)


def _look_up(header: str, of: str) -> Derived:
    return Derived(header, "title", "Dihitung otomatis dari kode di sebelahnya; tidak perlu diisi.", of)


def _period() -> tuple[Column, Column]:
    return (
        Column("Tahun", "period.year", Kind.YEAR, "Tahun yang diukur.", "2024", 12),
        Column(
            "Periode",
            "period.part",
            Kind.PART,
            "Bagian tahun: Tahun (setahun penuh), Semester I/II, TW I–IV, atau nama bulan.",
            "Tahun",
        ),
    )


_INDICATOR = _code("Kode Indikator", "indicator", "Kode dari lembar Indikator.", "CONTOH-IKU-1")
_INDICATOR_NAME = _look_up("Nama Indikator (otomatis)", "indicator")
_VALUE_HELP = (
    "Sesuai jenis nilai indikator: angka 1.234,5; persen 87,5%; predikat BB; Ya/Tidak; rentang 5–7. "
    "Angka tanpa tanda % pada indikator berjenis persen dibaca sebagai persen (87,5 = 87,5%)."
)

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "Instansi",
        Agency,
        "Identitas instansi; tepat satu baris. Alamat dan kontak dipakai pada sampul laporan.",
        (
            _code("Kode", "code", "Kode instansi, tetap dari tahun ke tahun.", "CONTOH-INST"),
            _text("Nama Instansi", "name", "Nama resmi lengkap.", "Dinas Contoh Kabupaten Contoh", width=44),
            _text("Nama Singkat", "short_name", "Nama singkat untuk kepala halaman.", "Dinas Contoh"),
            _choice("Jenis Instansi", "kind", "Menentukan kerangka laporan dan bentuk perjanjian kinerja.",
                    "perangkat daerah", width=22),
            _text("Instansi Induk", "parent_name", "Nama instansi di atasnya.", "Pemerintah Kabupaten Contoh", width=32),
            _text("Kota", "city", "Kota atau kabupaten kedudukan.", "Contoh"),
            _text("Alamat", "address", "Alamat kantor.", "Jalan Contoh Nomor 1", width=36),
            _text("Telepon", "phone", "Nomor telepon kantor.", "(000) 123456", width=18),
            _text("Surel", "email", "Alamat surel kantor.", "kantor@contoh.example"),
            _text("Laman", "website", "Alamat situs web.", "https://contoh.example", width=28),
        ),
    ),
    Sheet(
        "Laporan",
        ReportSettings,
        "Cara laporan tiap tahun dibuat: kerangka, skala, metode, serta siapa yang menandatangani. Satu baris per tahun.",
        (
            _year("Tahun laporan."),
            _code("Kerangka", "outline", "Kode kerangka laporan; kosong berarti lkjip-gabungan.", "lkjip-gabungan"),
            _code("Skala", "scale", "Kode skala penilaian capaian; kosong berarti seed-002.", "seed-002"),
            _code("Metode Efisiensi", "efficiency", "Kode metode efisiensi; kosong berarti rasio.", "rasio"),
            _code("Batas Capaian", "cap", "Kode aturan batas atas capaian; kosong berarti tanpa batas.", ""),
            _code("Kode Penanda Tangan", "signatory", "Kode jabatan (lembar Jabatan) yang menandatangani laporan.",
                  "CONTOH-KADIS", width=20),
            _look_up("Jabatan Penanda Tangan (otomatis)", "signatory"),
            _text("Tempat Tanda Tangan", "signed_at", "Kota tempat laporan ditandatangani.", "Contoh", width=20),
            _date("Tanggal Tanda Tangan", "signed_on", "Tanggal laporan ditandatangani.", "31/01/2025"),
            _code("Kode Pereviu", "reviewer", "Kode jabatan pereviu laporan.", "", width=16),
            _look_up("Jabatan Pereviu (otomatis)", "reviewer"),
        ),
    ),
    Sheet(
        "Unit",
        Unit,
        "Susunan organisasi: setiap unit dan unit di atasnya.",
        (
            _code("Kode", "code", "Kode unit, tidak boleh berulang.", "CONTOH-SEKRE"),
            _text("Nama Unit", "name", "Nama resmi unit.", "Sekretariat", width=40),
            _code("Kode Induk", "parent", "Kode unit di atasnya; kosong untuk unit tertinggi.", "CONTOH-DINAS"),
            _look_up("Nama Induk (otomatis)", "parent"),
            _choice("Jenis Unit", "kind", "dewan dan sekretariat dipakai KPU; selain itu unit.", "unit"),
            _yes_no("Garis Koordinasi", "coordination", "Ya bila garis ke induknya putus-putus (koordinasi)."),
            _date("Berlaku Sejak", "since", "Tanggal unit dibentuk; boleh kosong."),
            _date("Berlaku Sampai", "until", "Tanggal unit dihapus; kosong bila masih ada."),
            _order(),
        ),
        title="name",
        examples=({"code": "CONTOH-DINAS", "name": "Dinas Contoh", "parent": ""},),
    ),
    Sheet(
        "Jabatan",
        Position,
        "Jabatan di setiap unit dan jabatan atasannya.",
        (
            _code("Kode", "code", "Kode jabatan, tidak boleh berulang.", "CONTOH-KADIS"),
            _text("Nama Jabatan", "title", "Nama resmi jabatan.", "Kepala Dinas Contoh", width=40),
            _code("Kode Unit", "unit", "Kode dari lembar Unit; kosong untuk jabatan di instansi lain.", "CONTOH-DINAS"),
            _look_up("Nama Unit (otomatis)", "unit"),
            _code("Kode Atasan", "superior", "Kode jabatan atasan langsung.", "CONTOH-SEKDA"),
            _look_up("Jabatan Atasan (otomatis)", "superior"),
            _yes_no("Di Luar Instansi", "outside", "Ya bila jabatan milik instansi lain (misalnya atasan yang ikut "
                    "menandatangani); tidak dihitung dalam bagan dan tabel."),
            _order(),
        ),
        title="title",
        examples=({"code": "CONTOH-SEKDA", "title": "Sekretaris Daerah Contoh", "unit": "", "superior": "",
                   "outside": "Ya"},),
    ),
    Sheet(
        "Pejabat",
        Tenure,
        "Siapa memangku jabatan apa, sejak dan sampai kapan, definitif atau pelaksana.",
        (
            _code("Kode Jabatan", "position", "Kode dari lembar Jabatan.", "CONTOH-KADIS"),
            _look_up("Nama Jabatan (otomatis)", "position"),
            _text("Nama Pejabat", "name", "Nama lengkap dengan gelar.", "Nama Contoh, S.H.", width=32),
            _choice("Kedudukan", "capacity", "definitif, Plt., atau Plh.", "definitif", width=14),
            _date("Sejak", "since", "Tanggal mulai memangku jabatan.", "03/01/2022"),
            _date("Sampai", "until", "Tanggal berakhir; kosong bila masih memangku."),
            _text("NIP", "nip", "18 angka, ditulis sebagai teks.", "", width=22),
            _text("Pangkat/Golongan", "rank", "Pangkat dan golongan ruang.", "Pembina (IV/a)", width=22),
        ),
    ),
    Sheet(
        "Pegawai",
        Employee,
        "Pegawai untuk tabel dan grafik kepegawaian.",
        (
            _code("Kode", "code", "Kode pegawai, tidak boleh berulang.", "CONTOH-P001"),
            _text("Nama", "name", "Nama lengkap.", "Nama Contoh", width=32),
            _text("Kelompok", "group", "Baris pada tabel kepegawaian: Sekretaris, Kepala Subbagian, Staf, PPNPN, ….",
                  "Staf", width=20),
            _choice("Status", "status", "PNS, PPPK, atau PPNPN.", "PNS", width=10),
            _choice("Jenis Kelamin", "sex", "L (laki-laki) atau P (perempuan).", "P", width=10),
            _choice("Pendidikan", "education", "Pendidikan terakhir.", "S1", width=12),
            _code("Kode Unit", "unit", "Kode dari lembar Unit.", "CONTOH-SEKRE"),
            _look_up("Nama Unit (otomatis)", "unit"),
            _text("NIP", "nip", "18 angka, ditulis sebagai teks; kosong bila tidak ada.", "", width=22),
            _text("Pangkat/Golongan", "rank", "Pangkat dan golongan ruang.", "Penata (III/c)", width=22),
            _text("Tugas", "job", "Jabatan atau tugas sehari-hari.", "Pengolah data"),
            Column("Tahun Mulai", "since_year", Kind.YEAR, "Tahun mulai bekerja.", "2015", 12),
            _order(),
        ),
    ),
    Sheet(
        "DasarHukum",
        LegalBasis,
        "Peraturan yang menjadi dasar laporan, dengan status berlakunya.",
        (
            _code("Kode", "code", "Kode peraturan, tidak boleh berulang.", "CONTOH-PP-8-2006"),
            _text("Jenis", "kind", "Undang-Undang, Peraturan Pemerintah, Peraturan Presiden, ….", "Peraturan Pemerintah",
                  width=28, empty=True),
            _text("Nomor", "number", "Nomor peraturan sebagai teks; kosong bila tidak bernomor.", "8", width=12, empty=True),
            _year("Tahun peraturan.", "2006"),
            _long("Tentang", "title", "Judul peraturan.", "Pelaporan Keuangan dan Kinerja Instansi Pemerintah"),
            _text("Lembaran Negara", "gazette", "Keterangan Lembaran Negara atau Berita Negara.", "", width=32),
            _text("Perubahan", "amendment", "Peraturan yang mengubahnya.", "", width=32),
            _choice("Status", "status", "Status berlaku sesudah diperiksa.", "berlaku", width=16),
            _text("Catatan", "note", "Catatan untuk status.", ""),
            _order("Urutan dalam daftar; umumnya menurut tata urutan peraturan."),
        ),
    ),
    Sheet(
        "RencanaInduk",
        ParentPlan,
        "Rencana di atas Renstra: RPJPN/D, RPJMN/D, RPD, atau Renstra instansi induk.",
        (
            _code("Kode", "code", "Kode rencana, tidak boleh berulang.", "CONTOH-RPD"),
            _text("Nama Rencana", "name", "Nama resmi rencana.", "Rencana Pembangunan Daerah", width=40),
            _year("Tahun pertama.", "2024", header="Tahun Awal", field="first_year"),
            _year("Tahun terakhir.", "2026", header="Tahun Akhir", field="last_year"),
            _text("Dasar Hukum", "legal_basis", "Peraturan yang menetapkannya.", "", width=36),
        ),
        title="name",
    ),
    Sheet(
        "Renstra",
        StrategicPlan,
        "Rencana strategis instansi: masa berlaku, visi, dan rencana induknya.",
        (
            _code("Kode", "code", "Kode Renstra, tidak boleh berulang.", "CONTOH-RENSTRA"),
            _text("Nama Renstra", "name", "Nama resmi dokumen.", "Rencana Strategis Dinas Contoh", width=40),
            _year("Tahun pertama.", "2024", header="Tahun Awal", field="first_year"),
            _year("Tahun terakhir.", "2026", header="Tahun Akhir", field="last_year"),
            _long("Visi", "vision", "Visi; kosong bila tidak ada."),
            _code("Kode Rencana Induk", "parent", "Kode dari lembar RencanaInduk.", "CONTOH-RPD", width=20),
            _look_up("Nama Rencana Induk (otomatis)", "parent"),
            _text("Dasar Hukum", "legal_basis", "Peraturan yang menetapkannya.", "", width=36),
        ),
        title="name",
    ),
    Sheet(
        "Misi",
        Mission,
        "Misi (atau mandat) dari Renstra, berurutan.",
        (
            _code("Kode Renstra", "plan", "Kode dari lembar Renstra.", "CONTOH-RENSTRA"),
            _order("Misi ke berapa."),
            _long("Bunyi Misi", "text", "Bunyi misi.", "Mewujudkan pelayanan publik yang mudah dijangkau."),
        ),
    ),
    Sheet(
        "Permasalahan",
        Issue,
        "Permasalahan utama atau isu strategis instansi.",
        (
            _code("Kode", "code", "Kode permasalahan, tidak boleh berulang.", "CONTOH-ISU-1"),
            _long("Permasalahan", "text", "Uraian permasalahan.", "Belum semua layanan dapat diakses secara daring."),
            _order(),
        ),
    ),
    Sheet(
        "PohonKinerja",
        Node,
        "Pohon kinerja: tujuan, sasaran, program, kegiatan, sub kegiatan, masing-masing menunjuk induknya.",
        (
            _code("Kode", "code", "Kode simpul, tidak boleh berulang.", "CONTOH-S1"),
            _choice("Tingkat", "level", "Tingkat dalam pohon; anak selalu lebih rendah dari induknya.", "sasaran"),
            _long("Uraian", "title", "Rumusan tujuan/sasaran atau nama program/kegiatan.",
                  "Meningkatnya kualitas pelayanan publik"),
            _code("Kode Induk", "parent", "Kode simpul di atasnya; kosong untuk tujuan.", "CONTOH-T1"),
            _look_up("Uraian Induk (otomatis)", "parent"),
            _code("Kode Unit", "owner", "Kode unit penanggung jawab.", "CONTOH-DINAS"),
            _look_up("Nama Unit (otomatis)", "owner"),
            _code("Kode Rekening", "number", "Kode resmi program/kegiatan, ditulis sebagai teks.", "", width=20),
            _text("Nomenklatur", "nomenclature", "Peraturan nomenklatur yang dipakai kode itu.", ""),
            _order(),
        ),
        title="title",
        examples=(
            {"code": "CONTOH-T1", "level": "tujuan", "title": "Terwujudnya pelayanan publik yang baik", "parent": ""},
            {"code": "CONTOH-P1", "level": "program", "title": "Program Pelayanan Publik", "parent": "CONTOH-S1",
             "number": "4.01.02"},
            {"code": "CONTOH-SK1", "level": "sub kegiatan", "title": "Penyusunan standar pelayanan",
             "parent": "CONTOH-P1", "owner": "CONTOH-SEKRE", "number": "4.01.02.1.01.0001"},
        ),
    ),
    Sheet(
        "Lintas",
        Contribution,
        "Kinerja lintas unit: unit lain yang ikut menyumbang pada suatu simpul.",
        (
            _code("Kode Simpul", "node", "Kode dari lembar PohonKinerja.", "CONTOH-S1"),
            _look_up("Uraian Simpul (otomatis)", "node"),
            _code("Kode Unit", "unit", "Kode unit penyumbang.", "CONTOH-SEKRE"),
            _look_up("Nama Unit (otomatis)", "unit"),
            _long("Sumbangan", "gives", "Apa yang disumbangkan.", "Data survei kepuasan", empty=True),
        ),
    ),
    Sheet(
        "Indikator",
        Indicator,
        "Indikator kinerja dengan satuan, jenis nilai, arah, dan cara menghitungnya.",
        (
            _code("Kode", "code", "Kode indikator, tidak boleh berulang.", "CONTOH-IKU-1"),
            _code("Kode Simpul", "node", "Kode simpul yang diukur (lembar PohonKinerja).", "CONTOH-S1"),
            _look_up("Uraian Simpul (otomatis)", "node"),
            _long("Nama Indikator", "name", "Rumusan indikator.", "Persentase layanan yang memenuhi standar"),
            _choice("Tingkat", "level", "Apa yang diukur; jangan memakai singkatan IKK atau IKSK.", "indikator sasaran",
                    width=22),
            _choice("Jenis", "kind", "masukan, keluaran, hasil, manfaat, atau dampak.", "hasil", width=12),
            _text("Satuan", "unit", "Satuan: %, nilai, dokumen, orang, ….", "%", width=12, empty=True),
            _choice("Jenis Nilai", "value_kind", "angka, persen, predikat (BB, WTP), atau ya/tidak.", "persen", width=12),
            _choice("Arah", "polarity", "naik: makin besar makin baik; turun: makin kecil makin baik; rentang.", "naik",
                    width=12),
            _choice("Cara Realisasi", "formula", "Nilai langsung, pembilang/penyebut, atau bobot.", "pembilang/penyebut",
                    width=20),
            _choice("Agregasi", "aggregation", "Cara nilai setahun dibentuk dari periodenya; persen, predikat, dan "
                    "ya/tidak tidak boleh dijumlahkan.", "terakhir", width=14),
            _choice("Rumus Arah Turun", "lower_method", "Wajib bila arah turun: 2T = (2×target − realisasi) ÷ target; "
                    "inversi = target ÷ realisasi.", ""),
            Column("Batas Capaian (%)", "cap", Kind.PERCENT, "Capaian tercetak paling tinggi, misalnya 120; boleh kosong.",
                   "", 12),
            _code("Skala Predikat", "grade_scale", "Wajib bila jenis nilai predikat: kode skala, misalnya akip atau opini.",
                  ""),
            _yes_no("IKU", "iku", "Ya bila termasuk indikator kinerja utama.", "Ya"),
            _long("Pembilang", "numerator", "Apa yang dihitung sebagai pembilang.", "Jumlah layanan yang memenuhi standar"),
            _long("Penyebut", "denominator", "Apa yang dihitung sebagai penyebut.", "Jumlah seluruh layanan"),
            _long("Definisi Operasional", "definition", "Penjelasan cara mengukur."),
            _text("Sumber Data", "source", "Dari mana datanya.", "Laporan bulanan layanan"),
            _code("Kode Penanggung Jawab", "responsible", "Kode jabatan penanggung jawab data.", "CONTOH-KADIS", width=22),
            _look_up("Jabatan Penanggung Jawab (otomatis)", "responsible"),
            Column("Tahun Awal", "baseline_year", Kind.YEAR, "Tahun data awal sebelum Renstra.", "2023", 12),
            _value("Nilai Awal", "baseline", "Nilai pada tahun awal. " + _VALUE_HELP, "80%"),
            _value("Standar Nasional", "standard", "Nilai standar nasional bila ada. " + _VALUE_HELP, ""),
            _text("Sumber Standar", "standard_source", "Dokumen yang memuat standar nasional.", ""),
            _order(),
        ),
        title="name",
        examples=(
            {"code": "CONTOH-IKU-2", "name": "Nilai kualitas pelayanan", "unit": "Nilai", "value_kind": "angka",
             "formula": "bobot", "numerator": "", "denominator": "", "baseline": "72,5"},
        ),
    ),
    Sheet(
        "Bobot",
        WeightedPart,
        "Bagian dari indikator berbobot; jumlah bobot satu indikator 100%.",
        (
            _code("Kode Indikator", "indicator", "Kode indikator berbobot.", "CONTOH-IKU-2"),
            _INDICATOR_NAME,
            _code("Kode Bagian", "part", "Kode indikator yang menjadi bagiannya.", "CONTOH-IKU-1"),
            _look_up("Nama Bagian (otomatis)", "part"),
            Column("Bobot (%)", "weight", Kind.PERCENT, "Bobot bagian dalam persen: 40 berarti 40%.", "40", 12),
        ),
    ),
    Sheet(
        "Target",
        Target,
        "Target indikator per periode dan dokumen. Target perjanjian kinerja diisi di lembar PKIndikator.",
        (
            _INDICATOR,
            _INDICATOR_NAME,
            *_period(),
            _choice("Dokumen", "document", "Dokumen yang menetapkan target.", "Renstra", width=14),
            _value("Target", "value", _VALUE_HELP, "85%"),
        ),
    ),
    Sheet(
        "Penunjang",
        Support,
        "Program, kegiatan, atau sub kegiatan yang menunjang indikator, dan apakah berhasil menunjang.",
        (
            _INDICATOR,
            _INDICATOR_NAME,
            _code("Kode Simpul", "node", "Kode program/kegiatan (lembar PohonKinerja).", "CONTOH-P1"),
            _look_up("Uraian Simpul (otomatis)", "node"),
            _yes_no("Menunjang", "supports", "Tidak bila ternyata tidak menunjang.", "Ya"),
            _long("Alasan", "reason", "Mengapa menunjang atau tidak."),
        ),
    ),
    Sheet(
        "VersiAnggaran",
        BudgetVersion,
        "Versi anggaran tahun berjalan: murni, revisi, perubahan. Urutan terbesar yang berlaku.",
        (
            _code("Kode Versi", "code", "Kode versi, tidak boleh berulang dalam satu tahun.", "CONTOH-MURNI"),
            _year("Tahun anggaran."),
            _text("Nama Versi", "name", "Nama versi.", "APBD murni"),
            _order("Versi dengan urutan terbesar adalah yang berlaku."),
            _date("Tanggal", "dated", "Tanggal penetapan."),
            _long("Alasan", "reason", "Mengapa versi ini dibuat."),
            Derived("Berlaku (otomatis)", "in_force", "Ya bila versi ini yang berlaku pada tahunnya.", width=12),
        ),
    ),
    Sheet(
        "Anggaran",
        BudgetLine,
        "Pagu pada tingkat terbawah pohon kinerja, dalam rupiah. Jumlah ke atas dihitung, tidak diketik.",
        (
            _code("Kode Simpul", "node", "Kode sub kegiatan/kegiatan (lembar PohonKinerja).", "CONTOH-SK1"),
            _look_up("Uraian Simpul (otomatis)", "node"),
            _year("Tahun anggaran."),
            _code("Kode Versi", "version", "Kode dari lembar VersiAnggaran.", "CONTOH-MURNI"),
            _choice("Sumber Dana", "source", "APBD, APBN, atau Hibah.", "APBD", width=12),
            _amount("Pagu (Rp)", "Pagu dalam rupiah.", "150000000"),
            Derived("Berlaku (otomatis)", "in_force", "Ya bila versinya yang berlaku.", width=12),
        ),
    ),
    Sheet(
        "PK",
        Agreement,
        "Perjanjian kinerja dan perubahannya.",
        (
            _code("Kode PK", "code", "Kode perjanjian, tidak boleh berulang; PK perubahan berkode sendiri.", "CONTOH-PK-1"),
            _year("Tahun perjanjian."),
            _code("Kode Pihak Pertama", "promiser", "Kode jabatan yang berjanji.", "CONTOH-KADIS", width=20),
            _look_up("Jabatan Pihak Pertama (otomatis)", "promiser"),
            _code("Kode Pihak Kedua", "superior", "Kode jabatan atasan; kosong bila PK sepihak.", "CONTOH-SEKDA", width=20),
            _look_up("Jabatan Pihak Kedua (otomatis)", "superior"),
            Column("Versi", "version", Kind.INTEGER, "0 untuk PK awal, 1 untuk perubahan pertama, dan seterusnya.", "0", 10),
            _date("Tanggal", "signed_on", "Tanggal ditandatangani.", "15/01/2024"),
            _text("Tempat", "signed_at", "Kota tempat ditandatangani.", "Contoh", width=18),
            _choice("Alasan Perubahan", "reason", "Wajib bila versi lebih dari 0: salah satu dari tiga alasan yang sah.", "",
                    width=30),
            _long("Keterangan Alasan", "reason_note", "Penjelasan alasan perubahan."),
        ),
    ),
    Sheet(
        "PKIndikator",
        AgreementLine,
        "Indikator yang diperjanjikan, persis seperti tertulis dalam PK.",
        (
            _code("Kode PK", "agreement", "Kode dari lembar PK.", "CONTOH-PK-1"),
            _order("Urutan dalam lampiran PK."),
            _long("Sasaran", "sasaran", "Sasaran seperti tertulis dalam PK.", "Meningkatnya kualitas pelayanan publik",
                  empty=True),
            _long("Bunyi Indikator", "wording", "Indikator seperti tertulis dalam PK.",
                  "Persentase layanan yang memenuhi standar"),
            _value("Target", "target", "Target seperti tertulis dalam PK. Angka tanpa tanda % dibaca sebagai persen hanya "
                   "bila satuannya % atau persen.", "85%"),
            _text("Satuan", "unit", "Satuan seperti tertulis dalam PK.", "%", width=12, empty=True),
            _code("Kode Indikator", "indicator", "Indikator yang dimaksud; kosong bila tidak ada.", "CONTOH-IKU-1"),
            _INDICATOR_NAME,
        ),
    ),
    Sheet(
        "PKProgram",
        AgreementProgramme,
        "Program dan anggarannya, persis seperti tertulis dalam PK.",
        (
            _code("Kode PK", "agreement", "Kode dari lembar PK.", "CONTOH-PK-1"),
            _order("Urutan dalam lampiran PK."),
            _long("Bunyi Program", "wording", "Program seperti tertulis dalam PK.", "Program Pelayanan Publik"),
            _amount("Anggaran (Rp)", "Anggaran dalam rupiah.", "150000000"),
            _choice("Sumber Dana", "source", "APBD, APBN, atau Hibah.", "APBD", width=12),
            _code("Kode Simpul", "node", "Program yang dimaksud (lembar PohonKinerja); kosong bila tidak ada.", "CONTOH-P1"),
            _look_up("Uraian Simpul (otomatis)", "node"),
        ),
    ),
    Sheet(
        "Realisasi",
        Realisation,
        "Realisasi indikator per periode. Bila pembilang dan penyebut diisi, nilainya dihitung dari keduanya.",
        (
            _INDICATOR,
            _INDICATOR_NAME,
            *_period(),
            _value("Realisasi", "value", "Kosongkan bila pembilang dan penyebut diisi. " + _VALUE_HELP, ""),
            Column("Pembilang", "numerator", Kind.DECIMAL, "Angka pembilang.", "35"),
            Column("Penyebut", "denominator", Kind.DECIMAL, "Angka penyebut.", "40"),
            Derived("Persen (otomatis)", "ratio", "Pembilang ÷ penyebut × 100%, dihitung otomatis.", width=14),
            _choice("Status", "status", "draf, diajukan, terverifikasi, atau terkunci.", "draf", width=14),
            _text("Diisi Oleh", "entered_by", "Yang mengisi.", ""),
            _text("Diverifikasi Oleh", "verified_by", "Yang memverifikasi.", ""),
            _long("Catatan", "note", "Catatan pengisian atau pengembalian."),
        ),
    ),
    Sheet(
        "Bukti",
        Evidence,
        "Bukti realisasi: berkas, tautan, atau register.",
        (
            _INDICATOR,
            _INDICATOR_NAME,
            *_period(),
            _choice("Jenis Bukti", "kind", "berkas, tautan, atau register.", "tautan", width=12),
            _text("Judul Bukti", "title", "Nama bukti; tidak boleh berulang dalam satu periode.", "Laporan layanan",
                  width=36),
            _text("Letak", "target", "Nama berkas, alamat tautan, atau nama register.", "https://contoh.example/bukti",
                  width=36, empty=True),
            _text("SHA-256", "sha256", "Sidik berkas; dibuat oleh sistem.", "", width=20),
            _date("Tanggal Bukti", "dated", "Tanggal bukti.", ""),
        ),
    ),
    Sheet(
        "Analisis",
        Explanation,
        "Penjelasan instansi atas tercapai atau tidaknya indikator.",
        (
            _INDICATOR,
            _INDICATOR_NAME,
            _year("Tahun laporan."),
            _long("Penyebab", "cause", "Penyebab keberhasilan atau kegagalan."),
            _long("Hambatan", "obstacle", "Hambatan yang dihadapi."),
            _long("Solusi", "solution", "Solusi yang telah dilakukan."),
            _long("Rencana Lanjutan", "next_step", "Langkah tahun berikutnya."),
            _long("Efisiensi", "efficiency", "Penjelasan efisiensi penggunaan sumber daya."),
        ),
    ),
    Sheet(
        "Hambatan",
        Obstacle,
        "Hambatan dan kendala per sasaran, tindak lanjut, penanggung jawab, dan tenggatnya.",
        (
            _code("Kode", "code", "Kode hambatan, tidak boleh berulang dalam satu tahun.", "CONTOH-H1"),
            _year("Tahun laporan."),
            _code("Kode Simpul", "node", "Kode sasaran (lembar PohonKinerja).", "CONTOH-S1"),
            _look_up("Uraian Simpul (otomatis)", "node"),
            _long("Hambatan", "obstacle", "Uraian hambatan.", "Sebagian layanan belum memiliki standar"),
            _long("Kendala", "constraint", "Uraian kendala."),
            _long("Tindak Lanjut", "follow_up", "Tindak lanjut yang direncanakan."),
            _code("Kode Penanggung Jawab", "responsible", "Kode jabatan penanggung jawab tindak lanjut.", "CONTOH-KADIS",
                  width=22),
            _look_up("Jabatan Penanggung Jawab (otomatis)", "responsible"),
            _date("Tenggat", "due", "Tanggal tenggat.", "30/06/2025"),
            _choice("Status", "status", "belum, berjalan, atau selesai.", "belum", width=12),
            _order(),
        ),
    ),
    Sheet(
        "RealisasiAnggaran",
        Spending,
        "Realisasi anggaran per bulan pada tingkat terbawah, dalam rupiah, tidak kumulatif.",
        (
            _code("Kode Simpul", "node", "Kode sub kegiatan/kegiatan (lembar PohonKinerja).", "CONTOH-SK1"),
            _look_up("Uraian Simpul (otomatis)", "node"),
            _year("Tahun anggaran."),
            Column("Bulan", "month", Kind.MONTH, "Angka bulan 1–12; nama bulan juga terbaca.", "1", 10),
            _amount("Realisasi (Rp)", "Realisasi bulan itu saja, dalam rupiah.", "12500000"),
            Derived("Pagu (otomatis)", "ceiling", "Pagu versi yang berlaku.", width=20),
            Derived("Kumulatif (otomatis)", "cumulative", "Jumlah realisasi sampai dengan bulan itu.", width=20),
            Derived("Serapan (otomatis)", "absorption", "Kumulatif ÷ pagu × 100%.", width=12),
        ),
    ),
    Sheet(
        "MutuData",
        DataQuality,
        "Pernyataan mutu data tiap indikator.",
        (
            _INDICATOR,
            _INDICATOR_NAME,
            _year("Tahun laporan."),
            _long("Cara Verifikasi", "verification", "Bagaimana data diperiksa."),
            _long("Sumber", "source", "Asal data."),
            _long("Keterbatasan", "limits", "Keterbatasan data."),
        ),
    ),
    Sheet(
        "Foto",
        PhotoRecord,
        "Foto kegiatan dengan keterangan bertanggal.",
        (
            _code("Kode", "code", "Kode foto, tidak boleh berulang dalam satu tahun.", "CONTOH-F1"),
            _year("Tahun laporan."),
            _long("Keterangan", "caption", "Keterangan foto.", "Rapat evaluasi kinerja triwulan I"),
            _date("Tanggal", "taken", "Tanggal foto diambil.", "05/04/2024"),
            _text("Tempat", "location", "Tempat kegiatan.", "Ruang rapat"),
            _text("Berkas", "file", "Nama berkas foto, bila sudah diunggah.", ""),
            _order(),
        ),
    ),
    Sheet(
        "IndeksRB",
        ReformScore,
        "Lembar nilai Indeks Reformasi Birokrasi seperti diterima dari evaluator.",
        (
            _year("Tahun penilaian."),
            Column("RB General Awal", "general_initial", Kind.DECIMAL, "Nilai RB General sebelum koefisien.", "82,5", 16),
            Column("Koefisien", "coefficient", Kind.DECIMAL, "Koefisien penyesuaian.", "1", 12),
            Column("RB Tematik", "thematic", Kind.DECIMAL, "Nilai RB Tematik.", "8,25", 12),
            Column("Bobot Total", "total_weight", Kind.DECIMAL, "Bobot seluruh komponen; kosong berarti 100.", "100", 12),
            Column("Bobot Disesuaikan", "adjusted_weight", Kind.DECIMAL,
                   "Bobot komponen yang dinilai; kosong berarti 100.", "100", 18),
            _text("Objek", "subject", "Yang dinilai.", "Kabupaten Contoh", width=32),
            _text("Sumber", "source", "Surat atau lembar hasil evaluasi.", "", width=32),
        ),
    ),
    Sheet(
        "Narasi",
        Narrative,
        "Kalimat instansi sendiri untuk bagian laporan. Beberapa baris menjadi beberapa paragraf berurutan.",
        (
            _code("Bagian", "section", "Kunci bagian dalam kerangka laporan.", "CONTOH-pengantar"),
            _year("Tahun laporan."),
            _order("Urutan paragraf dalam bagiannya."),
            Column("Narasi", "text", Kind.LONG, "Satu paragraf.", "Laporan ini disusun sebagai pertanggungjawaban.", 90),
        ),
    ),
)  # fmt: skip

KINDS: dict[type[Any], RecordKind] = {kind.record: kind for kind in RECORD_KINDS}
BY_RECORD: dict[type[Any], Sheet] = {sheet.record: sheet for sheet in SHEETS}
BY_NAME: dict[str, Sheet] = {sheet.name: sheet for sheet in SHEETS}
REFERRED: frozenset[type[Any]] = frozenset(target for kind in RECORD_KINDS for _, target in kind.references)


_HINTS: dict[type[Any], dict[str, Any]] = {sheet.record: get_type_hints(sheet.record) for sheet in SHEETS}
_FIELDS: dict[type[Any], dict[str, Field[Any]]] = {
    sheet.record: {item.name: item for item in fields(sheet.record)} for sheet in SHEETS
}


def _members(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def choices(sheet: Sheet, column: Column) -> tuple[str, ...]:
    """The values that a column allows, as written in the cell; empty if it is free."""
    if column.kind is Kind.CHOICE:
        enum = enumeration(sheet, column)
        return tuple(str(member.value) for member in enum)
    return {Kind.YES_NO: ("Ya", "Tidak"), Kind.PART: PARTS, Kind.MONTH: MONTH_NUMBERS}.get(column.kind, ())


def enumeration(sheet: Sheet, column: Column) -> type[StrEnum]:
    """The enumeration behind a column of choices."""
    members = _members(_HINTS[sheet.record][column.root])
    return next(member for member in members if isinstance(member, type) and issubclass(member, StrEnum))


def required(sheet: Sheet, column: Column) -> bool:
    """Whether a row cannot do without the column: the record has no default for it and it may not be empty."""
    if column.may_be_empty:
        return False
    item = _FIELDS[sheet.record][column.root]
    has_default = item.default is not MISSING or item.default_factory is not MISSING
    return not has_default and type(None) not in _members(_HINTS[sheet.record][column.root])


USES_DEFAULT = object()


def stand_in(sheet: Sheet, column: Column) -> Any:
    """What an empty cell stands for where the record has no default; USES_DEFAULT where it has one or needs the cell."""
    item = _FIELDS[sheet.record][column.root]
    has_default = item.default is not MISSING or item.default_factory is not MISSING
    if has_default or required(sheet, column):
        return USES_DEFAULT
    return "" if column.may_be_empty else None


def reference(sheet: Sheet, field: str) -> type[Any] | None:
    """The kind of record that a field names by code, None if it names none."""
    kind = KINDS.get(sheet.record)
    return dict(kind.references).get(field) if kind else None


@dataclass(frozen=True, slots=True)
class ColumnHelp:
    """A column as the documentation shows it."""

    header: str
    field: str
    kind: str
    required: bool
    computed: bool
    choices: tuple[str, ...]
    refers_to: str
    help: str
    example: str


@dataclass(frozen=True, slots=True)
class SheetHelp:
    """A sheet as the documentation shows it."""

    name: str
    about: str
    columns: tuple[ColumnHelp, ...]


def describe() -> list[SheetHelp]:
    """All sheets with their columns, helps and examples, in the order of the workbook, for generated documentation."""
    return [SheetHelp(sheet.name, sheet.about, tuple(_column_helps(sheet))) for sheet in SHEETS]


def _column_helps(sheet: Sheet) -> Iterator[ColumnHelp]:
    for item in sheet.columns:
        if isinstance(item, Derived):
            yield ColumnHelp(item.header, "", "dihitung", False, True, (), "", item.help, "")
            continue
        target = reference(sheet, item.field)
        refers_to = BY_RECORD[target].name if target else ""
        yield ColumnHelp(
            item.header, item.field, item.kind.value, required(sheet, item), False,
            choices(sheet, item), refers_to, item.help, item.example,
        )  # fmt: skip
