"""What a register is: fields, states and the ways between them, deadlines, counting rules, retention, letters.

A register is data, defined by an agency in the browser or read from a file; `soundness` says when it can be used.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from selaras.core.access import Role
from selaras.core.law import Source
from selaras.core.registers.clock import Deadline, Verdict
from selaras.core.registers.fields import Field, FieldKind
from selaras.core.registers.filters import ALWAYS, Filter

STATE, OPENED, CLOSED, UNIT, NUMBER = "@state", "@opened", "@closed", "@unit", "@number"
REACHED, VERDICT, DUE, USED = "@reached.", "@verdict.", "@due.", "@used."


@dataclass(frozen=True, slots=True)
class State:
    """One state. `closed`: the matter is finished. `told` is what the other side is told when it is reached."""

    code: str
    name: str
    closed: bool = False
    told: str = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """A way from one state to another: what it is called, who may take it, which fields must be filled then.

    `when` must hold for the record; `four_eyes`: not by the one who made the step before.
    """

    source: str
    target: str
    name: str
    roles: tuple[Role, ...]
    needs: tuple[str, ...] = ()
    when: Filter = ALWAYS
    four_eyes: bool = False


@dataclass(frozen=True, slots=True)
class Demand:
    """A field that must be filled wherever a condition holds: the reason, if the decision was a refusal."""

    field: str
    when: Filter


NOTHING = "Tidak ada rekaman."


class Tallying(StrEnum):
    """What is added up over the records that a filter lets through."""

    RECORDS = "rekaman"
    DISTINCT = "isi berbeda"
    SUM = "jumlah"


@dataclass(frozen=True, slots=True)
class Tally:
    """A count of records, of different contents of the field `of`, or the sum of that field; empty ones add nothing."""

    where: Filter = ALWAYS
    how: Tallying = Tallying.RECORDS
    of: str = ""


class Basis(StrEnum):
    """Which records belong to a period, by the date that the rule names."""

    WITHIN = "dalam periode"
    TO_DATE = "sejak awal tahun sampai akhir periode"
    STOCK = "keadaan pada akhir periode"


@dataclass(frozen=True, slots=True)
class CountingRule:
    """How an indicator is counted. A record is in the numerator only if it is in the denominator too.

    With a denominator the figure is a percentage, without one a number. `dated` is the subject whose date places a
    record in a period. Records of `pending` are shown apart and not counted yet. `nothing` is said where the
    denominator is zero.
    """

    code: str
    name: str
    numerator: Tally
    source: Source
    denominator: Tally | None = None
    basis: Basis = Basis.WITHIN
    dated: str = OPENED
    pending: Filter | None = None
    nothing: str = NOTHING
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """One table of the yearly report of a register: a tally, split by the contents of a subject if there is one."""

    code: str
    name: str
    tally: Tally
    by: str = ""
    dated: str = OPENED


class Clearing(StrEnum):
    """What happens to records when the time to keep them is over."""

    DELETE = "dihapus"
    ANONYMISE = "dianonimkan"


@dataclass(frozen=True, slots=True)
class Retention:
    """How long records are kept: `months` from the date of a subject, then deleted or emptied of personal data."""

    months: int
    after: str
    clearing: Clearing
    source: Source


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a register: its paragraphs with gaps `{code}` for fields, for which states it is meant.

    `signer` is the position that signs it; the block that is left for it is where a signature is stamped.
    """

    code: str
    name: str
    states: tuple[str, ...]
    paragraphs: tuple[str, ...]
    signer: str = ""


class Restart(StrEnum):
    """When the running number begins again."""

    YEAR = "tahun"
    MONTH = "bulan"
    NEVER = "tidak pernah"


@dataclass(frozen=True, slots=True)
class Numbering:
    """How records are numbered: `{urut:04}/PPID/{bulan_romawi}/{tahun}`; gaps are those of `numbering.GAPS`."""

    pattern: str
    restart: Restart = Restart.YEAR


@dataclass(frozen=True, slots=True)
class Register:
    """One register. The first state is the one in which a record is opened, by one of `opened_by`.

    `restricted`: only counts leave it, whoever asks without the right. `open_to_public`: a request comes in by a public
    page and is followed by ticket. `columns` is the order of the printed register, fields and facts. `readers` are the
    roles that read personal data.
    """

    code: str
    name: str
    source: Source
    fields: tuple[Field, ...]
    states: tuple[State, ...]
    transitions: tuple[Transition, ...] = ()
    demands: tuple[Demand, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    rules: tuple[CountingRule, ...] = ()
    summaries: tuple[Summary, ...] = ()
    letters: tuple[Letter, ...] = ()
    columns: tuple[str, ...] = ()
    numbering: Numbering = Numbering("{urut:04}/{tahun}")
    retention: Retention | None = None
    opened_by: tuple[Role, ...] = (Role.SERVICE,)
    readers: tuple[Role, ...] = (Role.SERVICE,)
    about: str = ""
    restricted: bool = False
    open_to_public: bool = False

    def field(self, code: str) -> Field | None:
        """The field with this code."""
        for item in self.fields:  # asked so often that a generator is felt
            if item.code == code:
                return item
        return None

    def state(self, code: str) -> State | None:
        """The state with this code."""
        return next((item for item in self.states if item.code == code), None)

    def deadline(self, code: str) -> Deadline | None:
        """The deadline with this code."""
        return next((item for item in self.deadlines if item.code == code), None)

    def rule(self, code: str) -> CountingRule | None:
        """The counting rule with this code."""
        return next((item for item in self.rules if item.code == code), None)

    @property
    def closed(self) -> frozenset[str]:
        """The codes of the states in which a matter is finished."""
        return frozenset(state.code for state in self.states if state.closed)


def kind_of(register: Register, subject: str) -> tuple[FieldKind, tuple[str, ...]] | None:
    """The kind and, where there are any, the choices of a subject: a field, or a fact with `@`; None if unknown."""
    if (field := register.field(subject)) is not None:
        return field.kind, field.choices
    if subject == STATE:
        return FieldKind.CHOICE, tuple(state.code for state in register.states)
    if subject in {OPENED, CLOSED}:
        return FieldKind.DATE, ()
    if subject in {UNIT, NUMBER}:
        return FieldKind.TEXT, ()
    head, _, code = subject.partition(".")
    if f"{head}." == REACHED and register.state(code) is not None:
        return FieldKind.DATE, ()
    if register.deadline(code) is None:
        return None
    known: dict[str, tuple[FieldKind, tuple[str, ...]]] = {
        VERDICT: (FieldKind.CHOICE, tuple(item.value for item in Verdict)),
        DUE: (FieldKind.DATE, ()),
        USED: (FieldKind.WHOLE, ()),
    }
    return known.get(f"{head}.")


def is_date(register: Register, subject: str) -> bool:
    """Whether the subject exists and holds a date."""
    known = kind_of(register, subject)
    return known is not None and known[0] is FieldKind.DATE
