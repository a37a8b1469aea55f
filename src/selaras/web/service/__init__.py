"""Public services: asking, following a ticket, service promises, the satisfaction survey; inside, survey and papers."""
