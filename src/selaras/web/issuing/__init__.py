"""Pages of stage issuing: issued documents, signing, keys, minutes."""
