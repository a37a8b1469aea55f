"""The process that opens a PKCS#11 device: an order on its input, a signature or a certificate on its output, then it ends."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sys
from typing import Any


def main() -> None:
    """Do one order. What the device's module prints goes nowhere near the answer."""
    out = os.dup(1)
    os.dup2(2, 1)
    answer = _answer(json.loads(sys.stdin.buffer.read()))
    with os.fdopen(out, "wb") as told:
        told.write(json.dumps(answer).encode())
    os._exit(0)  # some modules hang when they are unloaded


def _answer(order: dict[str, str]) -> dict[str, str]:
    try:
        from pkcs11 import exceptions as p11
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import open_pkcs11_session
    except ImportError:
        return {"problem": "missing"}
    try:
        session = open_pkcs11_session(
            order["module"], token_criteria=TokenCriteria(label=order["token"]), user_pin=order["pin"]
        )
    except p11.PinIncorrect:
        return {"problem": "pin"}
    except p11.PinLocked:
        return {"problem": "locked"}
    except p11.PKCS11Error as error:
        return _told("open", error)
    try:
        return _done(session, order)
    except p11.PKCS11Error as error:
        return _told("sign", error)


def _done(session: Any, order: dict[str, str]) -> dict[str, str]:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.pkcs11 import PKCS11Signer

    given: dict[str, Any] = {"key_label": order["key"], "cert_label": order["certificate"]}
    if order.get("signer"):
        given["signing_cert"] = Certificate.load(base64.b64decode(order["signer"]))
    signer = PKCS11Signer(session, **given)
    if "data" in order:
        data = base64.b64decode(order["data"])
        return _made(asyncio.run(signer.async_sign_raw(data, order["digest"])))
    found = signer.signing_cert
    return {"problem": "certificate"} if found is None else _made(found.dump())


def _made(content: bytes) -> dict[str, str]:
    return {"made": base64.b64encode(content).decode()}


def _told(problem: str, error: Exception) -> dict[str, str]:
    return {"problem": problem, "read": f"{type(error).__name__} {error}"[:150]}
