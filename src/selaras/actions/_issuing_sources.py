"""What can be issued: for each kind of document the record behind it, whether it is ready, who signs, and how it is composed."""
# ruff: noqa: ARG001, ARG005 - the kinds share one signature

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from django.utils import timezone

from selaras.actions._agreements import find_case
from selaras.actions._rules import law_of
from selaras.core.access import Act, Actor, Role, check_somewhere, may
from selaras.core.document import Document, Signatory
from selaras.core.errors import Fault, NotFound
from selaras.core.evaluation.letter import lacking
from selaras.core.evaluation.stages import State as EvaluationState
from selaras.core.evaluation.stages import TeamRole
from selaras.core.issuing.minutes import MinutesFacts, compose_minutes
from selaras.core.issuing.names import agree
from selaras.core.issuing.orders import CONCLUSION, Signer, Signs
from selaras.core.org import Capacity, Position, Tenure, holder_on
from selaras.core.people.skp import SkpState
from selaras.core.reporting import compose as compose_document
from selaras.core.reporting.agreement_gate import narrowed
from selaras.core.reporting.evaluation_letter import compose as compose_letter
from selaras.core.reporting.working_paper import statement_sheet
from selaras.rulebook import load
from selaras.store.editions import edition_key, edition_period, find_edition, frozen_snapshot, newer_than
from selaras.store.evaluation_letters import letter_of
from selaras.store.evaluations import evaluation_at, key_of, unit_of
from selaras.store.models import Minutes, StaffSeat
from selaras.store.models.work import AgreementState, EditionState, ReviewState
from selaras.store.people import plan_of, plan_row
from selaras.store.reviews import visible_case
from selaras.store.snapshot import find_agency, load_snapshot
from selaras.store.together import load_together
from selaras.store.users import holders_of

READY_AGREEMENT = frozenset({AgreementState.AGREED, AgreementState.SIGNED_BY_PROMISER, AgreementState.SIGNED})
READY_SKP = frozenset({SkpState.AGREED, SkpState.EVALUATED, SkpState.OBJECTED, SkpState.FINAL})
READY_EDITION = frozenset({EditionState.APPROVED, EditionState.PUBLISHED})

Given = Mapping[str, str]
People = dict[Signs, tuple[Signer, ...]]


@dataclass(frozen=True)
class DocumentSource:
    """A record that a document is made of. `faults` say why it cannot be issued now, `seal` is the fingerprint of its data."""

    kind: str
    key: str
    record: int
    title: str
    year: int
    unit: str
    stem: str
    seal: str
    faults: tuple[Fault, ...]
    people: People
    compose: Callable[[date], Document] = field(repr=False)


def source_of(by: Actor, agency: str, kind: str, key: str, given: Given | None = None) -> DocumentSource:
    """The record of a kind by its key, for who may read it. Raises NotFound and NotAllowed."""
    made = _SOURCES.get(kind)
    if made is None:
        raise NotFound(f"Jenis dokumen “{kind}” tidak dikenal.")
    check_somewhere(by, Act.SEE, agency)
    return made(by, agency, key, given or {})


def may_issue(by: Actor, agency: str, source: DocumentSource) -> bool:
    """Whether a person may issue a document: by role over its unit, or as one of its signers; never a program."""
    if by.limits is not None:
        return False
    held = {position for home, position in by.positions if home == agency}
    places = [signer for found in source.people.values() for signer in found]
    mine = any(signer.login == by.login if signer.login else signer.position in held for signer in places if by.login)
    if source.kind == "skp":
        return mine
    return mine or may(by, Act.ISSUE_DOCUMENT, agency, source.unit)


def _agreement(by: Actor, agency: str, key: str, given: Given) -> DocumentSource:
    case = find_case(agency, key)
    item, road = case.agreement, case.road
    faults = []
    if road.recorded:
        faults.append(Fault("perjanjian ini dicatat sudah ditandatangani di luar Selaras"))
    elif road.state not in READY_AGREEMENT:
        faults.append(_state("status perjanjian", road.state.value, READY_AGREEMENT))
    elif road.sha256 and road.sha256 != case.seal:
        faults.append(Fault("isi perjanjian berubah sejak disepakati", remedy="Tarik kembali dan ajukan lagi."))

    def composed(day: date) -> Document:
        snapshot = narrowed(load_snapshot(agency, item.year), replace(item, signed_on=item.signed_on or day))
        kept = tuple(
            replace(one, signed_on=one.signed_on or day) if one.code == item.code else one
            for one in snapshot.agreements
        )
        snapshot = replace(snapshot, agreements=kept)
        return compose_document(snapshot, law_of(snapshot.settings), kind="pk")

    day = item.signed_on or timezone.localdate()
    facts = load_together(agency, item.year, {Position, Tenure})
    sides = {Signs.PROMISER: item.promiser, Signs.SUPERIOR: item.superior}
    people: People = {signs: (_holder(facts, position, signs, day),) for signs, position in sides.items() if position}
    return DocumentSource(
        "pk", key, case.row, f"Perjanjian Kinerja {case.title} tahun {item.year}", item.year, case.unit,
        f"pk-{item.year}-{key}", case.seal, tuple(faults), people, composed,
    )  # fmt: skip


