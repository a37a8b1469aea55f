"""What was said about what: segments of locked texts, codes, and codings with stance and kind.

Offsets are half-open in Unicode code points, which is how REFI-QDA counts. Browsers count UTF-16 units: they are
turned at the edge by `from_utf16`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from selaras.core.culture.frameworks import Framework
from selaras.core.culture.sources import Informant, Source, intact
from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place

FINAL = "final"


class Stance(StrEnum):
    """Whether a passage speaks for a code, against it, or neither."""

    FOR = "+"
    NEITHER = "0"
    AGAINST = "-"


class Kind(StrEnum):
    """What a passage is: lived experience, a norm, advice, or somebody's own conclusion. Only experience is evidence."""

    EXPERIENCE = "pengalaman"
    NORM = "norma"
    ADVICE = "saran"
    CLAIM = "klaim"


class MemoKind(StrEnum):
    """What a memo is about."""

    REFLECTION = "refleksi"
    METHOD = "metode"
    CONDENSATION = "reduksi"
    CONCLUSION = "temuan"


@dataclass(frozen=True, slots=True)
class Code:
    """One word of the codebook; deductive where it stands on a node, inductive where it was found in the texts."""

    code: str
    name: str
    node: str = ""
    family: str = ""
    definition: str = ""
    includes: str = ""
    excludes: str = ""
    merged_into: str = ""

    @property
    def inductive(self) -> bool:
        """Whether it came from the texts."""
        return not self.node


@dataclass(frozen=True, slots=True)
class Segment:
    """A passage [start, end) of a source, in code points."""

    code: str
    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Coding:
    """One coder's reading of a segment. `layer` is a round of blind coding, or the final one."""

    segment: str
    code: str
    stance: Stance
    kind: Kind
    coder: str
    layer: str = FINAL

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What may stand only once."""
        return (self.segment, self.code, self.coder, self.layer)


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on a code, segment, source or conclusion, by its code."""

    about: str
    text: str
    kind: MemoKind = MemoKind.REFLECTION
    author: str = ""


@dataclass(frozen=True)
class Material:
    """Everything of one study that has been collected and coded. Codings are kept in the order of their keys."""

    informants: tuple[Informant, ...] = ()
    sources: tuple[Source, ...] = ()
    codes: tuple[Code, ...] = ()
    segments: tuple[Segment, ...] = ()
    codings: tuple[Coding, ...] = ()
    memos: tuple[Memo, ...] = ()

    def __post_init__(self) -> None:
        """Keep codings in one order, so that equal contents are equal values."""
        object.__setattr__(self, "codings", tuple(sorted(self.codings, key=lambda coding: coding.key)))

    @cached_property
    def by_source(self) -> dict[str, Source]:
        """Sources by code."""
        return {source.code: source for source in self.sources}

    @cached_property
    def by_segment(self) -> dict[str, Segment]:
        """Segments by code."""
        return {segment.code: segment for segment in self.segments}

    @cached_property
    def by_code(self) -> dict[str, Code]:
        """Codes by code."""
        return {code.code: code for code in self.codes}

    def quote(self, segment: str) -> str:
        """The words of a segment, from its source."""
        found = self.by_segment[segment]
        return self.by_source[found.source].text[found.start : found.end]

    def source_of(self, coding: Coding) -> Source:
        """The source in which a coding stands."""
        return self.by_source[self.by_segment[coding.segment].source]

    def on(self, layer: str, coder: str | None = None) -> Material:
        """The same material with the codings of one layer only (and one coder)."""
        kept = (item for item in self.codings if item.layer == layer and coder in {None, item.coder})
        return replace(self, codings=tuple(kept))


