"""How well a code is borne out by the material: accounts for and against, roles, methods, and a label by a stated rule.

Only experience counts; norms, advice and the author's own claims do not. The rule is a value, so that an agency may
set its own and the report prints the one that was used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from selaras.core.culture.coding import FINAL, Code, Coding, Kind, Material, Stance
from selaras.core.culture.sources import Method, accounts


class Support(StrEnum):
    """How strong the evidence for a code is."""

    STRONG = "kuat"
    FAIR = "cukup"
    WEAK = "lemah"
    CONTESTED = "bertentangan"
    NORM_ONLY = "hanya norma/saran"
    NONE = "tidak ada bukti"


class ClaimFlag(StrEnum):
    """How an author's or agency's own claim stands to the evidence."""

    AGAINST = "klaim berlawanan dengan bukti"
    WITHOUT = "klaim tanpa bukti"
    IN_LINE = "klaim sejalan"
    MIXED = "klaim atas bukti yang bertentangan"


@dataclass(frozen=True, slots=True)
class SupportRule:
    """From how many independent accounts and role groups evidence is strong, and from how many accounts it is fair."""

    strong_accounts: int = 3
    strong_groups: int = 2
    fair_accounts: int = 2

    def sentence(self) -> str:
        """The rule as the report prints it."""
        return (
            f"Kuat: sekurang-kurangnya {self.strong_accounts} akun mandiri dari {self.strong_groups} kelompok peran, tanpa "
            f"pertentangan. Cukup: sekurang-kurangnya {self.fair_accounts} akun. Lemah: kurang dari itu. Bertentangan: ada "
            "yang mendukung dan ada yang menyangkal. Hanya pengalaman yang dihitung; norma, saran, dan klaim tidak."
        )


DEFAULT_RULE = SupportRule()


@dataclass(frozen=True, slots=True)
class CodeSupport:
    """One code: what is coded at all, and what of it counts.

    `segments`, `touched` and `by_role` tell of every coding; `counting`, `groups` and `methods` only of evidence.
    A contested code counts accounts of both sides.
    """

    code: str
    label: Support
    segments: tuple[str, ...]
    touched: frozenset[str]
    counting: frozenset[str]
    groups: frozenset[str]
    methods: Mapping[Method, frozenset[str]]
    by_role: Mapping[str, int]
    stances: Mapping[Stance, int]
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    claims: tuple[tuple[str, Stance], ...]
    flag: ClaimFlag | None


def role_groups(material: Material) -> tuple[str, ...]:
    """The role groups of a study in the order of its informants."""
    return tuple(dict.fromkeys(person.group for person in material.informants))


def support(material: Material, rule: SupportRule = DEFAULT_RULE, *, layer: str = FINAL) -> tuple[CodeSupport, ...]:
    """The support of every code that was not merged away, in the order of the codebook."""
    reader = _Reader(material, layer)
    return tuple(reader.read(code, rule) for code in material.codes if not code.merged_into)


class _Reader:
    """One material with its accounts and roles looked up once."""

    def __init__(self, material: Material, layer: str) -> None:
        self.material = material
        self.accounts = accounts(material.sources)
        self.group = {person.code: person.group for person in material.informants}
        self.roles = role_groups(material)
        self.order = {segment.code: place for place, segment in enumerate(material.segments)}
        self.codings: dict[str, list[Coding]] = {}
        for coding in material.codings:
            if coding.layer == layer:
                self.codings.setdefault(coding.code, []).append(coding)

    def read(self, code: Code, rule: SupportRule) -> CodeSupport:
        """One code by the rule."""
        codings = sorted(self.codings.get(code.code, []), key=lambda item: self.order[item.segment])
        proof = [item for item in codings if item.kind is Kind.EXPERIENCE and self._evident(item)]
        sides = {stance: [item for item in proof if item.stance is stance] for stance in Stance}
        counted = sides[Stance.FOR] + sides[Stance.AGAINST]
        claims = tuple((item.segment, item.stance) for item in codings if item.kind is Kind.CLAIM)
        counting, groups = self._accounts(counted), self._groups(counted)
        return CodeSupport(
            code.code, _label(codings, sides, len(counting), len(groups), rule), _unique(codings),
            self._accounts(codings), counting, groups, self._methods(counted), self._by_role(codings),
            {stance: len({item.segment for item in codings if item.stance is stance}) for stance in Stance},
            _unique(sides[Stance.FOR]), _unique(sides[Stance.AGAINST]), claims, _flag(claims, sides),
        )  # fmt: skip

    def _evident(self, coding: Coding) -> bool:
        return self.material.source_of(coding).evidence

    def _accounts(self, codings: Iterable[Coding]) -> frozenset[str]:
        none: frozenset[str] = frozenset()
        return none.union(*(self.accounts.get(self.material.source_of(item).code, none) for item in codings))

    def _people(self, coding: Coding) -> tuple[str, ...]:
        return self.material.source_of(coding).informants

    def _groups(self, codings: Iterable[Coding]) -> frozenset[str]:
        return frozenset(
            self.group[person] for item in codings for person in self._people(item) if person in self.group
        )

    def _methods(self, codings: list[Coding]) -> dict[Method, frozenset[str]]:
        found: dict[Method, list[Coding]] = {}
        for item in codings:
            found.setdefault(self.material.source_of(item).method, []).append(item)
        return {method: self._accounts(items) for method, items in found.items()}

    def _by_role(self, codings: list[Coding]) -> dict[str, int]:
        return {role: len({item.segment for item in codings if role in self._groups([item])}) for role in self.roles}


def _label(
    codings: list[Coding], sides: Mapping[Stance, list[Coding]], counting: int, groups: int, rule: SupportRule
) -> Support:
    if sides[Stance.FOR] and sides[Stance.AGAINST]:
        return Support.CONTESTED
    if counting:
        if counting >= rule.strong_accounts and groups >= rule.strong_groups:
            return Support.STRONG
        return Support.FAIR if counting >= rule.fair_accounts else Support.WEAK
    kinds = {item.kind for item in codings}
    return Support.NORM_ONLY if kinds & {Kind.NORM, Kind.ADVICE} and Kind.EXPERIENCE not in kinds else Support.NONE


def _flag(claims: tuple[tuple[str, Stance], ...], sides: Mapping[Stance, list[Coding]]) -> ClaimFlag | None:
    stances = {stance for _, stance in claims}
    if not stances:
        return None
    plus, minus = bool(sides[Stance.FOR]), bool(sides[Stance.AGAINST])
    if not plus and not minus:
        return ClaimFlag.WITHOUT
    if plus and minus:
        return ClaimFlag.MIXED
    return ClaimFlag.AGAINST if (Stance.AGAINST if plus else Stance.FOR) in stances else ClaimFlag.IN_LINE


def _unique(codings: Iterable[Coding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.segment for item in codings))


def tally(rows: Iterable[CodeSupport]) -> dict[Support, int]:
    """How many codes carry each label; labels that none carries are left out."""
    listed = list(rows)
    return {label: count for label in Support if (count := sum(row.label is label for row in listed))}


def ceiling(material: Material, rule: SupportRule = DEFAULT_RULE) -> Support:
    """The strongest label that this material could give at all: one observer alone never gives more than weak."""
    none: frozenset[str] = frozenset()
    held = accounts(material.sources)
    filled = [source for source in material.sources if source.evidence and source.text]
    total = none.union(*(held[source.code] for source in filled))
    groups = {person.group for person in material.informants}
    if len(total) >= rule.strong_accounts and len(groups) >= rule.strong_groups:
        return Support.STRONG
    if len(total) >= rule.fair_accounts:
        return Support.FAIR
    return Support.WEAK if total else Support.NONE
