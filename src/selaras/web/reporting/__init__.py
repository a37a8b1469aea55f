"""Stage reporting (Laporan): documents of the year, chapters, writing, preview, editions."""
