"""The filter builder: lines of subject, comparison and value, in groups within groups; built without a script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.errors import Fault, Refusal
from selaras.core.registers.definition import Register
from selaras.core.registers.filters import ALWAYS, DEEPEST, MOST_PARTS, All, AnyOf, Comparison, Filter, Not, Op
from selaras.store.registers import subject_name
from selaras.web.registers.filter_words import OPS, Subject, comparison_of, shown_value, subjects_of, typed

CHANGE = "susun"
"""What the buttons of a builder send: the filter's prefix, what is done, and where, between bars."""
ROW, GROUP, DROP = "baris", "kelompok", "hapus"
MOST_DEEP = DEEPEST - 3
EVERY, ANY, NOT_EVERY, NONE = "all", "any", "not-all", "none"
MODES: dict[str, Any] = {
    EVERY: gettext_lazy("semua terpenuhi"), ANY: gettext_lazy("salah satu terpenuhi"),
    NOT_EVERY: gettext_lazy("tidak semua terpenuhi"), NONE: gettext_lazy("tidak satu pun terpenuhi"),
}  # fmt: skip


@dataclass(slots=True)
class Line:
    """One line as it is typed; one without a subject asks nothing."""

    name: str
    subject: str = ""
    op: str = Op.IS.value
    value: str = ""
    is_group: bool = False


@dataclass(slots=True)
class Group:
    """Lines and groups that hold together as `mode` says."""

    name: str
    mode: str = EVERY
    parts: list[Line | Group] = field(default_factory=list)
    depth: int = 0
    is_group: bool = True

    @property
    def may_deepen(self) -> bool:
        """Whether a group may still be put into this one."""
        return self.depth < MOST_DEEP

    def next_name(self) -> str:
        """The name of the next part."""
        return f"{self.name}-{len(self.parts)}"


class FilterBox:
    """One filter in a form: as it stands, and read from what was sent."""

    def __init__(
        self, register: Register, prefix: str, label: str, filter_: Filter | None, sent: Mapping[str, Any] | None = None
    ) -> None:
        self.register, self.prefix, self.label = register, prefix, label
        self.ops, self.modes, self.change = list(OPS.items()), list(MODES.items()), CHANGE
        if sent is None:
            self.root = _group_of(register, prefix, filter_ or ALWAYS)
        else:
            self.root = _sent_group(sent, prefix)
            asked, _bar, rest = str(sent.get(CHANGE, "")).partition("|")
            if asked == prefix:
                what, _bar, where = rest.partition("|")
                _changed(self.root, what, where)
            self.root = _renamed(self.root, prefix)
        _with_spare(self.root)

    @property
    def subjects(self) -> list[Subject]:
        """What a line may ask about."""
        return subjects_of(self.register)

    def read(self) -> dict[str, Any] | None:
        """The filter as data, None for one that lets everything through. Raises Refusal with the line at fault."""
        if not any(isinstance(part, Group) or part.subject for part in self.root.parts):
            return None
        return self._data(self.root)

    def _data(self, group: Group) -> dict[str, Any]:
        parts = [
            self._data(part) if isinstance(part, Group) else comparison_of(
                self.register, self.label, part.subject, part.op, part.value
            )
            for part in group.parts if isinstance(part, Group) or part.subject
        ]  # fmt: skip
        if not parts:
            fault = Fault(f"{self.label}: ada kelompok tanpa baris", remedy="Isi barisnya atau hapus kelompoknya.")
            raise Refusal(_("%(label)s belum lengkap.") % {"label": self.label}, fault)
        key = ANY if group.mode in {ANY, NONE} else EVERY
        made = parts[0] if len(parts) == 1 else {key: parts}
        return {"not": made} if group.mode in {NOT_EVERY, NONE} else made


def is_change(sent: Mapping[str, Any]) -> bool:
    """Whether what was sent asks only for another line or group, or for one less."""
    return bool(sent.get(CHANGE))


