"""Verifying files, for everybody; the register of issued documents, anchors and trusted roots, for those inside."""
