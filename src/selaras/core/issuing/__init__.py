"""Documents that are issued: who signs them in which order, and when a signature is refused."""
