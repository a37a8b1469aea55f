"""The satisfaction survey inside: rounds, results, follow-up, links; service standards and yearly service reports."""
