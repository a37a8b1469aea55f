"""A PKCS#11 device made of software (SoftHSM 2), with a key in it, or one that hangs; tests are skipped without it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
TOKEN, LABEL, PIN = "selaras-uji", "kunci", "1234"


def module_of_device():
    """The module that talks to the device."""
    module = next((path for path in MODULES if Path(path).is_file()), "")
    if not module or not shutil.which("softhsm2-util"):
        pytest.skip("the Debian package softhsm2 is not installed")
    return module


def filled_token(signer, folder, monkeypatch):
    """The module, with a token that holds the key and certificate of a signer."""
    import pkcs11
    from cryptography.hazmat.primitives import serialization as form
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    module = module_of_device()
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
    run = ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--so-pin", "4321", "--pin", PIN]
    subprocess.run(run, check=True, capture_output=True)
    library = pkcs11.lib(module)
    library.reinitialize()
    token = library.get_token(token_label=TOKEN)
    with token.open(user_pin=PIN, rw=True) as session:
        der = signer.key.private_bytes(form.Encoding.DER, form.PrivateFormat.TraditionalOpenSSL, form.NoEncryption())
        same = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: LABEL, pkcs11.Attribute.ID: b"1"}
        session.create_object(decode_rsa_private_key(der) | same)
        session.create_object(decode_x509_certificate(signer.certificate.public_bytes(form.Encoding.DER)) | same)
    return module


def hanging(folder, monkeypatch):
    """The module, which waits in its machine code for somebody to write into its settings: nobody ever does."""
    module = module_of_device()
    os.mkfifo(folder / "macet.conf")
    monkeypatch.setenv("SOFTHSM2_CONF", str(folder / "macet.conf"))
    return module
