"""Who signs a kind of document in which order: values that the rulebook reads, and what they become for one document."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from selaras.core.issuing.stages import SignatureState
from selaras.core.law import Source

CONCLUSION = "simpulan"
"""What the reviewer writes for the statement of review; no record holds it and no program fills it in."""

REPORT = "lkjip"
"""The kind whose editions follow one another, each issued under a code of its own."""


class Signs(StrEnum):
    """Who it is that signs, before a document says which person."""

    PROMISER = "pihak pertama"
    SUPERIOR = "pihak kedua"
    EMPLOYEE = "pegawai"
    ASSESSOR = "pejabat penilai"
    HEAD = "pimpinan instansi"
    EVALUATOR = "penanggung jawab evaluasi"
    REVIEWER = "pereviu"
    PARTICIPANT = "peserta rapat"
    SEAL = "segel instansi"


@dataclass(frozen=True, slots=True)
class OrderStep:
    """One step of an order. Without `required` the document counts as issued before it."""

    signs: Signs
    required: bool = True


@dataclass(frozen=True, slots=True)
class SigningOrder:
    """A kind of document that can be issued: its name, its steps, and whether the public page may hand out the file."""

    kind: str
    title: str
    steps: tuple[OrderStep, ...]
    public: bool
    needs: str
    """In which state the record must be, in words."""
    source: Source


@dataclass(frozen=True, slots=True)
class Signer:
    """One place for a signature in one document. `position` is the code of the post, `login` the account if one is known."""

    order: int
    signs: Signs
    position: str = ""
    office: str = ""
    holder: str = ""
    identity: str = ""
    login: str = ""
    required: bool = True
    state: SignatureState = SignatureState.WAITING
    signed_by: str = field(default="", compare=False)

    @property
    def is_seal(self) -> bool:
        """Whether the agency's electronic seal is put here, not a person's signature."""
        return self.signs is Signs.SEAL


def by_rule(order: SigningOrder, people: dict[Signs, tuple[Signer, ...]]) -> tuple[Signer, ...]:
    """The places of a document in the order of its kind; several people of one step follow each other as given.

    What a document has nobody for (a head's agreement without second party) falls away.
    """
    found: list[Signer] = []
    for step in order.steps:
        for person in people.get(step.signs, ()):
            found.append(
                Signer(
                    len(found) + 1, step.signs, person.position, person.office, person.holder, person.identity,
                    person.login, step.required,
                )
            )  # fmt: skip
    return tuple(found)
