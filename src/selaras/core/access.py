"""Who asks, and what they may do. One policy table answers for the web, the API and the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from selaras.core.errors import NotAllowed, NotFound


class Role(StrEnum):
    """Roles, by their names in the field."""

    ADMINISTRATOR = "administrator"
    PLANNER = "perencana"
    OWNER = "penanggung jawab indikator"
    TREASURER = "pengelola anggaran"
    STAFFING = "kepegawaian"
    SUPERIOR = "atasan"
    REPORTER = "penyusun laporan"
    REVIEWER = "pereviu (APIP)"
    EVALUATOR = "evaluator"
    CULTURE = "penilai budaya"
    SERVICE = "petugas layanan"
    LEADER = "pimpinan"
    EMPLOYEE = "pegawai"
    READER = "publik"


class Act(StrEnum):
    """What can be done; each has one line in `POLICY` and one phrase for the refusal."""

    SEE = "melihat data"
    LOAD = "memuat buku kerja"
    EXPORT = "mengekspor data"
    COMPOSE = "menyusun dokumen"
    CONFIGURE = "mengatur instansi"
    GRANT = "mengelola pengguna dan peran"
    AUDIT = "membaca jejak audit"
    EDIT_ORG = "mengubah data organisasi"
    EDIT_STAFF = "mengubah data pegawai"
    EDIT_PLAN = "mengubah perencanaan"
    EDIT_BUDGET = "mengubah anggaran"
    SPEND = "mengisi realisasi anggaran"
    DRAFT_AGREEMENT = "menyusun perjanjian kinerja"
    SIGN_AGREEMENT = "menandatangani perjanjian kinerja"
    MEASURE = "mengisi realisasi"
    VERIFY = "memverifikasi realisasi"
    EXPLAIN = "menulis penjelasan capaian"
    TRACK = "mengisi hambatan dan tindak lanjut"
    CONFIRM_FOLLOW_UP = "memverifikasi tindak lanjut"
    WRITE_REPORT = "menulis laporan"
    APPROVE_REPORT = "menyetujui laporan"
    PUBLISH = "menerbitkan laporan"
    REVIEW = "mereviu laporan"
    CONFIRM_HISTORY = "menetapkan data dari laporan lama"
    ASSESS = "mengisi penilaian mandiri"
    EVALUATE = "mengevaluasi akuntabilitas kinerja"
    KEEP_SKP = "mengisi SKP"
    MANAGE_SKP = "menata SKP pegawai"
    COUNT_PREDICATES = "membaca distribusi predikat"
    DECIDE_ORGANISATION = "menetapkan predikat organisasi"
    PLAN_REFORM = "mengisi rencana aksi RB"
    STUDY = "mengelola studi budaya kerja"
    READ_STUDY = "membaca studi budaya kerja"
    CODE_STUDY = "menyandi studi budaya kerja"
    SEE_IDENTITY = "melihat identitas informan"
    PUBLISH_STUDY = "menerbitkan studi budaya kerja"
    SERVE = "mencatat layanan"
    DEFINE_REGISTER = "menata register"
    SEE_REGISTER = "membaca register"
    KEEP_REGISTER = "mencatat dan memproses rekaman register"
    ASSIGN_RECORD = "menugaskan rekaman register"
    EXTEND_DEADLINE = "memperpanjang tenggat rekaman"
    SEE_PERSONAL = "membaca data pribadi dalam register"
    SEE_RESTRICTED = "membaca register terbatas"
    EXPORT_REGISTER = "mengekspor register"
    CLEAR_RECORDS = "membersihkan rekaman yang habis masa simpannya"
    ISSUE_DOCUMENT = "menerbitkan dokumen untuk ditandatangani"
    SIGN_DOCUMENT = "menandatangani dokumen terbit"
    SEAL_DOCUMENT = "membubuhkan segel elektronik instansi"
    KEEP_KEYS = "mengelola kunci tanda tangan"
    SEE_NATION = "membaca data seluruh instansi"
    KEEP_BOOKS = "menata buku laporan"
    COMMENT = "menulis komentar"


_R = Role
_INSIDE = frozenset(_R) - {_R.READER}
_WORKING = _INSIDE - {_R.EMPLOYEE}
"""Everybody who does some of the agency's accountability work; an employee reads it and keeps the own SKP."""
_PLANNERS = frozenset({_R.ADMINISTRATOR, _R.PLANNER})
POLICY: dict[Act, frozenset[Role]] = {
    Act.SEE: _INSIDE,
    Act.LOAD: _PLANNERS,
    Act.EXPORT: _WORKING - {_R.SERVICE},
    Act.COMPOSE: _PLANNERS | {_R.REPORTER, _R.LEADER, _R.SUPERIOR, _R.REVIEWER, _R.EVALUATOR},
    Act.CONFIGURE: _PLANNERS,
    Act.GRANT: frozenset({_R.ADMINISTRATOR}),
    Act.AUDIT: frozenset({_R.ADMINISTRATOR, _R.REVIEWER}),
    Act.EDIT_ORG: _PLANNERS | {_R.STAFFING},
    Act.EDIT_STAFF: frozenset({_R.ADMINISTRATOR, _R.STAFFING}),
    Act.EDIT_PLAN: _PLANNERS,
    Act.EDIT_BUDGET: _PLANNERS | {_R.TREASURER},
    Act.SPEND: _PLANNERS | {_R.TREASURER},
    Act.DRAFT_AGREEMENT: _PLANNERS | {_R.SUPERIOR},
    Act.SIGN_AGREEMENT: frozenset({_R.SUPERIOR, _R.LEADER}),
    Act.MEASURE: _PLANNERS | {_R.OWNER},
    Act.VERIFY: _PLANNERS | {_R.SUPERIOR},
    Act.EXPLAIN: _PLANNERS | {_R.OWNER, _R.REPORTER, _R.TREASURER},
    Act.TRACK: _PLANNERS | {_R.OWNER, _R.REPORTER, _R.SUPERIOR},
    Act.CONFIRM_FOLLOW_UP: _PLANNERS | {_R.SUPERIOR, _R.REVIEWER, _R.EVALUATOR},
    Act.WRITE_REPORT: _PLANNERS | {_R.REPORTER},
    Act.APPROVE_REPORT: frozenset({_R.LEADER}),
    Act.PUBLISH: frozenset({_R.ADMINISTRATOR, _R.REPORTER, _R.LEADER}),
    Act.REVIEW: frozenset({_R.REVIEWER}),
    Act.CONFIRM_HISTORY: _PLANNERS | {_R.REPORTER},
    Act.ASSESS: _PLANNERS | {_R.REPORTER},
    Act.EVALUATE: frozenset({_R.EVALUATOR, _R.REVIEWER}),
    Act.KEEP_SKP: _INSIDE,
    Act.MANAGE_SKP: frozenset({_R.ADMINISTRATOR, _R.STAFFING}),
    Act.COUNT_PREDICATES: frozenset({_R.ADMINISTRATOR, _R.STAFFING, _R.LEADER, _R.SUPERIOR}),
    Act.DECIDE_ORGANISATION: frozenset({_R.LEADER, _R.SUPERIOR}),
    Act.PLAN_REFORM: _PLANNERS | {_R.OWNER, _R.REPORTER},
    Act.STUDY: frozenset({_R.ADMINISTRATOR, _R.CULTURE}),
    Act.READ_STUDY: _PLANNERS | {_R.CULTURE, _R.LEADER, _R.REPORTER, _R.REVIEWER, _R.EVALUATOR},
    Act.CODE_STUDY: frozenset({_R.ADMINISTRATOR, _R.CULTURE}),
    Act.SEE_IDENTITY: frozenset({_R.CULTURE}),
    Act.PUBLISH_STUDY: frozenset({_R.ADMINISTRATOR, _R.LEADER}),
    Act.SERVE: frozenset({_R.ADMINISTRATOR, _R.SERVICE}),
    Act.DEFINE_REGISTER: _PLANNERS,
    Act.SEE_REGISTER: _INSIDE,
    Act.KEEP_REGISTER: _INSIDE,
    Act.ASSIGN_RECORD: _PLANNERS | {_R.SERVICE, _R.STAFFING, _R.SUPERIOR, _R.LEADER},
    Act.EXTEND_DEADLINE: frozenset({_R.ADMINISTRATOR, _R.SERVICE, _R.STAFFING, _R.SUPERIOR, _R.LEADER}),
    Act.SEE_PERSONAL: _WORKING,
    Act.SEE_RESTRICTED: frozenset({_R.STAFFING, _R.SUPERIOR, _R.LEADER, _R.REVIEWER}),
    Act.EXPORT_REGISTER: _WORKING,
    Act.CLEAR_RECORDS: frozenset({_R.ADMINISTRATOR}),
    Act.ISSUE_DOCUMENT: _PLANNERS | {_R.REPORTER, _R.LEADER, _R.SUPERIOR, _R.STAFFING, _R.REVIEWER, _R.EVALUATOR},
    Act.SIGN_DOCUMENT: _INSIDE,
    Act.SEAL_DOCUMENT: frozenset({_R.ADMINISTRATOR, _R.LEADER}),
    Act.KEEP_KEYS: frozenset({_R.ADMINISTRATOR}),
    Act.SEE_NATION: _PLANNERS | {_R.REPORTER, _R.LEADER, _R.REVIEWER, _R.EVALUATOR},
    Act.KEEP_BOOKS: _PLANNERS | {_R.REPORTER},
    Act.COMMENT: _WORKING,
}
"""Who may do what (the roles that the work of SAKIP knows; Permenpan-RB 53/2014 and 88/2021 name most of them).

Separation of duties beyond roles (nobody verifies the own entry, nobody reviews the own report) is kept by the verbs.
`KEEP_SKP` opens the pages of the SKP; whose file one reads and writes follows from person and position alone
(`core.people.privacy`), whatever the role. A register's own definition narrows the acts on its records: which roles open
and move them, and which read personal data or, of a restricted register, anything but counts (`core.registers.privacy`).
"""


