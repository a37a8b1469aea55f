"""A small mail server on this machine, speaking SMTP for real, that keeps what it is given."""

import asyncio
import email
import email.policy
import threading


class Mailbox:
    """Use as a context: `port` is where it listens, `messages` what came; `refused` are addresses it turns down."""

    def __init__(self, refused=()):
        self.messages, self.refused, self.port = [], set(refused), 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()

    def __enter__(self):
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *error):
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self):
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self):
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        await server.wait_closed()

    async def _talk(self, reader, writer):
        def say(line):
            writer.write(line.encode() + b"\r\n")

        say("220 kotak surat contoh")
        while line := (await reader.readline()).decode().strip():
            word = line.partition(" ")[0].upper()
            if word in {"EHLO", "HELO"}:
                say("250 siap")
            elif word == "RCPT" and any(address in line for address in self.refused):
                say("550 tidak dikenal")
            elif word == "DATA":
                say("354 silakan")
                raw = b""
                while (part := await reader.readline()) != b".\r\n":
                    raw += part[1:] if part.startswith(b"..") else part
                self.messages.append(email.message_from_bytes(raw, policy=email.policy.default))
                say("250 diterima")
            elif word == "QUIT":
                say("221 selesai")
                break
            else:
                say("250 ya")
        await writer.drain()
        writer.close()


def use(settings, mailbox):
    """Let the application mail through it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", mailbox.port, False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