def told(register: Register, filter_: Filter) -> str:
    """A filter in words: `Keadaan sama dengan Ditolak dan Biaya terisi`."""
    if filter_ == ALWAYS:
        return _("semua rekaman")
    if isinstance(filter_, Comparison):
        return _line_told(register, filter_)
    if isinstance(filter_, All | AnyOf):
        mark = _(" dan ") if isinstance(filter_, All) else _(" atau ")
        return mark.join(f"({told(register, part)})" if isinstance(part, All | AnyOf) else told(register, part)
                         for part in filter_.parts)  # fmt: skip
    return _("bukan (%(part)s)") % {"part": told(register, filter_.part)}


def _line_told(register: Register, line: Comparison) -> str:
    value = "" if line.value is None else shown_value(register, line)
    return f"{subject_name(register, line.subject)} {OPS[line.op.value]} {value}".strip()


# ---- a filter as groups ----------------------------------------------------------------------------------------------


def _group_of(register: Register, name: str, filter_: Filter, depth: int = 0) -> Group:
    """A filter as a group; a single comparison is a group of one line."""
    negated = False
    while isinstance(filter_, Not):
        negated, filter_ = not negated, filter_.part
    if isinstance(filter_, Comparison):
        parts: tuple[Filter, ...] = (filter_,)
        mode = EVERY
    else:
        parts, mode = filter_.parts, EVERY if isinstance(filter_, All) else ANY
    if negated:
        mode = NONE if mode == ANY else NOT_EVERY
    made = Group(name, mode, depth=depth)
    for part in parts:
        if isinstance(part, Comparison):
            value = "" if part.value is None else typed(register, part)
            made.parts.append(Line(made.next_name(), part.subject, part.op.value, value))
        else:
            made.parts.append(_group_of(register, made.next_name(), part, depth + 1))
    return made


def _sent_group(sent: Mapping[str, Any], name: str, depth: int = 0) -> Group:
    """A group as it was sent; what lies too deep or comes too often is left out."""
    mode = str(sent.get(f"{name}-cara", EVERY))
    made = Group(name, mode if mode in MODES else EVERY, depth=depth)
    for at in range(MOST_PARTS):
        part = f"{name}-{at}"
        if f"{part}-cara" in sent:
            if depth < MOST_DEEP:
                made.parts.append(_sent_group(sent, part, depth + 1))
        elif f"{part}-perihal" in sent:
            subject = str(sent.get(f"{part}-perihal", ""))
            op = str(sent.get(f"{part}-banding", Op.IS.value))
            made.parts.append(Line(part, subject, op, str(sent.get(f"{part}-nilai", "")).strip()))
    return made


def _changed(root: Group, what: str, where: str) -> None:
    """Put a line or a group into the group `where`, or take that group away."""
    for group in _groups(root):
        if what == DROP:
            group.parts = [part for part in group.parts if part.name != where or isinstance(part, Line)]
        elif group.name == where and what == ROW:
            group.parts.append(Line(group.next_name()))
        elif group.name == where and what == GROUP and group.may_deepen:
            group.parts.append(Group(group.next_name(), ANY if group.mode == EVERY else EVERY, depth=group.depth + 1))


def _groups(group: Group) -> Iterator[Group]:
    yield group
    for part in list(group.parts):
        if isinstance(part, Group):
            yield from _groups(part)


def _renamed(group: Group, name: str, depth: int = 0) -> Group:
    """The group with its parts named by where they stand now."""
    made = Group(name, group.mode, depth=depth)
    for part in group.parts:
        if isinstance(part, Group):
            made.parts.append(_renamed(part, made.next_name(), depth + 1))
        else:
            made.parts.append(Line(made.next_name(), part.subject, part.op, part.value))
    return made


def _with_spare(group: Group) -> None:
    """One empty line at the end of each group, so that the next needs no button."""
    for part in group.parts:
        if isinstance(part, Group):
            _with_spare(part)
    if not any(isinstance(part, Line) and not part.subject for part in group.parts):
        group.parts.append(Line(group.next_name()))
