"""The report of a culture study: basis, method, results, survey, findings with their evidence, limits, follow-up.

What the material does not show is said where the reader looks for it: silence is printed, not left out.
"""

from __future__ import annotations

from fractions import Fraction

from selaras.core.calendar import format_date
from selaras.core.culture.displays import accounting_log
from selaras.core.culture.index import percent
from selaras.core.culture.saturation import curve, runs
from selaras.core.culture.sources import independent
from selaras.core.culture.support import role_groups
from selaras.core.document import (
    Contents,
    ContentsKind,
    Cover,
    Division,
    Document,
    Numbering,
    PageBreak,
    PageNumbers,
    Row,
    text,
)
from selaras.core.numerals import format_number
from selaras.core.reporting.composition import Composition, cell, columns, counted, head, reference
from selaras.core.reporting.culture_evidence import capital, codebook_table, conclusion_parts, construct_part, matrices
from selaras.core.reporting.culture_facts import StudyFacts
from selaras.core.reporting.culture_follow_up import four_levels, performance, steps
from selaras.core.reporting.culture_survey import tell_national, tell_survey
from selaras.core.reporting.sentences import count
from selaras.core.reporting.work import FOOTER

KIND = "budaya-kerja"
BASIS = (
    "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara, Pasal 3 dan Pasal 4",
    "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 39 Tahun 2012 tentang Pedoman "
    "Pengembangan Budaya Kerja",
)
BASE = 4
"""Accounts in the base of the saturation figure (Guest, Namey and Chen 2020)."""


def compose(facts: StudyFacts) -> Document:
    """The report of one study."""
    out = Composition()
    study = facts.example.study
    running = f"Evaluasi Pelaksanaan Budaya Kerja {facts.agency.name} Tahun {facts.year}"
    out.add(
        Cover(
            "LAPORAN EVALUASI PELAKSANAAN BUDAYA KERJA",
            facts.year,
            facts.agency.name,
            facts.agency.parent_name,
            study.title,
        )
    )
    out.add(Division(PageNumbers.ROMAN, running=running, restart=True))
    _front(out, facts)
    for number, (title, fill) in enumerate(CHAPTERS, 1):
        out.begin(str(number))
        out.add(Division(PageNumbers.ARABIC, running=running, restart=number == 1) if number == 1 else PageBreak())
        out.heading(1, title, f"BAB {ROMAN[number - 1]}", key=f"bab-{number}")
        fill(out, facts)
    out.begin("L")
    out.add(PageBreak())
    out.heading(1, "LAMPIRAN", key="lampiran")
    _annex(out, facts)
    return Document(running, KIND, facts.agency.name, facts.year, tuple(out.blocks), subject=study.title, footer=FOOTER)


def _front(out: Composition, facts: StudyFacts) -> None:
    out.heading(1, "RINGKASAN", key="ringkasan")
    _demo(out, facts)
    verdicts: dict[str, int] = {}
    for found in facts.strengths.values():
        verdicts[found.verdict] = verdicts.get(found.verdict, 0) + 1
    material = facts.example.material
    out.generated(
        f"Studi ini memuat {count(len(facts.example.conclusions))} simpulan atas {count(len(material.segments))} penggalan dari "
        f"{count(_accounts(facts))} akun mandiri. Menurut aturan kekuatan bukti: "
        + (", ".join(f"{number} {verdict}" for verdict, number in verdicts.items()) or "belum ada simpulan") + "."
    )  # fmt: skip
    if facts.claims:
        out.generated(f"Klaim tanpa bukti ditemukan pada {', '.join(_named(facts, code) for code in facts.claims)}.")
    if facts.banners:
        out.generated("Triangulasi metode dinyatakan, belum ditunjukkan.")
    out.add(PageBreak())
    out.heading(1, "DAFTAR ISI", key="daftar-isi")
    out.add(Contents(ContentsKind.HEADINGS))
    out.heading(1, "DAFTAR TABEL", key="daftar-tabel")
    out.add(Contents(ContentsKind.TABLES))


def _demo(out: Composition, facts: StudyFacts) -> None:
    if facts.demo:
        out.empty(facts.demo)


