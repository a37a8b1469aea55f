"""Public service in the annual report: what the registers counted, satisfaction by element, and what follows from it."""

from __future__ import annotations

from decimal import Decimal

from selaras.core.calendar import format_date
from selaras.core.document import Align, Cell, Row, text
from selaras.core.numerals import format_number
from selaras.core.registers.published import PublicService, PublishedSatisfaction
from selaras.core.reporting.composition import cell, columns, counted, head, reference
from selaras.core.reporting.work import Work


def pelayanan(work: Work) -> None:
    """The service of the year; nothing where nobody was served by a register and no survey was published."""
    services, surveys = work.snapshot.services, work.snapshot.satisfaction
    if not services and not surveys:
        return
    work.out.heading(4, "Pelayanan Publik dan Kepuasan Masyarakat")
    if services:
        _services(work, services)
    for survey in surveys:
        _survey(work, survey)


def _services(work: Work, services: tuple[PublicService, ...]) -> None:
    body = []
    for service in services:
        amount = format_number(Decimal(service.records))
        for at, figure in enumerate(service.figures):
            first = (cell(service.name), _right(amount)) if not at else (cell(""), cell(""))
            body.append(Row((*first, cell(figure.name), cell(figure.told))))
        if not service.figures:
            body.append(Row((cell(service.name), _right(amount), cell("–"), cell("–"))))
    table = work.out.table(
        "layanan-publik", f"Layanan Publik Tahun {work.year}", columns((26, "l"), (12, "r"), (36, "l"), (26, "l")),
        (head("Layanan", "Permohonan", "Ukuran", "Hasil"), counted(4)), body,
    )  # fmt: skip
    work.out.generated(
        "Layanan berikut dicatat dalam register dan setiap hasilnya dihitung dari rekamannya, menurut keadaan pada "
        f"{format_date(services[0].as_of)}, lihat ", reference(table), ".",
    )  # fmt: skip
    work.out.add(table)


def _survey(work: Work, survey: PublishedSatisfaction) -> None:
    body = [
        Row((cell(str(number)), cell(item.name), _right(str(item.answered)), _right(item.mean), _right(item.value),
             cell(item.band)))
        for number, item in enumerate(survey.elements, 1)
    ]  # fmt: skip
    table = work.out.table(
        f"skm-{survey.code}", f"Nilai Setiap Unsur {survey.title}",
        columns((6, "c"), (42, "l"), (12, "r"), (12, "r"), (12, "r"), (16, "l")),
        (head("No.", "Unsur", "Jawaban", "Rata-rata", "Nilai", "Mutu"), counted(6)), body,
    )  # fmt: skip
    people = format_number(Decimal(survey.respondents))
    work.out.generated(
        f"Survei kepuasan masyarakat “{survey.title}” ({format_date(survey.since)} sampai {format_date(survey.until)}) "
        f"dijawab {people} responden dengan nilai {survey.value}, mutu pelayanan {survey.band}. Nilai setiap unsur disajikan "
        "dalam ", reference(table), ".",
    )  # fmt: skip
    work.out.add(table)
    work.out.note(f"Dasar: {survey.source}. Bobot setiap unsur sama.")
    if survey.lowest:
        work.out.generated(f"Unsur dengan nilai terendah: {', '.join(survey.lowest)}.")
    if not survey.plan:
        work.out.empty("Rencana tindak lanjut survei ini belum disusun.")
        return
    work.out.paragraph("Tindak lanjut survei itu adalah sebagai berikut.")
    work.out.listing(
        text(
            f"{item.element}: {item.action} ({item.responsible or 'penanggung jawab belum ditetapkan'}; "
            f"{format_date(item.due) if item.due else 'tenggat belum ditetapkan'}; "
            f"{'selesai ' + format_date(item.done_on) if item.done_on else 'belum selesai'})."
        )
        for item in survey.plan
    )


def _right(words: str) -> Cell:
    return cell(words, align=Align.RIGHT)
