"""What the verbs of the SKP share: the plan held during the act, what the actor is to it, rows kept, people told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from selaras.actions._notices import tell
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, may
from selaras.core.errors import Fault, NotAllowed, NotFound, Refusal
from selaras.core.people.skp import SkpPlan, SkpRow, SkpState, step
from selaras.core.value import Value
from selaras.store import models as tables
from selaras.store.models.columns import VALUE_PARTS
from selaras.store.people import WITH, Me, Standing, me_in, standing_of
from selaras.store.people_rows import Parts, objection_record, parts_of, plan_record
from selaras.store.rows import pack_value, shown

KIND = "SKP"
BOTH = (Standing.OWN, Standing.ASSESSOR)
LONGEST = 4000
ROW_FIELDS = {
    "section": "Bagian", "result": "Hasil kerja", "measure": "Indikator", "target": "Target", "unit": "Satuan",
    "perspective": "Perspektif", "aspect": "Aspek", "supports": "Mendukung", "parent_plan": "SKP atasan",
    "parent_order": "Nomor hasil kerja atasan", "indicator": "Kode indikator", "origin": "Asal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """A plan during an act: its row, its record, who the actor is, and what the actor is to it."""

    row: tables.SkpPlan
    plan: SkpPlan
    me: Me
    standing: frozenset[Standing]
    manages: bool

    def parts(self, *kinds: str) -> Parts:
        """What hangs on the plan, of some kinds or of all."""
        return parts_of([self.row.pk], kinds).get(self.row.code, Parts())


@contextmanager
def plan_held(
    by: Actor, agency: str, code: str, action: str, *standings: Standing, manager: bool = False
) -> Iterator[tuple[Trace, Held]]:
    """An act on one plan, whose row is held meanwhile, open to some standings, and to the staff office if `manager`.

    Raises NotFound where there is no plan that the actor may know of, NotAllowed for one who may only read it.
    """
    with traced(by, action=action, agency=agency) as trace:
        me = me_in(by, agency)
        rows = tables.SkpPlan.objects.select_related(*WITH).select_for_update(of=("self",))
        row = rows.filter(agency__code=agency, code=code).first()
        if row is None:
            raise NotFound(f"SKP {code} tidak ditemukan.")
        plan = plan_record(row)
        found = getattr(row, "objection", None)
        objection = objection_record(found, code) if found else None
        superior = row.assessor.superior.code if row.assessor and row.assessor.superior else ""
        standing = standing_of(me, plan, superior, objection)
        manages = may(by, Act.MANAGE_SKP, agency, plan.unit)
        if not standing and not (manager and manages):
            raise NotFound(f"SKP {code} tidak ditemukan.")
        if not (standing & set(standings)) and not (manager and manages):
            raise NotAllowed(f"{by.name} tidak berhak {action}; hanya {' atau '.join(standings)}.")
        trace |= {"plan": code, "year": plan.year}
        yield trace, Held(row, plan, me, standing, manages)


def refuse_state(plan: SkpPlan, *allowed: SkpState) -> None:
    """Refuse an act that does not belong to the state of a plan."""
    if plan.state not in allowed:
        fault = Fault("status SKP", plan.place, plan.state, " atau ".join(allowed))
        raise Refusal(f"SKP {plan.code} berstatus {plan.state}.", fault)


def moved(trace: Trace, held: Held, state: SkpState, note: str = "", **columns: Any) -> None:
    """Take a plan to its next state and keep other columns with it. Raises Refusal for a step that is none."""
    after = step(held.plan, state)
    trace.changed(KIND, held.plan.code, "Status", held.plan.state, after.state, note)
    for name, value in ({"state": after.state.value, "note": note} | columns).items():
        setattr(held.row, name, value)
    held.row.save()


def words(text: str, what: str, *, empty: bool = False, most: int = LONGEST) -> str:
    """A text as it is kept. Raises Refusal where it is missing or too long."""
    made = text.replace("\r\n", "\n").strip()
    if (not made and not empty) or len(made) > most:
        fault = Fault(what.lower(), read=f"{len(made)} huruf", expected=f"{0 if empty else 1} sampai {most} huruf")
        raise Refusal(f"{what} tidak disimpan.", fault)
    return made


def evidence_list(titles: Iterable[str]) -> list[str]:
    """Evidence as it is kept: titles or addresses, each once. Raises Refusal for too many or too long ones."""
    made = list(dict.fromkeys(part.strip() for part in titles if part.strip()))
    if len(made) > 50 or any(len(part) > 500 for part in made):
        raise Refusal(
            "Bukti dukung tidak disimpan.", Fault("bukti dukung", expected="paling banyak 50, masing-masing 500 huruf")
        )
    return made


def value_columns(name: str, value: Value | None) -> dict[str, Any]:
    """A value as the columns that keep it."""
    return dict(zip((f"{name}_{part}" for part in VALUE_PARTS), pack_value(value), strict=True))


def columns_of(agency: int, row: SkpRow) -> dict[str, Any]:
    """A row as its columns. Raises NotFound for a parent or an indicator that is not there."""
    parent = None
    if row.parent is not None:
        code, order = row.parent
        found = tables.SkpRow.objects.filter(plan__agency=agency, plan__code=code, order=order)
        parent = found.values_list("pk", flat=True).first()
        if parent is None:
            raise NotFound(f"Hasil kerja {row.parent_order} pada SKP {row.parent_plan} tidak ditemukan.")
    return {
        "section": row.section.value, "result": row.result, "measure": row.measure, "unit": row.unit,
        "perspective": row.perspective, "aspect": row.aspect, "supports": row.supports, "parent_id": parent,
        "line": row.line, "indicator_id": indicator_key(agency, row.indicator), "origin": row.origin.value,
        **value_columns("target", row.target),
    }  # fmt: skip


def indicator_key(agency: int, code: str) -> int | None:
    """The key of an indicator; None for none. Raises NotFound."""
    if not code:
        return None
    pk = tables.Indicator.objects.filter(agency=agency, code=code).values_list("pk", flat=True).first()
    if pk is None:
        raise NotFound(f"Indikator {code} tidak ditemukan.")
    return pk


def named(model: type[Any], agency: int, code: str, what: str) -> Any:
    """The row that a code names; None for an empty code. Raises NotFound."""
    if not code:
        return None
    found = model.objects.filter(agency=agency, code=code).first()
    if found is None:
        raise NotFound(f"{what} {code} tidak ditemukan.")
    return found


def differences(before: SkpRow | None, after: SkpRow | None) -> Iterator[tuple[str, str, str]]:
    """Which fields of a row differ: name, before, after, as a person reads them."""
    for name, label in ROW_FIELDS.items():
        was, now = (shown(getattr(row, name)) if row else "" for row in (before, after))
        if was != now:
            yield f"{(after or before).order}. {label}", was, now  # type: ignore[union-attr]


def free_order(rows: Collection[SkpRow]) -> int:
    """The number of the next row; numbers are never given again while a row of a higher one stands."""
    return max((row.order for row in rows), default=0) + 1


def page_of(plan: SkpPlan, agency: str) -> str:
    """The address of the page of a plan."""
    return f"/i/{_part(agency)}/{plan.year}/skp/{_part(plan.code)}/"


def tell_employee(by: Actor, held: Held, text: str) -> None:
    """Tell whose plan it is: the account of the employee, else of the holders of the position."""
    row = held.row
    people = (
        tables.User.objects.filter(staff_seats__employee=row.employee_id) if row.employee else _holding(row.position)
    )
    _tell(by, held, people, text)


def tell_assessor(by: Actor, held: Held, text: str, *, above: bool = False) -> None:
    """Tell who holds the assessor's position, or the one above it."""
    position = held.row.assessor
    if position is not None and above:
        position = position.superior
    if position is not None:
        _tell(by, held, _holding(position), text)


def _tell(by: Actor, held: Held, people: Iterable[tables.User], text: str) -> None:
    agency = held.row.agency.code
    tell(by, people, text=text, url=page_of(held.plan, agency), agency=agency, topic="SKP")


def _holding(position: tables.Position) -> Iterable[tables.User]:
    today = date.today()
    seats = tables.Seat.objects.filter(tenure__position=position).select_related("tenure", "user")
    for seat in seats:
        since, until = seat.tenure.since, seat.tenure.until
        if (since is None or since <= today) and (until is None or today <= until):
            yield seat.user


def _part(code: str) -> str:
    """A code as it stands in an address of ours (`web.gate.CodeConverter`)."""
    text = quote(code, safe="").replace("~", "%7E")
    return (text if text.strip(".") else text.replace(".", "%2E")).replace("%", "~")
