"""Anggaran: absorption, realisation month by month, versions side by side, low lines with their explanation."""
