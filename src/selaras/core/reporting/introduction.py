"""Chapter I: the organisation, its people, its main problems, the legal bases and the plan of the report."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from selaras.core.document import (
    Box,
    Cell,
    Chart,
    ChartKind,
    Numbering,
    OrgChart,
    Row,
    Series,
    Table,
    Total,
    text,
)
from selaras.core.law import Section
from selaras.core.org import Education, Employee, Employment, LegalBasis, RegulationStatus, Sex
from selaras.core.reporting.composition import cell, columns, counted, head, reference
from selaras.core.reporting.sentences import count, series
from selaras.core.reporting.work import Work

PURPOSES = (
    "menyampaikan kepada pemberi mandat hasil kinerja yang dijanjikan dan yang dicapai, lengkap dengan cara menghitungnya;",
    "menunjukkan sebab keberhasilan dan kegagalan agar perbaikan dapat ditetapkan pada sasaran yang tepat;",
    "menyediakan data kinerja yang dapat ditelusuri sampai ke buktinya bagi pereviu, evaluator, dan masyarakat; dan",
    "menjadi masukan bagi penyusunan rencana dan perjanjian kinerja tahun berikutnya.",
)


def latar_belakang(work: Work) -> None:
    """Background: own words, then what obliges the agency to report."""
    work.own_words("latar_belakang")
    work.out.paragraph(
        "Peraturan Presiden Nomor 29 Tahun 2014 mewajibkan setiap entitas akuntabilitas kinerja menyusun laporan kinerja "
        "atas penggunaan anggaran. Bentuk dan isinya mengikuti Peraturan Menteri Pendayagunaan Aparatur Negara dan "
        f"Reformasi Birokrasi Nomor 53 Tahun 2014. Laporan ini menyajikan kinerja {work.agency.name} selama tahun "
        f"{work.year}, dibandingkan dengan perjanjian kinerja, tahun-tahun sebelumnya, dan target akhir rencana strategis."
    )


def maksud_tujuan(work: Work) -> None:
    """Purpose of the report."""
    work.own_words("maksud_tujuan")
    work.out.paragraph(f"Penyusunan {work.report_name} {work.agency.name} Tahun {work.year} bertujuan untuk:")
    work.out.listing(text(purpose) for purpose in PURPOSES)


def tugas_fungsi(work: Work) -> None:
    """Task and functions, in the agency's own words."""
    if not work.own_words("tugas_fungsi"):
        work.out.empty("Uraian kedudukan, tugas, dan fungsi belum diisi.")


def struktur_organisasi(work: Work) -> None:
    """Organisation chart and the table of posts with their holders; vacant posts are shown."""
    work.own_words("struktur_organisasi")
    posts = [position for position in work.snapshot.positions if not position.outside]
    if not posts:
        work.out.empty("Struktur organisasi belum diisi.")
        return
    chart = work.out.org_chart(organisation(work))
    units = {unit.code: unit.name for unit in work.snapshot.units}
    shape = columns((6, "c"), (42, "l"), (26, "l"), (26, "l"))
    body = []
    for number, position in enumerate(sorted(posts, key=lambda position: position.order), 1):
        tenure = work.holder(position.code)
        body.append(
            Row(
                (
                    cell(str(number)),
                    cell(position.title),
                    cell(units.get(position.unit, "–")),
                    cell(f"{tenure.name} ({tenure.capacity.value})" if tenure else "lowong"),
                )
            )
        )
    vacant = sum(work.holder(position.code) is None for position in posts)
    table = work.out.table(
        "jabatan", f"Jabatan dan Pejabat per 31 Desember {work.year}", shape,
        (head("No.", "Jabatan", "Unit", "Pejabat"), counted(4)), body,
    )  # fmt: skip
    open_posts = f"; {count(vacant)} di antaranya lowong" if vacant else " dan semuanya terisi"
    work.out.generated(
        "Susunan organisasi digambarkan dalam ", reference(chart), f". Pada akhir tahun {work.year} terdapat "
        f"{count(len(posts))} jabatan{open_posts}, sebagaimana disajikan dalam ", reference(table), ".",
    )  # fmt: skip
    work.out.add(chart, table)


