"""The first run: a one-time code, the first administrator, the first agency, or the sample agencies with accounts."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from selaras.actions import exchange
from selaras.actions._accounts import check_installation, created, sealed, vouch
from selaras.actions._load_agency import load_agency
from selaras.actions.audit import traced
from selaras.core import org
from selaras.core.access import Actor, Role
from selaras.core.errors import CannotRun, Fault, NotAllowed, Refusal, reason_of
from selaras.core.snapshot import ReportSettings as Settings
from selaras.store.accounts import hashed, nobody_yet, setup_code_file, setup_code_fits
from selaras.store.models import Agency, Position, ReportSettings, RoleGrant, Seat, Tenure, User

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GROUPS, GROUP = 4, 4
FIRST_SCALE = "permendagri-54-2010"
"""The scale that a new agency begins with, of national regulation (rulebook `scales`); its settings can name another."""
BOOKS = Path(__file__).parent / "samples"


class Reach(Enum):
    """In which sample agencies a sample person has the role."""

    FIRST = "first"
    SECOND = "second"
    ALL = "all"


class Post(Enum):
    """Which position of the sample a person holds, by its place in the line."""

    ABOVE = "above"
    HEAD = "head"
    BELOW = "below"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sample person works."""

    reach: Reach = Reach.FIRST
    post: Post | None = None


SAMPLES: tuple[tuple[str, Role, str, Place], ...] = (
    ("perencana", Role.PLANNER, "Perencana", Place()),
    ("pengampu", Role.OWNER, "Penanggung Jawab Indikator", Place(post=Post.BESIDE)),
    ("anggaran", Role.TREASURER, "Pengelola Anggaran", Place()),
    ("kepegawaian", Role.STAFFING, "Petugas Kepegawaian", Place()),
    ("atasan", Role.SUPERIOR, "Atasan", Place(post=Post.BELOW)),
    ("penyusun", Role.REPORTER, "Penyusun Laporan", Place()),
    ("pereviu", Role.REVIEWER, "Pereviu", Place(Reach.ALL)),
    ("evaluator", Role.EVALUATOR, "Evaluator", Place(Reach.ALL)),
    ("budaya", Role.CULTURE, "Penilai Budaya", Place()),
    ("layanan", Role.SERVICE, "Petugas Layanan", Place()),
    ("pegawai", Role.EMPLOYEE, "Pegawai", Place()),
    ("pimpinan", Role.LEADER, "Pimpinan", Place(post=Post.HEAD)),
    ("asisten", Role.SUPERIOR, "Atasan Langsung Pimpinan", Place(post=Post.ABOVE)),
    ("perencana.kpu", Role.PLANNER, "Perencana KPU", Place(Reach.SECOND)),
    ("pimpinan.kpu", Role.LEADER, "Pimpinan KPU", Place(Reach.SECOND, Post.HEAD)),
)
"""The sample people: word of the login, role, name, place. They can be told by “(contoh)” in their names."""


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """A demonstration account; its password is shown once and kept nowhere."""

    username: str
    name: str
    role: Role
    password: str


def issue_setup_code(by: Actor) -> str:
    """A fresh one-time code for the first administrator, for the terminal to show; the last one holds no more.

    Without it anybody who reaches the port first could take the installation. Raises Refusal once there is an account.
    """
    with traced(by, action="membuat kode penyiapan"):
        if not nobody_yet():
            raise Refusal("Penyiapan sudah selesai: sudah ada akun.")
        code = "".join(secrets.choice(LETTERS) for _ in range(GROUPS * GROUP))
        _keep(setup_code_file(), hashed(code))
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def first_administrator(by: Actor, *, code: str, username: str, name: str, password: str, email: str = "") -> User:
    """Make the first account, which administers every agency; the code is spent.

    Raises NotAllowed for a wrong code or where an account exists, Refusal with every fault of the account.
    """
    hash_ = sealed(password)
    with traced(by, action="membuat administrator pertama") as trace:
        if not nobody_yet() or not setup_code_fits(code):
            raise NotAllowed(
                "Kode penyiapan tidak berlaku. Lihat kode terbaru pada terminal tempat Selaras dijalankan."
            )
        user = created(username, name, email, password=password, sealed=hash_)
        vouch(user)
        RoleGrant.objects.create(user=user, role=Role.ADMINISTRATOR.value, granted_by=by.name)
        trace["user"] = user.username
        trace.changed("akun", user.username, "", "", "baru")
        trace.changed("peran", user.username, Role.ADMINISTRATOR.value, "", "semua instansi")
        try:
            setup_code_file().unlink()  # of two who are as fast as each other, one removes it
        except FileNotFoundError as error:
            raise NotAllowed("Kode penyiapan baru saja dipakai orang lain.") from error
    return user


