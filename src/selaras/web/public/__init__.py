"""Public pages: published reports, agreements and their figures, open data, and looking up a file. No sign-in."""