def _skp(by: Actor, agency: str, key: str, given: Given) -> DocumentSource:
    from selaras.actions.people_forms import Form, compose_form

    file = plan_of(by, agency, key, printed=True)
    plan = file.plan
    faults = [] if plan.state in READY_SKP else [_state("keadaan SKP", plan.state.value, READY_SKP)]
    seats = (
        StaffSeat.objects.filter(employee__agency__code=agency, employee__code=plan.employee) if plan.employee else None
    )
    login = (seats.values_list("user__username", flat=True).first() or "") if seats is not None else ""
    if plan.employee and not login:
        faults.append(
            Fault(f"pegawai {file.who.name} belum mempunyai akun", remedy="Hubungkan akunnya di halaman pegawai.")
        )
    own = Signer(
        0, Signs.EMPLOYEE, "" if plan.employee else plan.position, file.who.title, file.who.name, file.who.nip, login
    )
    people: People = {Signs.EMPLOYEE: (own,)}
    if plan.assessor:
        other = file.assessor
        people[Signs.ASSESSOR] = (Signer(0, Signs.ASSESSOR, plan.assessor, other.title, other.name, other.nip),)
    parts = (replace(plan, state=SkpState.DRAFT), file.rows, file.behaviours, file.annexes)
    return DocumentSource(
        "skp", key, plan_row(agency, key).pk, f"SKP {file.who.name} tahun {plan.year}", plan.year, "",
        f"skp-{plan.year}-{key}", _seal(parts), tuple(faults), people,
        lambda day: compose_form(by, agency=agency, code=key, form=Form.PLAN),
    )  # fmt: skip


def _edition(by: Actor, agency: str, key: str, given: Given) -> DocumentSource:
    row = find_edition(agency, _number(key, "Edisi laporan ini"))
    state = EditionState(row.state)
    faults = []
    if row.kind != "lkjip":
        faults.append(Fault("jenis edisi", read=row.kind, expected="laporan kinerja (lkjip)"))
    if state not in READY_EDITION:
        faults.append(_state("keadaan edisi", state.value, READY_EDITION))
    newer = newer_than(row).order_by("-version").first()
    if newer is not None:
        faults.append(Fault("bukan edisi terbaru", read=str(row.version), remedy=f"Terbitkan edisi {newer.version}."))
    snapshot = frozen_snapshot(agency, row.snapshot_sha256)
    settings = snapshot.settings
    head = _holder(snapshot, settings.signatory, Signs.HEAD, settings.signed_on or date(row.year, 12, 31))
    people: People = {Signs.HEAD: (head,), Signs.SEAL: (_seal_of(agency),)}
    return DocumentSource(
        "lkjip", edition_key(row), row.pk, f"Laporan Kinerja {row.agency.short_name} tahun {row.year}, edisi {row.version}",
        row.year, "", f"lkjip-{row.year}-edisi-{row.version}",
        _seal([row.snapshot_sha256, state in READY_EDITION, newer is None]), tuple(faults), people,
        lambda day: compose_document(snapshot, law_of(settings), kind=row.kind, period=edition_period(row)),
    )  # fmt: skip


def _evaluation(by: Actor, agency: str, key: str, given: Given) -> DocumentSource:
    row = evaluation_at(by, agency, _number(key, "Evaluasi ini"))
    told = letter_of(row)
    faults = []
    if row.state != EvaluationState.FINAL.value:
        faults.append(_state("keadaan evaluasi", row.state, {EvaluationState.FINAL}))
    if names := lacking(row.letter):
        faults.append(Fault("data surat belum lengkap", read=", ".join(names)))
    name, nip = row.letter.get("signatory_name", ""), row.letter.get("signatory_nip", "")
    team = {str(member.user): member.user.username for member in row.team.select_related("user")
            if TeamRole(member.role) is not TeamRole.UNIT}  # fmt: skip
    known = team | _accounts(agency, Role.EVALUATOR, Role.REVIEWER)
    signer = _named(known, name, nip, row.letter.get("signatory_title", ""), Signs.EVALUATOR, faults)
    return DocumentSource(
        "lhe", key_of(row), row.pk, f"Laporan Hasil Evaluasi {told.name} tahun {row.year}", row.year, unit_of(row),
        f"lhe-{row.year}-{unit_of(row) or agency}", _seal(asdict(told)), tuple(faults), {Signs.EVALUATOR: (signer,)},
        lambda day: compose_letter(told),
    )  # fmt: skip


