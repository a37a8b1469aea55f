"""What stands at the front door: first run, landing, choice of agency, invitations, notices, language."""