def _opening(out: Composition, facts: StudyFacts) -> None:
    study = facts.example.study
    out.heading(2, "Dasar Hukum", "A.")
    own = tuple(line.strip() for line in facts.legal_basis.splitlines() if line.strip())
    out.listing([text(line) for line in (*BASIS, *own)])
    out.heading(2, "Tujuan dan Pertanyaan", "B.")
    out.paragraph(
        "Evaluasi ini menilai bagaimana kepemimpinan dan budaya kerja dialami di tempat kerja, agar perbaikan dapat dipilih dari "
        "bukti. Evaluasi ini tidak menilai orang."
    )
    if facts.question:
        out.paragraph(facts.question)
    else:
        out.empty("Pertanyaan studi belum dirumuskan.")
    out.heading(2, "Kerangka", "C.")
    framework = facts.example.framework
    body = [
        Row(
            (cell(node.code), cell(f"{'– ' * (len(framework.line(node.code)) - 1)}{node.name}"), cell(node.level.value))
        )
        for node in framework.nodes
    ]
    table = out.table("kerangka", f"Kerangka {framework.name}", columns((16, "l"), (62, "l"), (22, "l")),
                      (head("Kode", "Unsur", "Tingkat"), counted(3)), body, source=framework.source.text)  # fmt: skip
    out.paragraph(
        "Kerangka yang sama menjadi buku kode wawancara dan kuesioner, sebagaimana disajikan dalam ",
        reference(table),
        ".",
    )
    out.add(table)
    if study.source and study.source != framework.source.text:
        out.note(f"Sumber studi: {study.source}")


def _method(out: Composition, facts: StudyFacts) -> None:
    study, material = facts.example.study, facts.example.material
    out.heading(2, "Rancangan", "A.")
    said = [("Rancangan", study.design), ("Pemilihan informan", study.sampling), ("Analisis", study.analysis),
            ("Metode yang dinyatakan", ", ".join(study.methods)), ("Keabsahan yang dinyatakan", ", ".join(study.validity)),
            ("Tempat", facts.places)]  # fmt: skip
    for name, words in said:
        if words:
            out.paragraph(words, lead=name)
    if not any(words for _name, words in said):
        out.empty("Rancangan, pemilihan informan, dan cara analisis belum dicatat.")
    out.heading(2, "Informan", "B.")
    _informants(out, facts)
    out.heading(2, "Log Sumber", "C.")
    rows = accounting_log(material)
    body = [
        Row(
            (
                cell(code),
                cell(method.value),
                cell(format_date(held) if held else "tidak dilaporkan"),
                cell(str(number)),
                cell(gap or "–"),
            )
        )
        for code, method, held, number, gap in rows
    ]
    if body:
        table = out.table("log-sumber", "Log Sumber", columns((12, "l"), (18, "l"), (24, "l"), (14, "r"), (32, "l")),
                          (head("Sumber", "Metode", "Tanggal", "Penggalan", "Kekosongan"), counted(5)), body)  # fmt: skip
        out.paragraph("Semua yang dikumpulkan, termasuk yang kosong, disajikan dalam ", reference(table), ".")
        out.add(table)
    else:
        out.empty("Tidak ada sumber yang dikumpulkan.")
    _saturation(out, facts)
    out.heading(2, "Keterbatasan", "D.")
    _limits(out, facts)


def _informants(out: Composition, facts: StudyFacts) -> None:
    material = facts.example.material
    if not material.informants:
        out.empty("Informan tidak dilaporkan.")
        return
    body = []
    for group in role_groups(material):
        people = [person for person in material.informants if person.group == group]
        reasons = "; ".join(dict.fromkeys(person.reason for person in people if person.reason)) or "tidak dicatat"
        body.append(Row((cell(group), cell(str(len(people))), cell(reasons))))
    table = out.table("informan", "Informan Menurut Kelompok Peran", columns((26, "l"), (14, "r"), (60, "l")),
                      (head("Kelompok Peran", "Jumlah", "Alasan Pemilihan"), counted(3)), body)  # fmt: skip
    out.generated(
        f"Informan berjumlah {count(len(material.informants))} orang dalam {count(_accounts(facts))} akun mandiri; jawaban bersama "
        "dihitung satu akun. Rinciannya disajikan dalam ", reference(table), ".",
    )  # fmt: skip
    out.add(table)