def open_agency(by: Actor, *, agency: org.Agency, year: int) -> None:
    """Begin an agency, empty but for the settings of its first year. Raises Refusal and NotAllowed."""
    with traced(by, action="membuka instansi", agency=agency.code) as trace:
        check_installation(by)
        faults = [
            Fault(f"{label} kosong", expected="terisi")
            for label, value in (("kode", agency.code), ("nama", agency.name), ("nama singkat", agency.short_name))
            if not value.strip()
        ]
        if Agency.objects.filter(code__iexact=agency.code).exists():
            faults.append(Fault("kode instansi sudah dipakai", read=agency.code, remedy="Pilih kode lain."))
        if faults:
            raise Refusal("Instansi tidak dibuka.", *faults)
        pk, _, _ = load_agency(agency)
        given = Settings(year, scale=FIRST_SCALE)
        ReportSettings.objects.create(
            agency_id=pk, year=year, outline=given.outline, scale=given.scale, efficiency=given.efficiency
        )
        trace["year"] = year
        trace.changed("Agency", agency.code, "", "", "baru")


def load_samples(by: Actor, *, accounts: bool = False) -> tuple[SampleAccount, ...]:
    """Load the sample agencies that come with Selaras; with `accounts`, also an account for every role.

    Each sample leaves the record of its workbook too. Raises NotAllowed, Refusal where the accounts exist already,
    and CannotRun where the samples are not installed.
    """
    password = "-".join("".join(secrets.choice(LETTERS.lower()) for _ in range(GROUP)) for _ in range(GROUPS))
    hash_ = sealed(password)
    made: list[SampleAccount] = []
    with traced(by, action="memuat instansi contoh") as trace:
        check_installation(by)
        codes = [exchange.load_workbook(by, path=book).agency for book in _books()]
        if accounts:
            people = {word: _person(word, name, password, hash_) for word, role, name, _ in SAMPLES}
            made = [SampleAccount(people[word].username, name, role, password) for word, role, name, _ in SAMPLES]
            for word, role, _, place in SAMPLES:
                _place(people[word], role, place, codes, by.name)
        trace |= {"agencies": ", ".join(codes), "accounts": len(made)}
    return tuple(made)


def _books() -> list[Path]:
    found = sorted(BOOKS.glob("*.xlsx"))
    if not found:
        raise CannotRun(f"Buku kerja contoh tidak ada di {BOOKS}; pemasangan Selaras tidak lengkap.")
    return found


def _person(word: str, name: str, password: str, hash_: str) -> User:
    return created(f"contoh.{word}", f"{name} (contoh)", "", password=password, sealed=hash_)


def _place(user: User, role: Role, place: Place, codes: list[str], granted_by: str) -> None:
    """Give a sample person the role in the first agency, the second one or both, and a position to hold there."""
    for code in {Reach.FIRST: codes[:1], Reach.SECOND: codes[1:2], Reach.ALL: codes}[place.reach]:
        agency = Agency.objects.get(code=code)
        RoleGrant.objects.create(user=user, role=role.value, agency=agency, granted_by=granted_by)
        position = _post(agency, place.post)
        tenure = Tenure.objects.filter(position=position, seat__isnull=True).order_by("-since").first()
        if position is not None and tenure is not None:
            Seat.objects.create(user=user, tenure=tenure)


def _post(agency: Agency, post: Post | None) -> Position | None:
    """A post of the sample by its place in the line: the head, the superior outside, or one below the head."""
    inside = Position.objects.filter(agency=agency, outside=False)
    head = inside.filter(superior__isnull=True).first() or inside.filter(superior__outside=True).first()
    if post is None or head is None:
        return None
    if post is Post.ABOVE:
        return Position.objects.filter(agency=agency, code=head.superior.code).first() if head.superior else None
    below = list(inside.filter(superior=head))
    return {Post.HEAD: [head], Post.BELOW: below, Post.BESIDE: below[1:]}[post][0] if below else head


def _keep(path: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    try:
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(text)
    except OSError as error:
        raise CannotRun(f"Kode penyiapan tidak dapat disimpan di {path}: {reason_of(error)}.") from error
