"""Accounts: signing in, people and their roles, invitations."""
