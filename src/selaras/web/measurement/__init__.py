"""Pengukuran: the grid of realisations, the page of one value, evidence, verification."""
