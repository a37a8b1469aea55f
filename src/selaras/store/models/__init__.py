"""Tables, one module per stage; their columns mirror the records of `core` field by field."""

from selaras.store.models.agreements import Agreement, AgreementLine, AgreementProgramme, HeadGoal
from selaras.store.models.audit import AuditRecord
from selaras.store.models.measurement import (
    DataQuality,
    Evidence,
    Explanation,
    Obstacle,
    PhotoRecord,
    Realisation,
    Spending,
)
from selaras.store.models.org import Agency, Employee, LegalBasis, Position, Tenure, Unit
from selaras.store.models.planning import (
    BudgetLine,
    BudgetVersion,
    Contribution,
    Indicator,
    Issue,
    Mission,
    Node,
    ParentPlan,
    StrategicPlan,
    Support,
    Target,
    WeightedPart,
)
from selaras.store.models.reform import ReformScore
from selaras.store.models.reporting import Narrative, ReportSettings

__all__ = [
    "Agency",
    "Agreement",
    "AgreementLine",
    "AgreementProgramme",
    "AuditRecord",
    "BudgetLine",
    "BudgetVersion",
    "Contribution",
    "DataQuality",
    "Employee",
    "Evidence",
    "Explanation",
    "HeadGoal",
    "Indicator",
    "Issue",
    "LegalBasis",
    "Mission",
    "Narrative",
    "Node",
    "Obstacle",
    "ParentPlan",
    "PhotoRecord",
    "Position",
    "Realisation",
    "ReformScore",
    "ReportSettings",
    "Spending",
    "StrategicPlan",
    "Support",
    "Target",
    "Tenure",
    "Unit",
    "WeightedPart",
]
