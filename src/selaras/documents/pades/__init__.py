"""Electronic signatures in PDF files (PAdES): made by three providers, seen as a stamp, and verified."""
