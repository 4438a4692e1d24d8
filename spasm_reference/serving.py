"""A preview of built web pages for this computer only.  It is no server for the public."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from .errors import SpasmReferenceError

HOST = "127.0.0.1"


def preview(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of the pages in ``folder``, at ``port`` or, for 0, at any free one; it does not run yet.

    A missing page shows the folder's ``404.html`` if there is one.
    Raises `spasm_reference.errors.SpasmReferenceError` with one line if the port cannot be had.
    """
    try:
        return ThreadingHTTPServer((HOST, port), partial(_Pages, directory=str(folder)))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SpasmReferenceError(f"port {port}: {reason}; choose another with --port") from None


class _Pages(SimpleHTTPRequestHandler):
    """Serves files as a plain web host would: without lists of what a folder holds, and never from a cache."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def list_directory(self, path: object) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Stay quiet: a page asks for some 20 files."""