def organisation(work: Work) -> OrgChart:
    """The chart of posts: solid lines of command, dashed lines where the unit only coordinates."""
    coordinating = {unit.code for unit in work.snapshot.units if unit.coordination}
    inside = {position.code for position in work.snapshot.positions if not position.outside}
    boxes = []
    for position in sorted(work.snapshot.positions, key=lambda position: position.order):
        if position.outside:
            continue
        tenure = work.holder(position.code)
        boxes.append(
            Box(
                position.code, position.title, tenure.name if tenure else "",
                position.superior if position.superior in inside else "",
                coordination=position.unit in coordinating and position.superior in inside
                and work.positions[position.superior].unit != position.unit, vacant=tenure is None,
            )
        )  # fmt: skip
    alt = "; ".join(f"{box.title} di bawah {work.title_of(box.parent)}" for box in boxes if box.parent)
    return OrgChart("struktur", f"Struktur Organisasi {work.agency.name}", tuple(boxes), alt=alt)


def sumber_daya_manusia(work: Work) -> None:
    """Staff tables and chart, all counted from one register."""
    people = work.snapshot.employees
    if not people:
        work.out.empty("Data pegawai belum diisi.")
        return
    statuses = Counter(person.status for person in people)
    parts = series([f"{number} {status.value}" for status in Employment if (number := statuses[status])])
    women = sum(person.sex is Sex.FEMALE for person in people)
    staff = staff_table(work, people)
    chart = staff_chart(work, people)
    work.out.generated(
        f"Pada akhir tahun {work.year} {work.agency.name} didukung {len(people)} pegawai yang terdiri atas {parts}; "
        f"{women} di antaranya perempuan. Sebaran menurut pendidikan disajikan dalam ",
        reference(staff), " dan ", reference(chart), ".",
    )  # fmt: skip
    work.out.add(staff, chart)
    rosters = [
        roster(work, f"Daftar {status.value}", chosen)
        for status in (Employment.PNS, Employment.PPPK, Employment.PPNPN)
        if (chosen := [person for person in people if person.status is status])
    ]
    if rosters:
        last = len(rosters) - 1
        between = ["", *(", " for _ in rosters[1:-1]), " dan " if last == 1 else ", dan "]
        named = [part for word, table in zip(between, rosters, strict=False) for part in (word, reference(table))]
        work.out.generated("Daftarnya tercantum dalam ", *named, ".")
        work.out.add(*rosters)
    work.own_words("sumber_daya_manusia")


def staff_table(work: Work, people: tuple[Employee, ...]) -> Table:
    """Cross table of staff groups and levels of education; sums are live."""
    groups = list(dict.fromkeys(person.group for person in sorted(people, key=lambda person: person.order)))
    unknown = any(person.education is Education.UNKNOWN for person in people)
    levels = [level for level in Education if unknown or level is not Education.UNKNOWN]
    shape = columns((6, "c"), (28, "l"), *((6, "c") for _ in levels), (9, "c"))
    header = (
        Row((
            cell("No.", rowspan=2, strong=True), cell("Kelompok Jabatan", rowspan=2, strong=True),
            cell("Pendidikan Terakhir", colspan=len(levels), strong=True), cell("Jumlah", rowspan=2, strong=True),
        )),
        Row(tuple(cell(level.value, strong=True) for level in levels)),
    )  # fmt: skip
    counts = Counter((person.group, person.education) for person in people)

    def number(amount: int, **more: object) -> Cell:
        return cell(str(amount) if amount else "–", amount=Decimal(amount), **more)

    body = []
    for index, group in enumerate(groups, 1):
        ids = tuple(f"{index}-{level.value}" for level in levels)
        cells = [number(counts[group, level], id=f"{index}-{level.value}") for level in levels]
        total = sum(counts[group, level] for level in levels)
        body.append(Row((cell(str(index)), cell(group), *cells, number(total, id=f"{index}-n", derive=Total(ids)))))
    sums = [
        number(
            sum(counts[group, level] for group in groups), id=f"n-{level.value}",
            derive=Total(tuple(f"{index}-{level.value}" for index in range(1, len(groups) + 1))),
        )
        for level in levels
    ]  # fmt: skip
    grand = number(len(people), derive=Total(tuple(f"{index}-n" for index in range(1, len(groups) + 1))))
    body.append(Row((cell("Jumlah", colspan=2, strong=True), *sums, grand), level=2))
    return work.out.table(
        "pegawai", f"Pegawai menurut Kelompok Jabatan dan Pendidikan Tahun {work.year}", shape, header, body
    )