def _statement(by: Actor, agency: str, key: str, given: Given) -> DocumentSource:
    row = visible_case(by, agency, _number(key, "Reviu ini"))
    said = row.statement
    faults = []
    if row.state != ReviewState.DONE.value:
        faults.append(_state("keadaan reviu", row.state, {ReviewState.DONE}))
    lack = [word for name, word in (("number", "nomor"), ("date", "tanggal"), ("signatory_name", "penanda tangan"))
            if not said.get(name)]  # fmt: skip
    if lack:
        faults.append(Fault("data pernyataan belum lengkap", read=", ".join(lack)))
    signer = _named(
        _accounts(agency, Role.REVIEWER), said.get("signatory_name", ""), said.get("signatory_nip", ""),
        said.get("signatory_title", ""), Signs.REVIEWER, faults,
    )  # fmt: skip
    words = given.get(CONCLUSION, "").replace("\r\n", "\n").strip()
    unit, year = row.result.get("unit", ""), row.result.get("year") or row.year
    seal = _seal([row.sha256, row.state, dict(said), [item["fingerprint"] for item in row.result.get("kept", ())]])
    return DocumentSource(
        "pernyataan-reviu", f"reviu {row.pk}", row.pk, f"Pernyataan telah direviu {row.title}", year or row.opened_at.year,
        "", f"pernyataan-reviu-{row.pk}", seal, tuple(faults), {Signs.REVIEWER: (signer,)},
        lambda day: statement_sheet(unit, year, load(day), said, conclusion=words),
    )  # fmt: skip


def _minutes(by: Actor, agency: str, key: str, given: Given) -> DocumentSource:
    row = Minutes.objects.filter(agency__code=agency, pk=_number(key, "Berita acara ini")).first()
    if row is None:
        raise NotFound("Berita acara ini tidak ditemukan.")
    facts = load_together(agency, row.year, {Position, Tenure})
    people = tuple(_holder(facts, code, Signs.PARTICIPANT, row.held_on) for code in row.signers)
    faults = [] if people else [Fault("penanda tangan belum dipilih")]
    faults += [Fault("jabatan lowong", read=one.office) for one in people if not one.holder]
    _, home = find_agency(agency)
    told = MinutesFacts(
        home.name, row.number, row.title, row.held_on, row.place,
        tuple(line.strip() for line in row.text.split("\n") if line.strip()),
        tuple(Signatory("", one.office, one.holder, nip=one.identity) for one in people),
    )  # fmt: skip
    return DocumentSource(
        "berita-acara", f"berita acara {row.pk}", row.pk, f"Berita acara {row.title} nomor {row.number}", row.year, "",
        f"berita-acara-{row.pk}", _seal(asdict(told)), tuple(faults),
        {Signs.PARTICIPANT: people, Signs.SEAL: (_seal_of(agency),)}, lambda day: compose_minutes(told),
    )  # fmt: skip


_SOURCES: dict[str, Callable[[Actor, str, str, Given], DocumentSource]] = {
    "pk": _agreement, "skp": _skp, "lkjip": _edition, "lhe": _evaluation, "pernyataan-reviu": _statement,
    "berita-acara": _minutes,
}  # fmt: skip


def address_of(kind: str, key: str, record: int) -> str:
    """By what a document's record is found again: its code where it has one, else its row."""
    return key if kind in {"pk", "skp"} else str(record)


def _holder(facts: Any, position: str, signs: Signs, day: date) -> Signer:
    """The place of whoever holds a position on a day, as the printed signature block names the person."""
    tenure = holder_on(facts.tenures, position, day)
    title = next((one.title for one in facts.positions if one.code == position), position)
    if tenure is None:
        return Signer(0, signs, position, title)
    acting = "" if tenure.capacity is Capacity.DEFINITIVE else f"{tenure.capacity.value} "
    return Signer(0, signs, position, f"{acting}{title}", tenure.name, tenure.nip)


def _named(known: Mapping[str, str], name: str, nip: str, office: str, signs: Signs, faults: list[Fault]) -> Signer:
    """The place of a person who was named by hand; the account is the one of that name among those who may sign."""
    login = next((login for shown, login in known.items() if name and agree(name, shown)), "")
    if name and not login:
        faults.append(
            Fault(
                "penanda tangan tidak mempunyai akun dengan nama dan peran itu", read=name,
                remedy="Samakan namanya dengan nama akunnya, atau beri peran dahulu.",
            )
        )  # fmt: skip
    return Signer(0, signs, "", office, name, nip, login)


def _accounts(agency: str, *roles: Role) -> dict[str, str]:
    return {str(user): user.username for user in holders_of(agency, timezone.localdate(), *roles)}


def _seal_of(agency: str) -> Signer:
    _, home = find_agency(agency)
    return Signer(0, Signs.SEAL, "", "Segel elektronik instansi", home.name)


def _state(what: str, read: str, expected: Any) -> Fault:
    return Fault(what, read=read, expected=" atau ".join(sorted(state.value for state in expected)))


def _number(key: str, what: str) -> int:
    if not (key.isascii() and key.isdigit() and len(key) < 12):
        raise NotFound(f"{what} tidak ditemukan.")
    return int(key)


def _seal(content: Any) -> str:
    """SHA-256 over the facts of a record, as canonical JSON."""
    words = json.dumps(content, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    return str(value)