class Scope(StrEnum):
    """What a program's token may be good for; its person's roles still decide."""

    READ = "baca"
    MEASURE = "ukur"
    EDIT = "ubah"
    LOAD = "muat"
    COMPOSE = "susun"
    REVIEW = "reviu"
    PEOPLE = "pegawai"
    AUDIT = "audit"


SCOPES: dict[Scope, frozenset[Act]] = {
    Scope.READ: frozenset({Act.SEE, Act.EXPORT, Act.SEE_REGISTER, Act.EXPORT_REGISTER}),
    Scope.MEASURE: frozenset({Act.MEASURE, Act.VERIFY, Act.SPEND}),
    Scope.EDIT: frozenset(
        {
            Act.EDIT_ORG, Act.EDIT_STAFF, Act.EDIT_PLAN, Act.EDIT_BUDGET, Act.DRAFT_AGREEMENT, Act.EXPLAIN, Act.TRACK,
            Act.WRITE_REPORT, Act.CONFIGURE, Act.SERVE, Act.ASSESS, Act.KEEP_REGISTER, Act.ASSIGN_RECORD,
            Act.EXTEND_DEADLINE,
            Act.PLAN_REFORM,
        }
    ),
    Scope.LOAD: frozenset({Act.LOAD}),
    Scope.COMPOSE: frozenset({Act.COMPOSE}),
    Scope.REVIEW: frozenset({Act.REVIEW, Act.CONFIRM_HISTORY, Act.EVALUATE, Act.CONFIRM_FOLLOW_UP}),
    Scope.PEOPLE: frozenset({Act.KEEP_SKP, Act.MANAGE_SKP, Act.COUNT_PREDICATES}),
    Scope.AUDIT: frozenset({Act.AUDIT}),
}  # fmt: skip
"""The acts behind each scope. Accounts, roles, signatures, decisions and publication are not for tokens; files of

employees need a scope of their own."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role with its reach. Empty `agency` is every agency, empty `units` is the whole of it.

    `units` holds the codes of a subtree, the top one and all below it.
    """

    role: Role
    agency: str = ""
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a name for the audit record and the roles held, each with its reach.

    `login` is the key of the person's account; empty for the person at the terminal and for the public.
    `positions` are the codes of the positions held on the day, in person or acting (Plt/Plh), by agency. `employed`
    says whether the account is linked with an employee of any agency.
    `limits` narrows every role to some acts (a program's token with scopes); None narrows nothing.
    """

    name: str
    grants: tuple[Grant, ...] = ()
    login: str = ""
    positions: frozenset[tuple[str, str]] = frozenset()
    limits: frozenset[Act] | None = None
    employed: bool = False

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held anywhere."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def everywhere(self) -> bool:
        """Whether some role reaches every agency."""
        return any(not grant.agency for grant in self.grants)

    @property
    def agencies(self) -> frozenset[str]:
        """The agencies that the roles name; empty means none unless `everywhere`."""
        return frozenset(grant.agency for grant in self.grants if grant.agency)

    def covers(self, agency: str) -> bool:
        """Whether any role reaches `agency` (by code)."""
        return self.everywhere or agency in self.agencies


def acting(name: str, roles: Iterable[Role], agencies: Iterable[str] = ()) -> Actor:
    """An actor who holds each role in each agency as a whole; without agencies, in every one."""
    reach = tuple(agencies) or ("",)
    return Actor(name, tuple(Grant(role, agency) for role in sorted(roles) for agency in reach))


def limited(actor: Actor, scopes: Iterable[Scope]) -> Actor:
    """The same actor, narrowed to the acts of some scopes; everybody inside may read what the roles show."""
    acts = frozenset({Act.SEE, Act.SEE_REGISTER}).union(*(SCOPES[scope] for scope in scopes))
    return replace(actor, limits=acts)


def operator(name: str) -> Actor:
    """The person at the terminal of the installation, who holds its database file anyway."""
    return acting(name, set(Role) - {Role.READER})


def may(actor: Actor, act: Act, agency: str, unit: str = "") -> bool:
    """Whether the actor may do `act` for a unit of an agency; without a unit, for the agency as a whole."""
    return any(not grant.units or (bool(unit) and unit in grant.units) for grant in _grants(actor, act, agency))


def may_somewhere(actor: Actor, act: Act, agency: str) -> bool:
    """Whether the actor may do `act` for some part of an agency: what menus and pages ask before they show a door."""
    return any(True for _ in _grants(actor, act, agency))


def reach(actor: Actor, act: Act, agency: str) -> frozenset[str] | None:
    """The codes of the units for which the actor may do `act`; None for the whole agency."""
    grants = list(_grants(actor, act, agency))
    if any(not grant.units for grant in grants):
        return None
    return frozenset(unit for grant in grants for unit in grant.units)


def may_by_position(actor: Actor, act: Act, agency: str, position: str) -> bool:
    """Whether the actor may do `act` as the holder of the position that answers for it (measuring an indicator)."""
    allowed = actor.limits is None or act in actor.limits
    return allowed and act is Act.MEASURE and (agency, position) in actor.positions


def _grants(actor: Actor, act: Act, agency: str) -> Iterator[Grant]:
    """The roles by which the actor may do `act` for some part of an agency."""
    if actor.limits is None or act in actor.limits:
        for grant in actor.grants:
            if grant.role in POLICY[act] and grant.agency in {"", agency}:
                yield grant


def agencies_over(actor: Actor, act: Act) -> frozenset[str] | None:
    """The codes of the agencies in the whole of which the actor may do `act`; None for every agency."""
    if may(actor, act, ""):
        return None
    return frozenset(agency for agency in actor.agencies if may(actor, act, agency))


def over_several(actor: Actor, act: Act) -> bool:
    """Whether the actor may do `act` in more than one agency, so that there is something to compare."""
    reach = agencies_over(actor, act)
    return reach is None or len(reach) > 1


def check(actor: Actor, act: Act, agency: str, unit: str = "") -> None:
    """Refuse an actor who may not do `act`.

    Raises NotFound if the actor may not even know of the agency, NotAllowed otherwise.
    """
    if not may(actor, act, agency, unit):
        raise refusal(actor, act, agency, unit)


def check_somewhere(actor: Actor, act: Act, agency: str) -> None:
    """Refuse an actor who may do `act` for no part of the agency. Raises NotFound and NotAllowed."""
    if not may_somewhere(actor, act, agency):
        raise refusal(actor, act, agency)


def check_everywhere(actor: Actor, act: Act) -> None:
    """Refuse an actor whose role does not reach every agency. Raises NotAllowed."""
    if not may(actor, act, ""):
        raise NotAllowed(f"{actor.name} tidak berhak {act.value}; perannya tidak menjangkau semua instansi.")


def refusal(actor: Actor, act: Act, agency: str, unit: str = "") -> NotFound | NotAllowed:
    """What to tell an actor who may not: a stranger is not told that the agency exists."""
    if not actor.covers(agency):
        return NotFound(f"Instansi {agency} tidak ditemukan.")
    where = f"unit {unit} pada instansi {agency}" if unit else f"instansi {agency}"
    return NotAllowed(f"{actor.name} tidak berhak {act.value} {where}.")