def staff_chart(work: Work, people: tuple[Employee, ...]) -> Chart:
    """Staff by education, stacked by status."""
    levels = [level for level in Education if any(person.education is level for person in people)]
    statuses = [status for status in Employment if any(person.status is status for person in people)]
    counts = Counter((person.status, person.education) for person in people)
    series = [Series(status.value, tuple(Decimal(counts[status, level]) for level in levels)) for status in statuses]
    alt = "; ".join(f"{level.value}: {sum(counts[status, level] for status in statuses)} orang" for level in levels)
    return work.out.chart(
        "grafik-pegawai", ChartKind.STAFF, f"Sebaran Pendidikan Pegawai Tahun {work.year}",
        [level.value for level in levels], series, unit="orang", alt=alt,
    )  # fmt: skip


def roster(work: Work, caption: str, people: list[Employee]) -> Table:
    """One roster; no NIP is printed."""
    shape = columns((6, "c"), (28, "l"), (9, "c"), (6, "c"), (37, "l"), (14, "c"))
    body = [
        Row((
            cell(str(number)), cell(person.name), cell(person.rank or "–"), cell(person.sex.value),
            cell(person.job or person.group), cell(person.education.value),
        ))
        for number, person in enumerate(sorted(people, key=lambda person: person.order), 1)
    ]  # fmt: skip
    header = (head("No.", "Nama", "Gol./Ruang", "L/P", "Jabatan", "Pendidikan"), counted(6))
    return work.out.table(f"roster-{people[0].status.value}", f"{caption} Tahun {work.year}", shape, header, body)


def aspek_strategis(work: Work) -> None:
    """Strategic aspects, in the agency's own words."""
    if not work.own_words("aspek_strategis"):
        work.out.empty("Uraian aspek strategis belum diisi.")


def permasalahan_utama(work: Work) -> None:
    """Main problems as registered."""
    issues = sorted(work.snapshot.issues, key=lambda issue: issue.order)
    if not issues:
        work.out.empty("Permasalahan utama belum dicatat.")
        return
    work.out.generated(f"{work.agency.name} mencatat {count(len(issues))} permasalahan utama:")
    work.out.listing(text(issue.text) for issue in issues)
    work.own_words("permasalahan_utama")


def citation(basis: LegalBasis) -> str:
    """A regulation as the list prints it: kind, number, year, title, gazette, amendment."""
    number = f" Nomor {basis.number}" if basis.number else ""
    year = f" Tahun {basis.year}" if basis.year else ""
    gazette = f" ({basis.gazette})" if basis.gazette else ""
    amendment = f" {basis.amendment}" if basis.amendment else ""
    return f"{basis.kind}{number}{year} tentang {basis.title}{gazette}{amendment}"


def mark(basis: LegalBasis) -> str:
    """What a reader must know of a regulation's status, unless its citation already says it."""
    if basis.amendment:
        return ""
    return {RegulationStatus.REPEALED: " [sudah dicabut]", RegulationStatus.AMENDED: " [telah diubah]"}.get(
        basis.status, ""
    )


def dasar_hukum(work: Work) -> None:
    """Legal bases in the order of the hierarchy, with their status where it is not simply in force."""
    bases = sorted(work.snapshot.legal_bases, key=lambda basis: basis.order)
    if not bases:
        work.out.empty("Dasar hukum belum dicatat.")
        return
    work.out.paragraph("Dasar hukum penyusunan laporan ini adalah sebagai berikut.")
    last = len(bases) - 1
    work.out.listing(
        text(f"{citation(basis)}{mark(basis)}{'.' if index == last else ';'}") for index, basis in enumerate(bases)
    )
    unknown = sum(basis.status is RegulationStatus.UNKNOWN for basis in bases)
    if unknown:
        work.out.note(f"Status keberlakuan {count(unknown)} peraturan belum diperiksa.")


def sistematika(work: Work) -> None:
    """The plan of the report, out of the real outline."""
    assert work.outline is not None
    work.out.paragraph("Laporan ini disusun dengan sistematika sebagai berikut.")
    work.out.listing(
        (
            text(f"{chapter.number.replace('BAB', 'Bab')} {chapter.title.title()} memuat {enumerate_titles(chapter)}.")
            for chapter in work.outline.chapters
        ),
        Numbering.NONE,
    )
    work.out.paragraph(f"Lampiran memuat {series([annex.title for annex in work.outline.annexes])}.")


def enumerate_titles(chapter: Section) -> str:
    """The titles of a chapter's sections in a sentence."""
    return series([section.title for section in chapter.sections])
