"""When a register can be used: every name leads somewhere, every state can be reached and left, nothing private leaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place
from selaras.core.registers import letters, numbering
from selaras.core.registers.clock import LONGEST_TERM, Deadline, Term
from selaras.core.registers.definition import (
    CountingRule,
    Register,
    Summary,
    Tally,
    Tallying,
    is_date,
    kind_of,
)
from selaras.core.registers.fields import LISTED, NUMERIC, Field, FieldKind
from selaras.core.registers.filters import Filter, faults_of_filter, subjects

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_FIELDS = 100
MOST_STATES = 30
_DERIVED = ("@verdict.", "@due.", "@used.")


def checked(register: Register) -> Register:
    """The register itself. Raises Refusal with every fault if it is not sound."""
    faults = check(register)
    if faults:
        raise Refusal(f"Register {register.code or register.name} tidak dapat dipakai.", *faults)
    return register


def check(register: Register) -> tuple[Fault, ...]:
    """What is wrong with a register, all of it, each with the part of the register it stands in."""
    return (
        *_heading(register),
        *_codes(register),
        *(fault for field in register.fields for fault in _field(register, field)),
        *_states(register),
        *_transitions(register),
        *_demands(register),
        *(fault for deadline in register.deadlines for fault in _deadline(register, deadline)),
        *(fault for rule in register.rules for fault in _rule(register, rule)),
        *(fault for summary in register.summaries for fault in _summary(register, summary)),
        *_private(register),
        *_printed(register),
    )


def _at(register: Register, *parts: str) -> Place:
    return Place(record=" / ".join(part for part in (register.code, *parts) if part))


def _heading(register: Register) -> Iterator[Fault]:
    for name, text in (("kode", register.code), ("nama", register.name)):
        if not text.strip():
            yield Fault(f"{name} kosong", _at(register), expected="teks")
    for name, items, most in (
        ("isian", register.fields, MOST_FIELDS),
        ("keadaan", register.states, MOST_STATES),
    ):
        if not 1 <= len(items) <= most:
            yield Fault(f"banyaknya {name}", _at(register), str(len(items)), f"1 sampai {most}")
    for name, roles in (("pembuka rekaman", register.opened_by), ("pembaca", register.readers)):
        if not roles:
            yield Fault(f"{name} belum ditetapkan", _at(register), expected="sekurang-kurangnya satu peran")


def _codes(register: Register) -> Iterator[Fault]:
    groups: tuple[tuple[str, Iterable[str]], ...] = (
        ("register", (register.code,)),
        ("isian", (item.code for item in register.fields)),
        ("keadaan", (item.code for item in register.states)),
        ("tenggat", (item.code for item in register.deadlines)),
        ("aturan hitung", (item.code for item in register.rules)),
        ("ringkasan", (item.code for item in register.summaries)),
        ("surat", (item.code for item in register.letters)),
    )
    for name, codes in groups:
        counted = Counter(codes)
        for code, times in counted.items():
            if not CODE.fullmatch(code):
                yield Fault(
                    f"kode {name} tidak berbentuk semestinya", _at(register), code,
                    "huruf kecil, angka, dan garis bawah, diawali huruf, paling banyak 40",
                )  # fmt: skip
            if times > 1:
                yield Fault(f"kode {name} ganda", _at(register), code)


def _field(register: Register, field: Field) -> Iterator[Fault]:
    at = _at(register, field.code)
    if not field.name.strip():
        yield Fault("nama isian kosong", at, expected="teks")
    if (field.kind in LISTED) is not bool(field.choices) or len(set(field.choices)) != len(field.choices):
        expected = "daftar pilihan tanpa yang ganda" if field.kind in LISTED else "tanpa pilihan"
        yield Fault("pilihan isian", at, "; ".join(field.choices), expected)
    if (field.least is not None or field.most is not None) and field.kind not in NUMERIC:
        yield Fault("batas angka pada isian yang bukan angka", at, field.kind.value, " | ".join(sorted(NUMERIC)))
    if field.least is not None and field.most is not None and field.most < field.least:
        yield Fault("batas atas di bawah batas bawah", at, str(field.most), f"{field.least} atau lebih")
    if field.not_before and (field.kind is not FieldKind.DATE or not is_date(register, field.not_before)):
        yield Fault("pembanding tanggal tidak dikenal", at, field.not_before, "kode isian tanggal")
    above = register.field(field.not_above)
    if field.not_above and (field.kind not in NUMERIC or above is None or above.kind not in NUMERIC):
        yield Fault("pembanding angka tidak dikenal", at, field.not_above, "kode isian angka")
    if (field.kind is FieldKind.RECORD) is not bool(field.of):
        yield Fault("register yang dirujuk", at, field.of, "kode register, hanya untuk isian rekaman")


def _states(register: Register) -> Iterator[Fault]:
    if not register.states:
        return
    ways: dict[str, set[str]] = {state.code: set() for state in register.states}
    for way in register.transitions:
        if way.source in ways and way.target in ways:
            ways[way.source].add(way.target)
    reached = _from({register.states[0].code}, ways)
    back: dict[str, set[str]] = {code: {source for source, targets in ways.items() if code in targets} for code in ways}
    ending = _from(set(register.closed), back)
    for state in register.states:
        if state.code not in reached:
            yield Fault("keadaan tidak dapat dicapai dari keadaan pertama", _at(register, state.code), state.name)
        if register.closed and state.code not in ending:
            yield Fault("keadaan tanpa jalan ke keadaan selesai", _at(register, state.code), state.name)
    if len(register.states) > 1 and not register.closed:
        yield Fault("tidak ada keadaan selesai", _at(register), expected="sekurang-kurangnya satu keadaan selesai")


def _from(known: set[str], ways: dict[str, set[str]]) -> set[str]:
    waiting = list(known)
    while waiting:
        fresh = ways.get(waiting.pop(), set()) - known
        known |= fresh
        waiting += fresh
    return known


def _transitions(register: Register) -> Iterator[Fault]:
    pairs = Counter((way.source, way.target) for way in register.transitions)
    for way in register.transitions:
        at = _at(register, f"{way.source} → {way.target}")
        for code in (way.source, way.target):
            if register.state(code) is None:
                yield Fault("peralihan menunjuk keadaan yang tidak ada", at, code)
        if way.source == way.target or pairs[way.source, way.target] > 1:
            yield Fault("peralihan ganda atau ke keadaan yang sama", at)
        if not way.roles or not way.name.strip():
            yield Fault("peralihan tanpa nama atau tanpa peran", at, expected="nama dan sekurang-kurangnya satu peran")
        yield from (
            Fault("peralihan mewajibkan isian yang tidak ada", at, code)
            for code in way.needs
            if register.field(code) is None
        )
        yield from _filter(register, way.when, at)


def _demands(register: Register) -> Iterator[Fault]:
    for demand in register.demands:
        at = _at(register, demand.field)
        if register.field(demand.field) is None:
            yield Fault("syarat wajib isi menunjuk isian yang tidak ada", at, demand.field)
        yield from _filter(register, demand.when, at)


def _deadline(register: Register, deadline: Deadline) -> Iterator[Fault]:
    at = _at(register, deadline.code)
    for subject in (deadline.start, *deadline.stops):
        if not is_date(register, subject) or subject.startswith(_DERIVED):
            yield Fault("awal atau akhir tenggat bukan tanggal", at, subject, "isian tanggal, @opened, atau @reached.…")
    if not deadline.stops or not deadline.terms:
        yield Fault("tenggat tanpa akhir atau tanpa jangka waktu", at, expected="stops dan terms")
    yield from (
        Fault("tenggat berhenti pada keadaan yang tidak ada", at, code)
        for code in deadline.pauses
        if register.state(code) is None
    )
    if any(not 0 <= before <= LONGEST_TERM for before in deadline.remind):
        yield Fault(
            "hari pengingat di luar batas", at, ", ".join(map(str, deadline.remind)), f"0 sampai {LONGEST_TERM}"
        )
    codes = Counter(term.code for term in deadline.terms)
    for term in deadline.terms:
        if codes[term.code] > 1:
            yield Fault("kode jangka waktu ganda", at, term.code)
        yield from _term(register, term, _at(register, deadline.code, term.code))


def _term(register: Register, term: Term, at: Place) -> Iterator[Fault]:
    if term.days is not None and term.promised:
        yield Fault("jangka waktu dengan hari dan tanggal janji sekaligus", at, expected="salah satu")
    for name, days in (("hari", term.days or 0), ("perpanjangan", term.extension), ("kali", term.times)):
        if not 0 <= days <= LONGEST_TERM:
            yield Fault(f"{name} jangka waktu di luar batas", at, str(days), f"0 sampai {LONGEST_TERM}")
    if term.promised and (register.field(term.promised) is None or not is_date(register, term.promised)):
        yield Fault("tanggal janji bukan isian tanggal", at, term.promised)
    yield from _filter(register, term.when, at)
    yield from _plain(term.when, at)


def _plain(when: Filter, at: Place) -> Iterator[Fault]:
    for subject in subjects(when):
        if subject.startswith(_DERIVED):
            yield Fault("syarat jangka waktu bergantung pada tenggat", at, subject, "isian atau keadaan")


def _rule(register: Register, rule: CountingRule) -> Iterator[Fault]:
    at = _at(register, rule.code)
    if not rule.name.strip() or not rule.nothing.strip():
        yield Fault("nama atau kalimat saat kosong belum diisi", at, expected="teks")
    if not is_date(register, rule.dated):
        yield Fault(
            "tanggal aturan hitung tidak dikenal", at, rule.dated, "isian tanggal atau @opened, @closed, @reached.…"
        )
    for tally in (rule.numerator, rule.denominator):
        if tally is not None:
            yield from _tally(register, tally, at)
    if rule.pending is not None:
        yield from _filter(register, rule.pending, at)


def _summary(register: Register, summary: Summary) -> Iterator[Fault]:
    at = _at(register, summary.code)
    if summary.by and kind_of(register, summary.by) is None:
        yield Fault("ringkasan dipilah menurut isian yang tidak ada", at, summary.by)
    field = register.field(summary.by)
    if field is not None and field.personal:
        yield Fault("ringkasan dipilah menurut data pribadi", at, summary.by, "isian yang bukan data pribadi")
    if not is_date(register, summary.dated):
        yield Fault("tanggal ringkasan tidak dikenal", at, summary.dated)
    yield from _tally(register, summary.tally, at)


def _tally(register: Register, tally: Tally, at: Place) -> Iterator[Fault]:
    yield from _filter(register, tally.where, at)
    known = kind_of(register, tally.of) if tally.of else None
    if (tally.how is Tallying.RECORDS) is bool(tally.of) or (tally.of and known is None):
        yield Fault("isian yang dihitung", at, tally.of, "tanpa isian untuk rekaman, kode isian untuk yang lain")
    elif tally.how is Tallying.SUM and known is not None and known[0] not in NUMERIC:
        yield Fault("isian yang dijumlah bukan angka", at, tally.of, " | ".join(sorted(NUMERIC)))


def _private(register: Register) -> Iterator[Fault]:
    personal = [field for field in register.fields if field.personal]
    for field in personal:
        if field.open:
            yield Fault("data pribadi ditandai terbuka", _at(register, field.code), remedy="Hapus salah satu tandanya.")
    if personal and register.retention is None:
        yield Fault(
            "register memuat data pribadi tanpa masa simpan", _at(register), expected="masa simpan",
            remedy="Tetapkan berapa lama data pribadi disimpan.",
        )  # fmt: skip
    if register.restricted and (register.open_to_public or any(field.open for field in register.fields)):
        yield Fault("register terbatas dibuka untuk umum", _at(register), expected="tanpa isian terbuka dan laman umum")
    if register.retention is not None:
        if not is_date(register, register.retention.after):
            yield Fault("awal masa simpan bukan tanggal", _at(register), register.retention.after)
        if not 1 <= register.retention.months <= 1200:
            yield Fault(
                "masa simpan di luar batas", _at(register), str(register.retention.months), "1 sampai 1200 bulan"
            )
    if register.open_to_public and not any(field.public for field in register.fields):
        yield Fault("laman umum tanpa isian", _at(register), expected="sekurang-kurangnya satu isian umum")


def _printed(register: Register) -> Iterator[Fault]:
    for column in register.columns:
        if kind_of(register, column) is None:
            yield Fault("kolom register menunjuk isian yang tidak ada", _at(register), column)
    yield from numbering.faults_of(register.numbering, _at(register))
    for letter in register.letters:
        yield from letters.faults_of(register, letter, _at(register, letter.code))


def _filter(register: Register, filter_: Filter, at: Place) -> Iterator[Fault]:
    return faults_of_filter(filter_, lambda subject: kind_of(register, subject), at)
