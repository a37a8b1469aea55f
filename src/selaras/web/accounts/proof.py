"""Whether a person has proved lately who it is: by the sign-in of this session, or by password, passkey or code once more."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows

from selaras.web.accounts.sessions import signed_in_within


def proved_within(request: Any, seconds: int) -> bool:
    """Whether the last proof in this session is at most so many seconds old; that of another session does not count."""
    again = (item["at"] for item in get_authentication_records(request, request.user) if item.get("reauthenticated"))
    return signed_in_within(request, seconds) or time.time() - max(again, default=0) <= seconds


def may_prove_again(request: Any) -> bool:
    """Whether the account has something to prove itself by; one of the agency's sign-on only has nothing here."""
    return bool(get_reauthentication_flows(request.user))
