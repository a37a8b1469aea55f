"""`selaras sign`: a document issued, signed and listed at the terminal, and a key put on the server."""

import io
import json
import sys

from tests.cli.test_commands import loaded, pytestmark, run  # noqa: F401 (fixtures and mark)
from tests.signing_authority import Authority

HOME = ("--agency", "BIRO-ORG")


def test_minutes_are_issued_and_signed_at_the_terminal(loaded, tmp_path, monkeypatch):  # noqa: F811
    assert loaded("sign", "list", *HOME, "--year", 2024, "--format", "json")[:2] == (0, "[]\n")
    status, _, err = loaded("sign", "issue", *HOME, "--kind", "pk", "--key", "PK-2024")
    assert status == 1 and "di luar Selaras" in err
    from datetime import date

    from selaras.actions.issuing_minutes import write_minutes
    from selaras.core.access import operator
    from selaras.store import models as tables

    row = write_minutes(operator("Uji"), agency="BIRO-ORG", number="1/BA", title="Rapat", held_on=date(2024, 5, 6),
                        place="Denpasar", text="Satu.", signers=["KABIRO"])  # fmt: skip
    status, out, _ = loaded("sign", "issue", *HOME, "--kind", "berita-acara", "--key", row.pk)
    assert status == 0 and "versi 1" in out
    made = tables.IssuedDocument.objects.get()
    holder = made.signatures.get(order=1).holder
    user = tables.User.objects.create(username="kabiro", name="Contoh Kabiro")
    tenure = tables.Tenure.objects.filter(position__code="KABIRO").order_by("-since").first()
    tables.Tenure.objects.filter(pk=tenure.pk).update(until=None)
    tables.Seat.objects.create(user=user, tenure=tenure)
    tables.RoleGrant.objects.create(user=user, role="pimpinan", agency=made.agency)
    with Authority() as authority:
        (tmp_path / "k.p12").write_bytes(authority.signer(holder).p12("frasa"))
    key = ("--p12", tmp_path / "k.p12")
    place = ("--document", made.pk, "--order", 1, "--as", "kabiro")
    monkeypatch.setattr(sys, "stdin", io.StringIO("salah\n"))
    status, _, err = loaded("sign", "file", *HOME, *place, *key)
    assert status == 1 and "Frasa sandi" in err and "salah\n" not in err.replace("kunci salah", "")
    monkeypatch.setattr(sys, "stdin", io.StringIO("frasa\n"))
    status, out, _ = loaded("sign", "file", *HOME, *place, *key)
    assert status == 0 and f"Ditandatangani oleh {holder}" in out
    found = json.loads(loaded("sign", "list", *HOME, "--year", 2024, "--format", "json")[1])
    assert (found[0]["state"], found[0]["document"]) == ("terbit", made.pk)
    monkeypatch.setattr(sys, "stdin", io.StringIO("frasa\n"))
    status, out, _ = loaded("sign", "key", *HOME, *key, "--holder", "kabiro")
    assert status == 0 and holder in out
    assert loaded("sign", "key", *HOME, "--p12", tmp_path / "tidak-ada.p12")[0] != 0
