"""What was issued and signed here is verified here: every stage of a real document, at the strongest level."""

import pytest
from django.utils import timezone
from tests.actions.test_issuing import (  # noqa: F401 (fixtures)
    ADMIN,
    BIRO,
    CHIEF,
    HEAD,
    PLANNER,
    authority,
    issued,
    keys,
    rows,
    sample,
    sign,
)

from selaras.actions import issuing
from selaras.actions.verifying import add_root, look
from selaras.core.access import Actor, operator
from selaras.store.issuing import issued_path
from selaras.store.proofs import register_of_code

pytestmark = pytest.mark.slow
PUBLIC = Actor("publik")


def test_each_stage_of_a_signed_agreement_is_told_right(issued, keys, authority, settings):  # noqa: F811
    settings.SIGN_TSA = authority.tsa_url
    add_root(operator("Contoh"), pem=authority.roots_pem.decode(), name="Akar Uji", source="dibuat oleh uji")
    paths = []
    for by, order, key in ((CHIEF, 1, "kabag"), (HEAD, 2, "kepala")):
        sign(by, issued, order, keys[key])
        issued.refresh_from_db()
        paths.append(issued_path(BIRO, issued.sha256))
    first, last = (look(PUBLIC, path=path) for path in paths)
    assert last["verdict"]["outcome"] == "sah", last["verdict"]
    assert last["verdict"]["headline"] == "Tanda tangan sah dan isi berkas tidak berubah.", (
        "signing at one's place is no change"
    )
    assert last["registered"][0]["match"] == "sama"
    assert last["compared"]["agreement"] == "cocok", last["compared"]
    assert [one["allowed"] for one in last["inspection"]["signatures"]] == [True, True]
    assert (first["registered"][0]["match"], first["registered"][0]["signed"]) == ("tahap sebelumnya", 1)
    assert last["inspection"]["codes"] == [issued.code]
    assert register_of_code(issued.code.lower())[1].standing.value == "berlaku"
    issuing.withdraw_document(ADMIN, agency=BIRO, document=issued.pk, reason="Salah orang.")
    assert look(PUBLIC, path=paths[1])["verdict"]["outcome"] == "tidak berlaku lagi"
    assert timezone.now() > issued.issued_at
