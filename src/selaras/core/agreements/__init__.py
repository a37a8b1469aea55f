"""Stage agreements: the Perjanjian Kinerja, its versions, and the gate that compares it with the plan."""

from selaras.core.agreements.records import Agreement, AgreementLine, AgreementProgramme, HeadGoal, RevisionReason

__all__ = ["Agreement", "AgreementLine", "AgreementProgramme", "HeadGoal", "RevisionReason"]
