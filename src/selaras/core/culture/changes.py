"""Changes of the coding as values: each says what stood before and after, so that it can be undone and told.

A change is made by a verb here, applied by `apply`, and taken back by `undo`; applying what no longer fits is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from selaras.core.culture.coding import FINAL, Code, Coding, Kind, Material, Stance
from selaras.core.errors import Conflict, Fault, Refusal
from selaras.core.place import Place


@dataclass(frozen=True, slots=True)
class Change:
    """Codes and codings before and after; None is "was not there" or "is gone". `sentence` is for the audit trail."""

    sentence: str
    codes: tuple[tuple[Code | None, Code | None], ...] = ()
    codings: tuple[tuple[Coding | None, Coding | None], ...] = ()

    def reversed(self) -> Change:
        """The change that takes this one back."""
        return Change(
            f"Dibatalkan: {self.sentence}",
            tuple((after, before) for before, after in reversed(self.codes)),
            tuple((after, before) for before, after in reversed(self.codings)),
        )


def apply(material: Material, change: Change) -> Material:
    """The material after a change. Raises Conflict if something that it starts from no longer stands so."""
    codes = {code.code: code for code in material.codes}
    for before, after in change.codes:
        if before is not None and codes.get(before.code) != before:
            raise _moved(before.code)
        if before is None and after is not None and after.code in codes:
            raise _moved(after.code)
        if before is not None and (after is None or after.code != before.code):
            del codes[before.code]
        if after is not None:
            codes[after.code] = after
    codings = {coding.key: coding for coding in material.codings}
    for old, _ in change.codings:
        if old is not None and codings.pop(old.key, None) != old:
            raise _moved(" / ".join(old.key))
    for _, new in change.codings:
        if new is not None:
            if new.key in codings:
                raise _moved(" / ".join(new.key))
            codings[new.key] = new
    return replace(material, codes=tuple(codes.values()), codings=tuple(codings.values()))


def undo(material: Material, change: Change) -> Material:
    """The material as it was before a change."""
    return apply(material, change.reversed())


def _moved(record: str) -> Conflict:
    return Conflict(f"Perubahan tidak dapat diterapkan: {record} sudah berubah.")


def place(coding: Coding) -> Change:
    """A new coding."""
    return Change(f"Kode {coding.code} dipasang pada penggalan {coding.segment}.", codings=((None, coding),))


def remove(coding: Coding) -> Change:
    """A coding taken away."""
    return Change(f"Kode {coding.code} dilepas dari penggalan {coding.segment}.", codings=((coding, None),))


def reread(codings: Iterable[Coding], *, stance: Stance | None = None, kind: Kind | None = None) -> Change:
    """Another stance or kind for some codings."""
    pairs = tuple((item, replace(item, stance=stance or item.stance, kind=kind or item.kind)) for item in codings)
    changed = tuple(pair for pair in pairs if pair[0] != pair[1])
    names = ", ".join(f"{old.segment} {old.code}" for old, _ in changed)
    return Change(f"Arah atau jenis diubah pada {names}.", codings=changed)


def recode(coding: Coding, code: str) -> Change:
    """Another code for the same passage, without marking it again."""
    return Change(
        f"Penggalan {coding.segment}: kode {coding.code} diganti {code}.",
        codings=((coding, replace(coding, code=code)),),
    )


def merge(material: Material, code: str, into: str) -> Change:
    """One code put into another; the old one stays in the codebook and says where it went.

    Where a passage carries both by one coder, the one that stays keeps its reading; refused if they disagree.
    """
    if code == into:
        raise Refusal("Kode tidak dapat digabungkan dengan dirinya sendiri.", Fault("kode sama", read=code))
    gone, stays = _open(material, code), _open(material, into)
    there = {coding.key: coding for coding in material.codings if coding.code == into}
    pairs: list[tuple[Coding | None, Coding | None]] = []
    faults = []
    for old in (coding for coding in material.codings if coding.code == code):
        new = replace(old, code=into)
        other = there.get(new.key)
        if other is not None and other != new:
            faults.append(_split_reading(old, other))
        pairs.append((old, None if other is not None else new))
    if faults:
        raise Refusal(f"Kode {code} belum dapat digabungkan ke {into}.", *faults)
    return Change(
        f"Kode {gone.code} digabungkan ke {stays.code}: {len(pairs)} penyandian.",
        ((gone, replace(gone, merged_into=into)),), tuple(pairs),
    )  # fmt: skip


def split(material: Material, code: str, new: Code, segments: Iterable[str]) -> Change:
    """A new code that takes over some passages of an old one; the others stay."""
    old, moving = _open(material, code), set(segments)
    if new.code in material.by_code:
        raise Refusal("Kode baru sudah ada.", Fault("kode ganda", Place(record=new.code), new.code))
    found = tuple(item for item in material.codings if item.code == old.code and item.segment in moving)
    if missing := sorted(moving - {item.segment for item in found}):
        raise Refusal(
            "Kode tidak dapat dipecah.",
            Fault("penggalan tanpa kode itu", Place(record=code), ", ".join(missing), "penggalan yang memuatnya"),
        )
    return Change(
        f"Kode {code} dipecah: {len(found)} penyandian pindah ke {new.code}.",
        ((None, new),), tuple((item, replace(item, code=new.code)) for item in found),
    )  # fmt: skip


def adjudicated(material: Material, layer: str, decided: Iterable[Coding], lead: str) -> Change:
    """The codings that the lead decided on after a round, put into the final layer under the lead's name."""
    final = [replace(item, coder=lead, layer=FINAL) for item in decided]
    known = {coding.key: coding for coding in material.codings}
    pairs = tuple((known.get(item.key), item) for item in final if known.get(item.key) != item)
    return Change(f"Putaran {layer} diputuskan: {len(final)} penyandian pada lapisan akhir.", codings=pairs)


def _open(material: Material, code: str) -> Code:
    found = material.by_code.get(code)
    if found is None or found.merged_into:
        raise Refusal(
            "Kode tidak dapat dipakai.",
            Fault("kode tidak ada atau sudah digabungkan", Place(record=code), code, "kode dalam buku kode"),
        )
    return found


def _split_reading(old: Coding, other: Coding) -> Fault:
    return Fault(
        "dua bacaan yang berbeda pada satu penggalan", Place(record=old.segment), f"{old.code} {old.stance} {old.kind}",
        f"{other.code} {other.stance} {other.kind}", "Samakan arah dan jenisnya dahulu.",
    )  # fmt: skip