def seen_by(material: Material, coder: str, open_layers: Iterable[str], *, agreed: Iterable[str] = ()) -> Material:
    """What a coder may see while rounds are open, so that coders stay blind to each other.

    In an open round only the own codings and memos are seen, and no passage that only others marked there; segments
    that were `agreed` on before the round are seen by all.
    """
    hidden = set(open_layers)
    if not hidden:
        return material
    kept = tuple(item for item in material.codings if item.layer not in hidden or item.coder == coder)
    marked, seen = {item.segment for item in material.codings}, {item.segment for item in kept} | set(agreed)
    return replace(
        material,
        segments=tuple(item for item in material.segments if item.code in seen or item.code not in marked),
        codings=kept,
        memos=tuple(memo for memo in material.memos if memo.author in {"", coder}),
    )


def cut(source: Source, start: int, end: int, code: str) -> Segment:
    """A segment of a locked source. Raises Refusal where the offsets do not lie in the text or nothing is marked."""
    at = Place(record=source.code)
    if not intact(source):
        raise Refusal(
            f"Sumber {source.code} belum dapat disandi.",
            Fault("teks belum dikunci atau sudah berubah", at, remedy="Kunci teksnya dahulu."),
        )
    if not 0 <= start < end <= len(source.text):
        raise Refusal(
            "Penggalan tidak sah.",
            Fault(
                "batas penggalan di luar teks", at, f"{start}–{end}", f"0 sampai {len(source.text)}, awal sebelum akhir"
            ),
        )
    return Segment(code, source.code, start, end)


def from_utf16(text: str, offset: int) -> int:
    """An offset of a browser (UTF-16 units) in code points. Inside a surrogate pair it is refused."""
    units = 0
    for place, letter in enumerate(text):
        if units == offset:
            return place
        units += 2 if ord(letter) > 0xFFFF else 1
    if units == offset:
        return len(text)
    raise Refusal(
        "Letak penggalan tidak sah.",
        Fault("letak di luar teks atau di tengah satu aksara", read=str(offset), expected=f"0 sampai {units}"),
    )


def to_utf16(text: str, offset: int) -> int:
    """An offset in code points as a browser counts it."""
    return sum(2 if ord(letter) > 0xFFFF else 1 for letter in text[:offset])


def codebook(framework: Framework) -> tuple[Code, ...]:
    """The deductive codes of a framework: one for each leaf, with the family named by its construct."""
    return tuple(
        Code(node.code, node.name, node.code, framework.construct_of(node.code).name, node.definition)
        for node in framework.leaves()
    )


def check_material(material: Material, framework: Framework | None = None) -> tuple[Fault, ...]:
    """Everything in the coding that does not fit: unknown codes, offsets outside the text, what stands twice."""
    faults = []
    nodes = {node.code for node in framework.nodes} if framework else set()
    for code in material.codes:
        if framework is not None and code.node and code.node not in nodes:
            faults.append(Fault("kode menunjuk simpul yang tidak ada", Place(record=code.code), code.node))
    for segment in material.segments:
        source = material.by_source.get(segment.source)
        if source is None:
            faults.append(Fault("penggalan tanpa sumber", Place(record=segment.code), segment.source))
        elif not 0 <= segment.start < segment.end <= len(source.text):
            faults.append(
                Fault("batas penggalan di luar teks", Place(record=segment.code), f"{segment.start}–{segment.end}",
                      f"0 sampai {len(source.text)}")
            )  # fmt: skip
    for coding in material.codings:
        at = Place(record=f"{coding.segment} / {coding.code}")
        if coding.segment not in material.by_segment:
            faults.append(Fault("penyandian pada penggalan yang tidak ada", at, coding.segment))
        if coding.code not in material.by_code:
            faults.append(Fault("kode tidak dikenal", at, coding.code, "kode dalam buku kode"))
        elif target := material.by_code[coding.code].merged_into:
            faults.append(Fault("kode sudah digabungkan", at, coding.code, target))
    for what, names in (
        ("kode ganda", [code.code for code in material.codes]),
        ("sumber ganda", [source.code for source in material.sources]),
        ("penggalan ganda", [segment.code for segment in material.segments]),
        ("penyandian ganda", [" / ".join(coding.key) for coding in material.codings]),
    ):
        faults += [Fault(what, Place(record=name), name) for name, count in Counter(names).items() if count > 1]
    return tuple(faults)
