"""Filters and counting rules over tables give what `core` gives, for whatever register, records and filters."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.registers.made import DAYS, SOURCE, deadline, register

from selaras.core.period import Period, Span
from selaras.core.registers.clock import Deadline, Term
from selaras.core.registers.counting import count, summarise
from selaras.core.registers.definition import Basis, CountingRule, Summary, Tally, Tallying
from selaras.core.registers.facts import RecordFacts
from selaras.core.registers.fields import Field, FieldKind
from selaras.core.registers.filters import All, AnyOf, Comparison, Not, Op, holds
from selaras.core.registers.records import Grant, Move, Record
from selaras.rulebook.registers import from_toml, to_toml
from selaras.store import models as tables
from selaras.store.models.registers import Happening
from selaras.store.register_counts import Counting
from selaras.store.register_filters import Translator
from selaras.store.register_rows import record_of, seal_of, whole_rows
from selaras.store.register_slots import pack_by, slots_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FIELDS = (
    Field("nama", "Nama", FieldKind.TEXT, personal=True),
    Field("umur", "Umur", FieldKind.NUMBER, personal=True),
    Field("golongan", "Golongan", FieldKind.CHOICE, choices=("a", "b", "c%_'\"")),
    Field("hobi", "Hobi", FieldKind.CHOICES, choices=("x", "xx", "y")),
    Field("jumlah", "Jumlah", FieldKind.NUMBER),
    Field("terbit", "Terbit", FieldKind.DATE),
    Field("kilat", "Kilat", FieldKind.YES_NO),
)
DEADLINES = (
    deadline(3, pauses=("menunggu",), terms=(Term("biasa", SOURCE, days=3, extension=2),)),
    Deadline("tayang", "Tayang", "terbit", ("@closed",), (
        Term("kilat", SOURCE, days=1, when=Comparison("kilat", Op.IS, True)),
        Term("bebas", SOURCE),
    )),
)  # fmt: skip
PARTS = All((
    Comparison("golongan", Op.FILLED), Comparison("jumlah", Op.ABOVE, Decimal(0)), Comparison("terbit", Op.FILLED),
    Comparison("kilat", Op.IS, True), Comparison("@verdict.tayang", Op.IS, "terlambat"), Comparison("nama", Op.FILLED),
    Comparison("hobi", Op.HOLDS, "x"),
))  # fmt: skip
MADE = register(
    fields=FIELDS, deadlines=DEADLINES, rules=(CountingRule("semua", "Semua", Tally(PARTS), SOURCE),)
)  # fmt: skip
BODY = to_toml(MADE)
DAY = st.dates(date(2024, 2, 20), date(2024, 4, 20))
NUMBERS = st.one_of(
    st.sampled_from([Decimal(0), Decimal("-1.5"), Decimal(10), Decimal("2.50"), Decimal("0.1"), Decimal("0.3")]),
    st.decimals(-(10**6), 10**6, places=4),
)
WAYS = {"baru": ("menunggu", "selesai", "batal"), "menunggu": ("baru",), "selesai": (), "batal": ()}


@st.composite
def records(draw):
    made = []
    for number in range(draw(st.integers(0, 6))):
        day = draw(DAY)
        moves = [Move("baru", day)]
        while WAYS[moves[-1].state] and draw(st.booleans()):
            day += timedelta(draw(st.integers(0, 9)))
            moves.append(Move(draw(st.sampled_from(WAYS[moves[-1].state])), day))
        content = draw(st.fixed_dictionaries({}, optional={
            "nama": st.sampled_from(["Ani Rekaan", "Budi Rekaan", "ani rekaan"]), "umur": NUMBERS,
            "golongan": st.sampled_from(FIELDS[2].choices),
            "hobi": st.lists(st.sampled_from(["x", "xx", "y"]), unique=True, min_size=1).map(tuple),
            "jumlah": NUMBERS, "terbit": DAY, "kilat": st.booleans(),
        }))  # fmt: skip
        grants = (Grant("jawab", moves[0].on, "sebab"),) if draw(st.booleans()) else ()
        unit = draw(st.sampled_from(["", "U1", "U2"]))
        made.append(Record(str(number), "contoh", content, tuple(moves), grants, unit))
    return made


COMPARISONS = st.one_of(
    st.builds(Comparison, st.sampled_from(["nama"]), st.sampled_from([Op.IS, Op.IS_NOT]), st.just("Ani Rekaan")),
    st.builds(Comparison, st.just("golongan"), st.sampled_from([Op.IS, Op.IS_NOT]), st.sampled_from(FIELDS[2].choices)),
    st.builds(Comparison, st.just("golongan"), st.just(Op.IN), st.lists(st.sampled_from(["a", "b"])).map(tuple)),
    st.builds(Comparison, st.just("hobi"), st.just(Op.HOLDS), st.sampled_from(["x", "xx", "y"])),
    st.builds(
        Comparison, st.sampled_from(["jumlah", "umur", "@used.jawab", "@used.tayang"]),
        st.sampled_from([Op.IS, Op.IS_NOT, Op.BELOW, Op.UP_TO, Op.ABOVE, Op.FROM]),
        st.one_of(NUMBERS, st.sampled_from([Decimal("1e40"), Decimal("-1e40"), Decimal("1e-20"), Decimal(3)])),
    ),
    st.builds(
        Comparison,
        st.sampled_from(["terbit", "@opened", "@closed", "@reached.menunggu", "@due.jawab", "@due.tayang"]),
        st.sampled_from([Op.IS, Op.IS_NOT, Op.BELOW, Op.UP_TO, Op.ABOVE, Op.FROM]), DAY,
    ),
    st.builds(Comparison, st.just("kilat"), st.sampled_from([Op.IS, Op.IS_NOT]), st.booleans()),
    st.builds(
        Comparison, st.sampled_from(["@verdict.jawab", "@verdict.tayang"]), st.sampled_from([Op.IS, Op.IS_NOT]),
        st.sampled_from(["tepat waktu", "terlambat", "lewat batas", "berjalan", "tanpa batas waktu", "belum mulai"]),
    ),
    st.builds(
        Comparison, st.just("@verdict.jawab"), st.just(Op.IN), st.just(("berjalan", "dihentikan sementara"))
    ),
    st.builds(Comparison, st.just("@state"), st.sampled_from([Op.IS, Op.IS_NOT]), st.sampled_from(["baru", "selesai"])),
    st.builds(Comparison, st.sampled_from(["@unit"]), st.sampled_from([Op.IS, Op.IS_NOT]), st.sampled_from(["U1"])),
    st.builds(
        Comparison,
        st.sampled_from([
            "nama", "umur", "golongan", "hobi", "jumlah", "terbit", "kilat", "@unit", "@closed", "@used.jawab",
            "@due.tayang", "@verdict.jawab", "@reached.batal",
        ]),
        st.sampled_from([Op.FILLED, Op.EMPTY]),
    ),
)  # fmt: skip
FILTERS = st.recursive(
    COMPARISONS,
    lambda parts: st.one_of(
        st.builds(Not, parts),
        st.builds(All, st.lists(parts, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(parts, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
RULES = st.builds(
    CountingRule, st.just("aturan"), st.just("Aturan"),
    st.one_of(
        st.builds(Tally, FILTERS),
        st.builds(Tally, FILTERS, st.just(Tallying.SUM), st.sampled_from(["jumlah", "umur"])),
        st.builds(Tally, FILTERS, st.just(Tallying.DISTINCT), st.sampled_from(["golongan", "nama", "jumlah"])),
    ),
    st.just(SOURCE), st.one_of(st.none(), st.builds(Tally, FILTERS)), st.sampled_from(Basis),
    st.sampled_from(["@opened", "@closed", "terbit", "@reached.selesai", "@due.jawab"]),
    st.one_of(st.none(), FILTERS),
)  # fmt: skip
SLOW = settings(
    max_examples=150, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@pytest.fixture
def home():
    agency = tables.Agency.objects.create(code="DESK", name="Dinas Contoh", kind="dinas")
    for code in ("U1", "U2"):
        tables.Unit.objects.create(agency=agency, code=code, name=code)
    return tables.RegisterDefinition.objects.create(agency=agency, code="contoh", name="Contoh", body=BODY)


def stored(definition, listed, days=DAYS):
    tables.RegisterRecord.objects.all().delete()
    units = dict(tables.Unit.objects.values_list("code", "pk"))
    seal = seal_of(MADE, BODY, days)
    for record in listed:
        packed = pack_by(MADE, BODY, record, days, seal)
        row = tables.RegisterRecord.objects.create(
            definition=definition, number=record.number, unit_id=units.get(record.unit), **packed.columns
        )
        if packed.private:
            tables.RegisterPrivate.objects.create(record=row, **packed.private)
        steps = [(Happening.STATE, move.state, move.on) for move in record.moves]
        steps += [(Happening.GRANT, grant.deadline, grant.on) for grant in record.grants]
        for order, (kind, code, on) in enumerate(steps):
            note = "sebab" if kind is Happening.GRANT else ""
            tables.RegisterEvent.objects.create(record=row, order=order, kind=kind, code=code, on=on, note=note)


def test_what_rules_ask_for_has_a_column_but_never_what_is_personal_or_long():
    assert from_toml(BODY, "contoh.toml") == MADE
    paths = set(slots_in(BODY))
    assert {("content", "golongan"), ("facts", "keys", "jumlah"), ("content", "terbit")} <= paths
    assert {("facts", "clocks", "tayang", "due"), ("facts", "clocks", "tayang", "ended")} <= paths
    assert not {path for path in paths if "nama" in path or "hobi" in path}


@SLOW
@given(listed=records(), asked=FILTERS)
def test_a_filter_in_sql_lets_through_what_the_filter_in_python_does(home, listed, asked):
    stored(home, listed)
    day = date(2024, 5, 31)
    rows = tables.RegisterRecord.objects.filter(definition=home)
    if any(subject.startswith("@used") for subject in _subjects(asked)):
        rows = rows.filter(running=False)
    known = set(rows.values_list("number", flat=True))
    wanted = {
        item.number for item in listed if item.number in known and holds(asked, RecordFacts(MADE, item, DAYS, day))
    }
    translator = Translator(MADE, day)
    found = set(rows.filter(translator.condition(asked)).values_list("number", flat=True))
    assert found == wanted
    assert set(rows.filter(translator.condition(asked, holds=False)).values_list("number", flat=True)) == known - wanted


@SLOW
@given(
    listed=records(), rule=RULES, as_of=st.dates(date(2024, 3, 1), date(2024, 5, 10)),
    period=st.sampled_from([Period(2024), Period(2024, Span.QUARTER, 1), Period(2024, Span.MONTH, 3)]),
)  # fmt: skip
def test_a_rule_counted_by_the_store_gives_the_figure_of_core(home, listed, rule, as_of, period):
    stored(home, listed)
    wanted = count(MADE, rule, listed, period=period, workdays=DAYS, as_of=as_of)
    counting = Counting(home.pk, MADE, BODY, as_of, DAYS)
    counted = counting.rule(rule, period)
    figure = counted.figure
    assert (figure.numerator, figure.denominator, figure.value, figure.note) == (
        wanted.numerator, wanted.denominator, wanted.value, wanted.note,
    )  # fmt: skip
    for part in ("met", "missed", "waiting"):
        assert sorted(counting.behind(rule, period, part)) == sorted(getattr(wanted, part))
        assert getattr(counted, part) == len(getattr(wanted, part))


SUBJECTS = (
    "", "nama", "umur", "golongan", "hobi", "jumlah", "terbit", "kilat", "@state", "@unit", "@opened", "@closed",
    "@reached.menunggu", "@due.jawab", "@due.tayang", "@used.jawab", "@used.tayang", "@verdict.jawab", "@verdict.tayang",
)  # fmt: skip
TABLES = st.builds(
    Summary, st.just("tabel"), st.just("Tabel"),
    st.one_of(
        st.builds(Tally, FILTERS),
        st.builds(Tally, FILTERS, st.just(Tallying.SUM), st.sampled_from(["jumlah", "umur", "@used.jawab"])),
        st.builds(Tally, FILTERS, st.just(Tallying.DISTINCT), st.sampled_from(SUBJECTS[1:])),
    ),
    st.sampled_from(SUBJECTS), st.sampled_from(["@opened", "@closed", "terbit", "@reached.selesai", "@due.jawab"]),
)  # fmt: skip


@SLOW
@given(
    listed=records(), wanted=st.lists(TABLES, max_size=4),
    as_of=st.sampled_from([date(2024, 3, 1), date(2024, 4, 12), date(2024, 5, 31)]),
)  # fmt: skip
def test_tables_of_a_year_counted_by_the_store_are_those_of_core(home, listed, wanted, as_of):
    stored(home, listed)
    period = Period(2024)
    made = Counting(home.pk, MADE, BODY, as_of, DAYS).summaries(wanted, period)
    assert list(made) == [
        summarise(MADE, summary, listed, period=period, workdays=DAYS, as_of=as_of) for summary in wanted
    ]


@SLOW
@given(listed=records())
def test_a_record_comes_back_as_it_was_kept(home, listed):
    stored(home, listed)
    rows = whole_rows(tables.RegisterRecord.objects.all()).order_by("number")
    made = [record_of(MADE, row) for row in rows]
    for record, was in zip(made, listed, strict=True):
        assert dict(record.content) == dict(was.content)
        assert [(move.state, move.on) for move in record.moves] == [(move.state, move.on) for move in was.moves]
        assert (record.grants, record.unit) == (was.grants, was.unit)


def _subjects(asked):
    from selaras.core.registers.filters import subjects

    return list(subjects(asked))
