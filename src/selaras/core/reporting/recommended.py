"""The follow-up of recommendations that evaluations and reviews of earlier years gave, as the annual report tells it."""

from __future__ import annotations

from selaras.core.calendar import format_date
from selaras.core.document import Row
from selaras.core.evaluation.recommendations import Recommendation, Stage, share_closed
from selaras.core.reporting.composition import cell, columns, counted, head, reference
from selaras.core.reporting.sentences import count
from selaras.core.reporting.work import Work

STAGES: dict[Stage, str] = {
    Stage.GIVEN: "belum direncanakan",
    Stage.PLANNED: "direncanakan",
    Stage.RUNNING: "sedang dikerjakan",
    Stage.CLAIMED: "dinyatakan selesai, menunggu verifikasi",
    Stage.VERIFIED: "tuntas terverifikasi",
    Stage.REJECTED: "penyelesaian ditolak, dikerjakan lagi",
}


def recommendations(work: Work) -> None:
    """The table of recommendations with action plan, person, day and state; nothing where none was given."""
    items = sorted(work.snapshot.recommendations, key=lambda item: (item.year, item.order, item.code))
    if not items:
        return
    shape = columns((5, "c"), (34, "l"), (27, "l"), (20, "l"), (14, "l"))
    body = [
        Row((
            cell(str(number)), cell(_told(item)), cell(_action(work, item)), cell(_person(work, item)),
            cell(STAGES[item.stage]),
        ))
        for number, item in enumerate(items, 1)
    ]  # fmt: skip
    titles = ("No.", "Rekomendasi", "Rencana Aksi", "Penanggung Jawab dan Waktu", "Status")
    header = (head(*titles), counted(len(shape)))
    table = work.out.table("rekomendasi", "Tindak Lanjut Rekomendasi Evaluasi", shape, header, body)
    closed = sum(item.closed for item in items)
    share = share_closed(items)
    if closed:
        work.out.generated(
            f"Dari {count(len(items))} rekomendasi yang ditindaklanjuti, {count(closed)} telah tuntas (", share,
            "). Rinciannya disajikan dalam ", reference(table), ".",
        )  # fmt: skip
    else:
        work.out.generated(
            f"Terdapat {count(len(items))} rekomendasi yang ditindaklanjuti dan belum ada yang tuntas. Rinciannya disajikan "
            "dalam ", reference(table), ".",
        )  # fmt: skip
    work.out.add(table)


def _told(item: Recommendation) -> str:
    return f"{item.text} (evaluasi kinerja tahun {item.year})"


def _action(work: Work, item: Recommendation) -> str:
    figures = work.figures
    answers = []
    for reply in work.snapshot.replies:
        if reply.recommendation == item.code:
            indicator, node = figures.indicators.get(reply.indicator), figures.nodes.get(reply.node)
            answers.append(indicator.name if indicator else node.title if node else reply.indicator or reply.node)
    parts = [item.action or "belum disusun"]
    parts += [f"Dijawab dalam rencana: {'; '.join(answers)}"] if answers else []
    return ". ".join(part.rstrip(".") for part in parts)


def _person(work: Work, item: Recommendation) -> str:
    person = work.title_of(item.responsible) or "penanggung jawab belum ditetapkan"
    return f"{person}; {format_date(item.due)}" if item.due else person