def _saturation(out: Composition, facts: StudyFacts) -> None:
    found = curve(facts.example.material)
    if not found.order:
        return
    reached = [run for run in runs(found, base=BASE) if run.reached()]
    new = ", ".join(str(number) for number in found.new)
    said = f"Kode baru menurut urutan akun: {new}; kumulatif {found.cumulative[-1]}. "
    if reached:
        first = reached[0]
        said += f"Kejenuhan tercapai pada {first.base}+{first.length} akun (informasi baru {_share(first.ratio)}, batas 5%)."
    else:
        said += "Kejenuhan belum ditunjukkan."
    out.generated(said)
    out.note("Urutan akun mengikuti tanggal pengumpulan; akun tanpa tanggal mengikuti urutan daftar.")


def _share(ratio: Fraction) -> str:
    return f"{format_number(percent(ratio), places=1)}%"


def _limits(out: Composition, facts: StudyFacts) -> None:
    study = facts.example.study
    lines = [f"{flag.message} {_detail(flag.stated, flag.expected)}".strip() for flag in facts.flags]
    lines += [f"Tidak dilaporkan: {item}." for item in study.not_reported]
    lines.append("Simpulan menggambarkan pengalaman yang diceritakan; rancangan ini tidak menguji sebab-akibat.")
    out.listing([text(line) for line in lines], Numbering.DECIMAL)


def _detail(stated: str, expected: str) -> str:
    said = [
        f"Tertulis: {stated.rstrip('.')}." if stated else "",
        f"Diperlukan: {expected.rstrip('.')}." if expected else "",
    ]
    return " ".join(item for item in said if item)


def _results(out: Composition, facts: StudyFacts) -> None:
    out.note(facts.rule)
    for number, construct in enumerate(facts.example.framework.constructs()):
        out.heading(2, capital(construct.name), f"{chr(ord('A') + number)}.")
        construct_part(out, facts, construct.code)


def _survey(out: Composition, facts: StudyFacts) -> None:
    if not facts.surveys:
        out.empty("Survei belum dilakukan atau respondennya terlalu sedikit untuk diterbitkan.")
    for survey in facts.surveys:
        tell_survey(out, survey)
    if facts.told and facts.scores:
        out.note(f"Skor dalam perhitungan: {'; '.join(f'{code} = {name}' for code, name in facts.scores)}.")
    for told in facts.told:
        out.heading(2, f"{told.kind.capitalize()} ({told.survey})")
        out.listing([text(line) for line in told.sentences], Numbering.NONE)
        out.note(f"Perhitungan tanggal {format_date(told.made)}, sidik data {told.digest[:16]}.")
    tell_national(out, facts.national)


def _annex(out: Composition, facts: StudyFacts) -> None:
    out.heading(2, "Buku Kode", "1.")
    codebook_table(out, facts)
    out.heading(2, "Matriks Triangulasi", "2.")
    matrices(out, facts)
    out.heading(2, "Penekanan Data", "3.")
    out.paragraph(
        f"Hasil survei kelompok dengan kurang dari {facts.k_publish} responden tidak disajikan, begitu pula kelompok lain yang "
        "memungkinkan angkanya dihitung dari selisih. Informan disebut dengan kelompok peran; kutipan hanya dari informan yang "
        "menyetujui pengutipan."
    )


def _accounts(facts: StudyFacts) -> int:
    return independent(facts.example.material.sources)


def _named(facts: StudyFacts, code: str) -> str:
    found = facts.example.material.by_code.get(code)
    return found.name if found else code


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
CHAPTERS = (
    ("PENDAHULUAN", _opening), ("METODE", _method), ("HASIL KAJIAN", _results), ("HASIL SURVEI", _survey),
    ("KESADARAN, PERUBAHAN, KEMAJUAN, DAN KEMANFAATAN", four_levels), ("TEMUAN DAN KEKUATAN BUKTI", conclusion_parts),
    ("RENCANA TINDAK LANJUT", steps), ("KINERJA KEGIATAN", performance),
)  # fmt: skip
