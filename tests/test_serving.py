"""The preview of built pages, as a browser and a user at the keyboard meet it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from click.testing import CliRunner

from spasm_reference.cli import main


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Return a folder with two pages and a page for what is missing."""
    folder = tmp_path / "html"
    (folder / "help").mkdir(parents=True)
    (folder / "index.html").write_text("front page")
    (folder / "help" / "now.html").write_text("help page")
    (folder / "404.html").write_text("nothing here")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


@pytest.fixture
def server(pages: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start `spasm-reference serve` at a free port; return the process and the port."""
    command = [sys.executable, "-m", "spasm_reference", "serve", "--port", "0", "--folder", str(pages)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("http://127.0.0.1:"), line
    yield process, int(line.removeprefix("http://127.0.0.1:").split("/")[0])
    process.kill()
    process.communicate()


def fetch(port: int, path: str) -> tuple[int, str]:
    """Return the status and text of one page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_pages_are_served_and_missing_ones_get_the_page_for_it(server: tuple[subprocess.Popen[str], int]) -> None:
    """A folder is not listed, and nothing outside of it can be had."""
    _process, port = server
    assert fetch(port, "/") == (200, "front page")
    assert fetch(port, "/help/now.html") == (200, "help page")
    assert fetch(port, "/help/never.html") == (404, "nothing here")
    assert fetch(port, "/help/") == (404, "nothing here")
    assert fetch(port, "/../secret.txt")[0] == 404
    assert fetch(port, "/%2e%2e/secret.txt")[0] == 404


def test_control_c_ends_it_quietly(server: tuple[subprocess.Popen[str], int]) -> None:
    """No traceback, exit code 0."""
    process, port = server
    fetch(port, "/")
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=30)
    assert (process.returncode, rest.strip(), errors) == (0, "", "")


def test_without_a_page_of_its_own_a_missing_page_is_still_404(pages: Path) -> None:
    (pages / "404.html").unlink()
    from threading import Thread

    from spasm_reference.serving import preview

    with preview(pages, 0) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        assert fetch(running.server_port, "/never.html")[0] == 404
        assert running.server_address[0] == "127.0.0.1"
        running.shutdown()


def test_a_port_in_use_gets_one_line(pages: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = CliRunner().invoke(main, ["serve", "--port", str(port), "--folder", str(pages)])
    assert done.exit_code == 1
    assert done.output == f"Error: port {port}: address already in use; choose another with --port\n"


def test_a_folder_without_pages_gets_one_line(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        done = CliRunner().invoke(main, ["serve", "--folder", str(folder)])
        assert done.exit_code == 2
        assert done.output == f"Error: no web pages in {folder}; make handbook builds them\n"
