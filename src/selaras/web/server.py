"""The server on this machine: gunicorn with sync workers and kept database connections."""

from __future__ import annotations

from typing import Any

from gunicorn.app.base import BaseApplication


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn around our application, configured here and not by files."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the options as they are."""
        for key, value in self.options.items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        """The application, loaded in each worker."""
        from selaras.web.wsgi import application

        return application


def serve(host: str, port: int, *, workers: int = 2) -> None:
    """Serve until stopped by a signal."""
    Server({"bind": f"{host}:{port}", "workers": workers, "accesslog": None, "loglevel": "warning"}).run()
