"""Findings as files: beside the text, on the pages, as a working paper, for machines."""
