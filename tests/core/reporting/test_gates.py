"""What the checks say about the samples before anything is composed: gates, and remarks on words and logic."""

from selaras.core.finding import Severity
from selaras.core.reporting.figures import Figures
from selaras.core.reporting.gates import gates, plan_remarks


def test_remarks_on_words_and_logic_are_no_gates(kpu, law):
    figures = Figures(kpu, law)
    remarks = plan_remarks(figures)
    codes = {finding.code for finding in remarks}
    assert {"PLAN-RESULT", "PLAN-MEASURABLE", "PLAN-OUTCOME"} <= codes
    assert not codes & {finding.code for finding in gates(figures)}
    assert all(finding.severity is not Severity.ERROR for finding in remarks)
