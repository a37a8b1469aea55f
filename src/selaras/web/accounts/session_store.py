"""Sessions in the database, kept by one statement: a row of its own needs no transaction around it."""

from __future__ import annotations

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """As Django's, but the last look at a session costs one query instead of three.

    That is written once a minute, with a page, and counts towards what the page may ask of the database.
    """

    def save(self, must_create: bool = False) -> None:
        """Keep the session; a new one as Django does. Raises UpdateError where it is gone."""
        if must_create or self.session_key is None:
            super().save(must_create=must_create)
            return
        made = self.create_model_instance(dict(self.items()))
        kept = self.model.objects.filter(pk=made.session_key)
        if not kept.update(session_data=made.session_data, expire_date=made.expire_date):
            raise UpdateError
