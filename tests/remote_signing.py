"""A small remote signing service for tests, speaking the contract of `documents/pades/remote.py` on loopback.

with RemoteSigning({NIK: ("sandi", signer)}) as service: service.url; service.mood = "slow" | "down" | "busy" | "tamper" | "rewrite"
"""

from __future__ import annotations

import io
import json
import threading
import time
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.stamp import StaticStampStyle

from tests.signing_authority import Signer

USER, PASSWORD = "selaras-uji", "rahasia-instalasi"


@dataclass
class RemoteSigning:
    """People by NIK: passphrase and key. `own_field` makes a field of its own, as services do that know none of ours."""

    people: dict[str, tuple[str, Signer]]
    mood: str = ""
    own_field: bool = False
    asked: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def signed(self, content: bytes, form: dict[str, str], picture: bytes, signer: Signer) -> bytes:
        """What the service makes of a file."""
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        if self.mood == "tamper":
            writer.add_stream_to_page(0, writer.add_object(_words(b"BT /F1 9 Tf 90 90 Td (Tambahan) Tj ET")))
        name, spec = form["fieldName"], None
        if self.own_field:
            left, bottom = int(form["xAxis"]), int(form["yAxis"])
            box = (left, bottom, left + int(form["width"]), bottom + int(form["height"]))
            name = "ttd_layanan"
            spec = SigFieldSpec(name, on_page=int(form["page"]) - 1, box=box)
        meta = PdfSignatureMetadata(field_name=name, subfilter=SigSeedSubFilter.PADES, reason=form.get("reason"))
        style = StaticStampStyle(background=PdfImage(Image.open(io.BytesIO(picture))), border_width=0)
        out = io.BytesIO()
        PdfSigner(meta, signer.simple(), stamp_style=style, new_field_spec=spec).sign_pdf(writer, output=out)
        made = out.getvalue()
        return made[:200] + b" " + made[200:] if self.mood == "rewrite" else made


def _words(content: bytes) -> object:
    from pyhanko.pdf_utils.generic import StreamObject

    return StreamObject(stream_data=content)


def _handler(service: RemoteSigning) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            service.asked.append("GET")
            nik = self.path.rpartition("/")[2]
            if service.mood == "busy":
                self._said(503, {"error": "sedang sibuk"})
            elif nik not in service.people:
                self._said(200, {"status_code": 1110, "status": "NOT_REGISTERED", "message": "User belum terdaftar"})
            else:
                self._said(200, {"status_code": 1111, "status": "EXPIRED" if service.mood == "expired" else "ISSUE"})

        def do_POST(self) -> None:
            service.asked.append("POST")
            body = self.rfile.read(int(self.headers["Content-Length"]))
            form, files = _parts(self.headers["Content-Type"], body)
            if service.mood == "down":
                self._said(500, {"error": "Internal server error"})
                return
            if service.mood == "slow":
                time.sleep(1.5)
            passphrase, signer = service.people[form["nik"]]
            if form["passphrase"] != passphrase:
                self._said(400, {"status_code": 2031, "error": "Passphrase anda salah"})
                return
            made = service.signed(files["file"], form, files["imageTTD"], signer)
            self._sent(200, "application/pdf", made)

        def _said(self, status: int, words: dict[str, object]) -> None:
            self._sent(status, "application/json", json.dumps(words).encode())

        def _sent(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except BrokenPipeError:
                self.close_connection = True  # who asked has gone

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    return Handler


def _parts(kind: str, body: bytes) -> tuple[dict[str, str], dict[str, bytes]]:
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    form, files = {}, {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True) or b""
        if part.get_filename():
            files[name] = content
        else:
            form[name] = content.decode()
    return form, files
