"""Tables of stage planning: plans, the performance tree, indicators, targets, budgets."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from selaras.core import planning
from selaras.core.value import ValueKind
from selaras.store.models.columns import (
    PeriodColumns,
    ValueColumns,
    choice,
    code,
    exact,
    in_order,
    money,
    one_each,
    period_is_real,
    reference,
    text,
    value_is_whole,
)
from selaras.store.models.org import OfAgency


class ParentPlan(OfAgency):
    """A plan above the agency's own."""

    code = code()
    name = text()
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    legal_basis = text()

    class Meta:
        verbose_name = "rencana induk"
        ordering = ("sequence", "pk")
        constraints = (one_each("parentplan", "code"), in_order("parentplan", "first_year", "last_year"))

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class StrategicPlan(OfAgency):
    """The Renstra."""

    code = code()
    name = text()
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    vision = text()
    parent = reference("store.ParentPlan", optional=True)
    legal_basis = text()

    class Meta:
        verbose_name = "Renstra"
        ordering = ("sequence", "pk")
        constraints = (one_each("strategicplan", "code"), in_order("strategicplan", "first_year", "last_year"))

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Mission(OfAgency):
    """A mission of the plan."""

    plan = reference("store.StrategicPlan", part=True)
    order = models.IntegerField()
    text = text()

    class Meta:
        verbose_name = "misi"
        ordering = ("sequence", "pk")
        constraints = (one_each("mission", "plan", "order"),)

    def __str__(self) -> str:
        return f"{self.order}. {self.text}"


class Issue(OfAgency):
    """A main problem of the agency."""

    code = code()
    text = text()
    order = models.IntegerField(default=0)

    class Meta:
        verbose_name = "isu"
        ordering = ("sequence", "pk")
        constraints = (one_each("issue", "code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class Node(OfAgency):
    """A node of the performance tree."""

    code = code()
    level = choice(planning.NodeLevel)
    title = text()
    parent = reference("store.Node", optional=True)
    owner = reference("store.Unit", optional=True)
    number = text()
    nomenclature = text()
    order = models.IntegerField(default=0)

    class Meta:
        verbose_name = "simpul kinerja"
        ordering = ("sequence", "pk")
        constraints = (one_each("node", "code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Contribution(OfAgency):
    """What another unit gives to a node."""

    node = reference("store.Node", part=True)
    unit = reference("store.Unit")
    gives = text()

    class Meta:
        verbose_name = "kontribusi"
        ordering = ("sequence", "pk")
        constraints = (one_each("contribution", "node", "unit"),)

    def __str__(self) -> str:
        return self.gives


class Indicator(OfAgency):
    """An indicator with everything that its figures need."""

    code = code()
    node = reference("store.Node")
    name = text()
    level = choice(planning.IndicatorLevel)
    kind = choice(planning.IndicatorKind)
    unit = text()
    value_kind = choice(ValueKind)
    polarity = choice(planning.Polarity)
    formula = choice(planning.FormulaKind)
    aggregation = choice(planning.Aggregation)
    lower_method = choice(planning.LowerMethod, optional=True)
    cap = exact(optional=True)
    grade_scale = text()
    iku = models.BooleanField(default=False)
    numerator = text()
    denominator = text()
    definition = text()
    source = text()
    responsible = reference("store.Position", optional=True)
    baseline_year = models.PositiveSmallIntegerField(null=True, blank=True)
    baseline = ValueColumns(optional=True)
    standard = ValueColumns(optional=True)
    standard_source = text()
    order = models.IntegerField(default=0)

    class Meta:
        verbose_name = "indikator"
        ordering = ("sequence", "pk")
        constraints = (
            one_each("indicator", "code"),
            models.CheckConstraint(
                name="indicator_sum_only_numbers",
                condition=~Q(aggregation=planning.Aggregation.SUM.value) | Q(value_kind=ValueKind.NUMBER.value),
                violation_error_message="persentase, indeks, dan predikat tidak dapat dijumlahkan antarperiode",
            ),
            models.CheckConstraint(
                name="indicator_lower_needs_method",
                condition=~Q(polarity=planning.Polarity.LOWER.value) | ~Q(lower_method=""),
                violation_error_message="indikator yang makin rendah makin baik memerlukan rumus (2T atau inversi)",
            ),
            models.CheckConstraint(
                name="indicator_grade_needs_scale",
                condition=~Q(value_kind=ValueKind.GRADE.value) | ~Q(grade_scale=""),
                violation_error_message="indikator berupa predikat memerlukan skala predikat",
            ),
            value_is_whole("indicator", "baseline", optional=True),
            value_is_whole("indicator", "standard", optional=True),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class WeightedPart(OfAgency):
    """One part of a weighted indicator, with its weight in percent."""

    indicator = reference("store.Indicator", part=True)
    part = reference("store.Indicator")
    weight = exact()

    class Meta:
        verbose_name = "bobot indikator"
        ordering = ("sequence", "pk")
        constraints = (one_each("weightedpart", "indicator", "part"),)

    def __str__(self) -> str:
        return f"{self.weight}%"


class Target(OfAgency):
    """A target for a period, set by a document."""

    indicator = reference("store.Indicator")
    period = PeriodColumns()
    document = choice(planning.PlanDocument)
    value = ValueColumns()

    class Meta:
        verbose_name = "target"
        ordering = ("sequence", "pk")
        constraints = (
            one_each("target", "indicator", "year", "span", "index", "document"),
            period_is_real("target"),
            value_is_whole("target"),
        )

    def __str__(self) -> str:
        return f"{self.document} {self.period.name}"


class Support(OfAgency):
    """A programme or activity that serves an indicator."""

    indicator = reference("store.Indicator", part=True)
    node = reference("store.Node")
    supports = models.BooleanField(default=True)
    reason = text()

    class Meta:
        verbose_name = "program pendukung"
        ordering = ("sequence", "pk")
        constraints = (one_each("support", "indicator", "node"),)

    def __str__(self) -> str:
        return "mendukung" if self.supports else f"tidak mendukung: {self.reason}"


class BudgetVersion(OfAgency):
    """A version of the year's budget."""

    code = code()
    year = models.PositiveSmallIntegerField()
    name = text()
    order = models.IntegerField(default=0)
    dated = models.DateField(null=True, blank=True)
    reason = text()

    class Meta:
        verbose_name = "versi anggaran"
        ordering = ("sequence", "pk")
        constraints = (one_each("budgetversion", "year", "code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.year}"


class BudgetLine(OfAgency):
    """The budget of a leaf of the tree in one version."""

    version = reference("store.BudgetVersion", part=True)
    year = models.PositiveSmallIntegerField()
    node = reference("store.Node")
    amount = money()
    source = choice(planning.FundSource)

    class Meta:
        verbose_name = "anggaran"
        ordering = ("sequence", "pk")
        constraints = (one_each("budgetline", "year", "version", "node", "source"),)

    def __str__(self) -> str:
        return f"{self.year} {self.source} {self.amount}"
