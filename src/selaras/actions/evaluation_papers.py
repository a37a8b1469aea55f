"""Papers of an evaluation: evidence that people add, documents that evaluators ask for, narrative and letter of the LHE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from django.utils import timezone

from selaras.actions._evaluating import (
    KIND,
    Held,
    evaluation_of,
    refuse_final,
    refuse_outside_team,
    tell_team,
    tell_unit,
)
from selaras.actions._evaluation_steps import name_of
from selaras.actions._keeping import Upload, fault_of_link, keep, kind_taken, not_taken
from selaras.actions._reaching import reach
from selaras.actions._scanning import scan
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, check_somewhere
from selaras.core.calendar import format_date
from selaras.core.errors import Clash, Conflict, Fault, NotAllowed, NotFound, Refusal
from selaras.core.evaluation.letter import LETTER, checked_letter
from selaras.core.evaluation.rights import EVALUATORS
from selaras.core.evaluation.stages import State, TeamRole
from selaras.core.measurement.records import EvidenceKind
from selaras.store.evaluation_facts import ADD_PROOF, REMOVE_PROOF, WRITE_LETTER, WRITE_NOTE
from selaras.store.models import Evaluation, EvaluationProof, EvaluationRequest

LONGEST = 4000
LONGEST_TITLE = 200
LONGEST_NOTE = 20_000


def add_proof(
    by: Actor,
    *,
    agency: str,
    evaluation: int,
    item: str,
    upload: Upload | None = None,
    link: str = "",
    title: str = "",
    note: str = "",
) -> EvaluationProof:
    """Add a file or a link as evidence for a sub-component or criterion, with a note; without a title under its name.

    The unit adds while it fills in, the team until the evaluation is final. Raises Refusal (neither or both, kind,
    size, infected, address), NotAllowed, NotFound and CannotRun.
    """
    kind = kind_taken(upload) if upload else None
    if upload is not None and kind is not None:
        # The scanner is slow; nobody else may wait for it with the database.
        scan(upload.path, upload.name)
    with evaluation_of(by, agency, evaluation, ADD_PROOF) as (trace, held):
        _refuse_closed_to(held)
        _refuse_unknown(held, item)
        address = link.strip()
        if (upload is None) == (not address):
            raise Refusal("Bukti tidak disimpan.", Fault("beri satu: berkas atau tautan"))
        if address and (wrong := fault_of_link(address)):
            raise Refusal("Bukti tidak disimpan.", wrong)
        name, digest, target = "", "", address
        if upload is not None:
            if kind is None:
                raise not_taken(upload)
            target, digest = keep(agency, upload, kind.suffix)
            name = upload.name
        shown = (title.strip() or name or urlsplit(address).hostname or address)[:LONGEST_TITLE]
        made = EvaluationProof.objects.create(
            evaluation=held.row, item=item, kind=(EvidenceKind.FILE if upload else EvidenceKind.LINK).value, title=shown,
            target=target, sha256=digest, note=note.strip()[:LONGEST], by=by.name,
        )  # fmt: skip
        trace.changed(KIND, held.key, f"Bukti {item}", "", shown)
        trace |= {"item": item, "proof": made.pk, "target": target, "sha256": digest}
    return made


def remove_proof(by: Actor, *, agency: str, proof: int, reason: str = "") -> None:
    """Take own evidence away again, as long as its column is open. Its file stays in the store.

    Raises Refusal, NotAllowed, NotFound.
    """
    found = EvaluationProof.objects.filter(evaluation__agency__code=agency, pk=proof).first()
    if found is None:
        check_somewhere(by, Act.SEE, agency)
        raise NotFound("Bukti evaluasi ini tidak ditemukan.")
    with evaluation_of(by, agency, found.evaluation_id, REMOVE_PROOF) as (trace, held):
        _refuse_closed_to(held)
        if found.by.casefold().strip() != by.name.casefold().strip():
            raise NotAllowed(f"Bukti ini ditambahkan oleh {found.by}; hanya ia yang dapat menghapusnya.")
        EvaluationProof.objects.filter(pk=proof).delete()
        trace.changed(KIND, held.key, f"Bukti {found.item}", found.title, "", reason)
        trace |= {"item": found.item, "proof": proof, "target": found.target}


def check_proof_links(by: Actor, *, agency: str, evaluation: int | None = None) -> tuple[EvaluationProof, ...]:
    """Look at the linked evidence of one evaluation, or of every one of an agency, and keep the answers.

    Raises NotAllowed and NotFound.
    """
    check_somewhere(by, Act.SEE, agency)
    rows = EvaluationProof.objects.filter(evaluation__agency__code=agency, kind=EvidenceKind.LINK.value)
    if evaluation is not None:
        if not Evaluation.objects.filter(agency__code=agency, pk=evaluation).exists():
            raise NotFound("Evaluasi ini tidak ditemukan.")
        rows = rows.filter(evaluation=evaluation)
    # The web is slow; nobody may wait for it with the database.
    looked = [(row, reach(row.target)) for row in rows]
    with traced(by, action="memeriksa tautan bukti evaluasi", agency=agency) as trace:
        for row, reached in looked:
            row.checked_at, row.healthy, row.answer = timezone.now(), reached.healthy, reached.answer
            EvaluationProof.objects.filter(pk=row.pk, target=row.target).update(
                checked_at=row.checked_at, healthy=row.healthy, answer=row.answer
            )
        trace |= {"links": len(looked), "broken": sum(not reached.healthy for _, reached in looked)}
    return tuple(row for row, _ in looked)


def ask_document(
    by: Actor, *, agency: str, evaluation: int, text: str, item: str = "", due: date | None = None, url: str = ""
) -> EvaluationRequest:
    """Ask the unit for a document until a day; the unit is told. Only the team asks. Raises Refusal, NotAllowed, NotFound."""
    with evaluation_of(by, agency, evaluation, "meminta dokumen evaluasi") as (trace, held):
        refuse_outside_team(held)
        refuse_final(held)
        words = _words(text, "Permintaan")
        if item:
            _refuse_unknown(held, item)
        made = EvaluationRequest.objects.create(evaluation=held.row, item=item, text=words, due=due, asked_by=by.name)
        trace.changed(KIND, held.key, "Permintaan dokumen", "", words)
        trace["request"] = made.pk
        until = f" sampai {format_date(due)}" if due else ""
        tell_unit(by, held, f"Evaluator meminta dokumen{until}: {words[:200]}", url)
    return made


def answer_request(
    by: Actor,
    *,
    agency: str,
    request: int,
    reply: str = "",
    upload: Upload | None = None,
    link: str = "",
    url: str = "",
) -> EvaluationRequest:
    """Answer a request for a document with words, a file or a link; the team is told. A later answer takes its place.

    Raises Refusal for a closed request or an empty answer, NotAllowed for who is not of the unit, NotFound.
    """
    kind = kind_taken(upload) if upload else None
    if upload is not None and kind is not None:
        scan(upload.path, upload.name)
    asked = _request(by, agency, request)
    with evaluation_of(by, agency, asked.evaluation_id, "menjawab permintaan dokumen") as (trace, held):
        if TeamRole.UNIT not in held.roles:
            raise NotAllowed("Permintaan dokumen dijawab oleh unit yang dievaluasi.")
        _refuse_closed_request(asked)
        address, words = link.strip(), reply.strip()[:LONGEST]
        if not words and not address and upload is None:
            raise Refusal("Jawaban tidak disimpan.", Fault("jawaban kosong", expected="uraian, berkas, atau tautan"))
        if address and (wrong := fault_of_link(address)):
            raise Refusal("Jawaban tidak disimpan.", wrong)
        target, digest = address, ""
        if upload is not None:
            if kind is None:
                raise not_taken(upload)
            target, digest = keep(agency, upload, kind.suffix)
        trace.changed(KIND, held.key, "Jawaban permintaan", asked.reply or asked.target, words or target)
        asked.reply, asked.target, asked.sha256 = words, target, digest
        asked.answered_by, asked.answered_at = by.name, timezone.now()
        asked.save()
        trace |= {"request": request, "target": target, "sha256": digest}
        tell_team(by, held, f"{name_of(held.row)} menjawab permintaan dokumen: {asked.text[:120]}", url)
    return asked


def close_request(by: Actor, *, agency: str, request: int) -> EvaluationRequest:
    """Close a request, answered or not. Only the team does. Raises Refusal, NotAllowed, NotFound."""
    asked = _request(by, agency, request)
    with evaluation_of(by, agency, asked.evaluation_id, "menutup permintaan dokumen") as (trace, held):
        refuse_outside_team(held)
        _refuse_closed_request(asked)
        asked.closed_at = timezone.now()
        asked.save(update_fields=("closed_at",))
        trace.changed(KIND, held.key, "Permintaan dokumen", asked.text, "ditutup")
        trace["request"] = request
    return asked


def write_note(
    by: Actor, *, agency: str, evaluation: int, component: str, text: str, seen: str | None = None
) -> Evaluation:
    """Write the narrative of the LHE on a component. Only the team does, also once the score is final.

    `seen` is the text that the person saw. Raises Conflict if another one stands there now, Refusal, NotAllowed, NotFound.
    """
    with evaluation_of(by, agency, evaluation, WRITE_NOTE) as (trace, held):
        refuse_outside_team(held)
        if component not in {item.code for item in held.template.components}:
            raise NotFound(f"Komponen {component} tidak ada dalam instrumen {held.template.code}.")
        words = text.replace("\r\n", "\n").strip()
        if len(words) > LONGEST_NOTE:
            raise Refusal("Catatan terlalu panjang.", Fault("catatan", read=f"{len(words)} huruf"))
        stands = held.row.notes.get(component, "")
        if seen is not None and stands not in {seen, words}:
            raise Conflict("Catatan ini sudah diubah orang lain.", Clash(component, seen, stands, words))
        if words != stands:
            trace.changed(KIND, held.key, f"Catatan {component}", stands, words)
            held.row.notes = {**held.row.notes, component: words}
            held.row.save(update_fields=("notes", "changed_at"))
        trace["component"] = component
    return held.row


def write_letter(by: Actor, *, agency: str, evaluation: int, fields: Mapping[str, str]) -> Evaluation:
    """Write data of the letter of the LHE (see `core.evaluation.letter.LETTER`); what is not named stays.

    Only the team does, also once the score is final. Raises Refusal for an unknown field or a day that cannot be read,
    NotAllowed, NotFound.
    """
    with evaluation_of(by, agency, evaluation, WRITE_LETTER) as (trace, held):
        refuse_outside_team(held)
        given = checked_letter(fields)
        for name, value in given.items():
            before = held.row.letter.get(name, "")
            if before != value:
                trace.changed(KIND, held.key, LETTER[name], before, value)
        held.row.letter = {**held.row.letter, **given}
        held.row.save(update_fields=("letter", "changed_at"))
    return held.row


def _refuse_closed_to(held: Held) -> None:
    """The unit adds evidence while its column is open, the team until the evaluation is final."""
    refuse_final(held)
    if held.roles & EVALUATORS:
        return
    if TeamRole.UNIT not in held.roles:
        refuse_outside_team(held)
    if held.state is not State.DRAFT:
        raise Refusal(
            "Penilaian mandiri sudah diajukan.",
            Fault("bukti unit ditambah selagi draf", read=held.state.value, remedy="Jawab lewat permintaan dokumen."),
        )


def _refuse_unknown(held: Held, item: str) -> None:
    known: Sequence[str] = [sub.code for sub in held.template.subcomponents]
    if item not in known and item not in {criterion.code for criterion in held.template.criteria}:
        raise NotFound(f"Sub-komponen atau kriteria {item} tidak ada dalam instrumen {held.template.code}.")


def _request(by: Actor, agency: str, request: int) -> EvaluationRequest:
    found = EvaluationRequest.objects.filter(evaluation__agency__code=agency, pk=request).first()
    if found is None:
        check_somewhere(by, Act.SEE, agency)
        raise NotFound("Permintaan dokumen ini tidak ditemukan.")
    return found


def _refuse_closed_request(asked: EvaluationRequest) -> None:
    if asked.closed_at is not None:
        raise Refusal("Permintaan dokumen ini sudah ditutup.")


def _words(text: str, what: str) -> str:
    words = text.strip()
    if not words or len(words) > LONGEST:
        fault = Fault("uraian", read=f"{len(words)} huruf", expected=f"1 sampai {LONGEST} huruf")
        raise Refusal(f"{what} tidak disimpan.", fault)
    return words
