"""Chapters of the report and their paragraphs: who writes what until when, how far it is, and the order of the words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone

from selaras.actions._notices import tell
from selaras.actions._rules import law_of
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, Role
from selaras.core.errors import Conflict, Fault, NotFound, Refusal
from selaras.core.reporting.sections import places
from selaras.core.snapshot import NARRATED, ReportSettings
from selaras.store.models import ChapterTask, Narrative, User
from selaras.store.models.work import ChapterState
from selaras.store.rows import key_text
from selaras.store.snapshot import find_agency, load_part
from selaras.store.users import find_user, holders_of

KIND = ChapterTask.__name__
WRITERS = (Role.REPORTER, Role.PLANNER, Role.OWNER, Role.TREASURER, Role.STAFFING, Role.SUPERIOR)
"""Who may be asked to write a chapter. Saving still asks for the right to write the report."""


def assign_chapters(
    by: Actor, *, agency: str, year: int, sections: Sequence[str], owner: str, due: date | None, note: str = ""
) -> tuple[ChapterTask, ...]:
    """Give sections to a writer (by login; empty for nobody yet) with a date; the writer is told once.

    Raises Refusal for a section that the outline lacks or a person who holds no role here, NotAllowed and NotFound.
    """
    with traced(by, action="membagi tugas bab", agency=agency, act=Act.WRITE_REPORT) as trace:
        pk, _ = find_agency(agency)
        titles = _titles(agency, year, sections)
        person = _writer(agency, owner) if owner else None
        tasks = [_assigned(trace, pk, year, key, person, due, note) for key in titles]
        trace |= {"year": year, "sections": ", ".join(titles), "owner": owner, "due": due.isoformat() if due else ""}
        if person is not None:
            until = f" sampai {due:%d-%m-%Y}" if due else ""
            words = f"Anda diminta menulis {', '.join(titles.values())} pada laporan tahun {year}{until}."
            tell(by, [person], text=words, agency=agency, topic="laporan")
    return tuple(tasks)


def set_chapter_state(by: Actor, *, agency: str, year: int, section: str, state: ChapterState) -> ChapterTask:
    """Say how far a section is. Raises Refusal, NotAllowed and NotFound."""
    with traced(by, action="mengubah keadaan bab", agency=agency, act=Act.WRITE_REPORT) as trace:
        pk, _ = find_agency(agency)
        _titles(agency, year, [section])
        task, _new = ChapterTask.objects.get_or_create(
            agency_id=pk, year=year, section=section, defaults={"state": ChapterState.OPEN.value}
        )
        if task.state != state.value:
            trace.changed(KIND, f"{year} {section}", "state", task.state, state.value)
            task.state = state.value
            task.save()
        trace |= {"year": year, "section": section, "state": state.value}
    return task


def add_paragraph(by: Actor, *, agency: str, year: int, section: str, text: str) -> Narrative:
    """Add one paragraph of own words at the end of a section. Raises Refusal, NotAllowed and NotFound."""
    with traced(by, action="menambah narasi", agency=agency, act=Act.WRITE_REPORT) as trace:
        pk, _ = find_agency(agency)
        words = text.replace("\r\n", "\n").strip()
        if section not in NARRATED:
            raise Refusal(f"Bagian “{section}” tidak memuat narasi instansi.")
        if not words:
            raise Refusal("Paragraf kosong tidak disimpan.", Fault("paragraf", remedy="Tulis isinya dahulu."))
        rows = Narrative.objects.filter(agency_id=pk, year=year, section=section)
        order = (rows.aggregate(top=Max("order"))["top"] or 0) + 1
        last = Narrative.objects.filter(agency_id=pk).aggregate(top=Max("sequence"))["top"] or 0
        row = Narrative.objects.create(
            agency_id=pk, year=year, section=section, order=order, text=words, sequence=last + 1
        )
        trace.changed("Narrative", key_text((year, section, order)), "", "", "baru")
        trace |= {"record": key_text((year, section, order))}
    return row


def move_paragraph(
    by: Actor, *, agency: str, year: int, section: str, order: int, steps: int, seen: str | None = None
) -> None:
    """Let a paragraph change places with its neighbour, one up (-1) or down (+1).

    `seen` is the text that the person saw there. Raises Conflict if another stands there now, NotFound without such a
    paragraph, NotAllowed.
    """
    with traced(by, action="memindahkan narasi", agency=agency, act=Act.WRITE_REPORT) as trace:
        pk, _ = find_agency(agency)
        rows = list(Narrative.objects.filter(agency_id=pk, year=year, section=section).order_by("order"))
        index = next((at for at, row in enumerate(rows) if row.order == order), None)
        if index is None:
            raise NotFound("Paragraf ini sudah tidak ada.")
        if seen is not None and rows[index].text != seen:
            raise Conflict("Paragraf ini sudah diubah orang lain. Muat ulang halamannya.")
        trace |= {"section": section, "order": order, "steps": steps}
        other = index + (1 if steps > 0 else -1)
        if not 0 <= other < len(rows):
            return
        first, second = rows[index], rows[other]
        for row, words in ((first, second.text), (second, first.text)):
            trace.changed("Narrative", key_text((year, section, row.order)), "text", row.text, words, "urutan")
        first.text, second.text = second.text, first.text
        Narrative.objects.bulk_update([first, second], ["text"])


def _assigned(
    trace: Trace, agency: int, year: int, section: str, person: User | None, due: date | None, note: str
) -> ChapterTask:
    task = ChapterTask.objects.filter(agency_id=agency, year=year, section=section).first()
    if task is None:
        task = ChapterTask(agency_id=agency, year=year, section=section, state=ChapterState.OPEN.value)
    fresh: dict[str, Any] = {"owner": person, "due": due, "note": note}
    for name, value in fresh.items():
        was = getattr(task, name)
        if was != value:
            trace.changed(KIND, f"{year} {section}", name, _shown(was), _shown(value))
            setattr(task, name, value)
    task.save()
    return task


def _shown(value: Any) -> str:
    return "" if value is None else f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value)


def _titles(agency: str, year: int, sections: Sequence[str]) -> dict[str, str]:
    """The wanted sections of the year's outline with their titles."""
    settings = load_part(agency, year, {ReportSettings}).settings
    outline = law_of(settings).outlines.get(settings.outline)
    known = {place.key: place.title for place in places(outline)} if outline else {}
    lacking = [key for key in sections if key not in known]
    if lacking or not sections:
        raise Refusal(
            "Bagian laporan tidak ditemukan." if lacking else "Belum ada bagian yang dipilih.",
            Fault("bagian", read=", ".join(lacking), remedy="Pilih dari kerangka laporan tahun ini."),
        )
    return {key: known[key] for key in sections}


def _writer(agency: str, login: str) -> User:
    person = find_user(login)
    if person.pk not in {user.pk for user in holders_of(agency, timezone.localdate(), *WRITERS)}:
        raise Refusal(
            f"{person} tidak berperan sebagai penulis pada instansi {agency}.",
            Fault("penanggung jawab", read=login, remedy="Pilih orang lain, atau beri peran dahulu."),
        )
    return person
