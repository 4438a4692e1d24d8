"""Running Sphinx for the web pages and the book, so that each appears whole or not at all."""

from __future__ import annotations

import filecmp
import gc
import hashlib
import os
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ..errors import SpasmReferenceError
from ..library import default_library
from ..output import check_folder, write_folder_whole
from ..progress import progress
from .pdf.leaflet import FILE as LEAFLET
from .pdf.leaflet import make_leaflet

CHECKOUT = Path(__file__).resolve().parents[2]
REFERENCE = CHECKOUT / "docs" / "reference"
BUILDERS = {"html": "html", "pdf": "typst", "epub": "epub"}
TOGETHER = ("html", "pdf")
"""What one command builds side by side."""
SETTINGS = ("SPASM_REFERENCE_BASE", "SPASM_REFERENCE_DATE")
"""Environment variables that ``conf.py`` reads."""
BOOK = "spasm-reference.pdf"
EPUB = "spasm-reference.epub"


class BuildFailed(SpasmReferenceError):
    """Sphinx refused the sources; its own messages stand above."""


def build(what: str, output: Path | None = None, *, spare_cores: int = 0) -> Path:
    """Build ``html``, ``pdf`` or ``epub`` and return the page or file to open.

    Work goes on in a folder of its own and is kept for the next build.  Only a build
    without warnings replaces what was in ``output``; an unchanged one writes nothing.
    ``spare_cores`` is how many cores to leave to others.
    """
    _check_checkout()
    target = output or CHECKOUT / "build" / what
    check_folder(target)
    _read_records()
    work = CHECKOUT / "build" / "work"
    digest_file = work / f"{what}.digest"
    digest = _digest_of_inputs()
    if not _was_built_from(what, digest):
        digest_file.unlink(missing_ok=True)
        _run_sphinx(BUILDERS[what], work / what, digest, spare_cores)
        digest_file.write_text(digest, encoding="utf-8")
    if what == "pdf":
        make_leaflet(default_library(), work / what / LEAFLET)
        _publish([Path(BOOK), Path(LEAFLET)], work / what, target)
        return target / BOOK
    if what == "epub":
        _publish([Path(EPUB)], work / what, target)
        return target / EPUB
    pages = [path.relative_to(work / what) for path in sorted((work / what).rglob("*")) if path.is_file()]
    _publish([page for page in pages if not page.name.startswith(".buildinfo")], work / what, target)
    return target / "index.html"


def build_leaflet(output: Path | None = None) -> Path:
    """Make the leaflet "When to get help" alone; it needs no checkout."""
    target = output or Path("build") / "leaflet"
    check_folder(target)
    work = target.with_name(f".{target.name}.work")
    try:
        with progress("making the leaflet", plain=True):
            make_leaflet(default_library(), work / LEAFLET)
        _publish([Path(LEAFLET)], work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return target / LEAFLET


def build_both() -> list[Path]:
    """Build the web pages and the book from one reading, side by side, and return what to open.

    Writing the pages and compiling the book take about as long as each other, and each leaves a core idle.
    """
    _check_checkout()
    for what in TOGETHER:
        check_folder(CHECKOUT / "build" / what)
    _read_records()
    work = CHECKOUT / "build" / "work"
    digest = _digest_of_inputs()
    if not all(_was_built_from(what, digest) for what in TOGETHER):
        _run_sphinx("reading", work / "reading", digest)
    command = [sys.executable, "-m", "spasm_reference", "build", "pdf"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as book:  # noqa: S603
        try:
            # The book takes longer, and most of it has one core's worth of work: nothing may hold that up.
            pages = build("html", spare_cores=1)
            with progress("making the book", plain=True):
                messages, _nothing = book.communicate()
        except BaseException:
            book.terminate()
            raise
    if book.returncode != 0:
        raise BuildFailed(f"the book failed:\n{messages.strip()}")
    return [pages, CHECKOUT / "build" / "pdf" / BOOK]


def _read_records() -> None:
    """Have faulty records named in plain lines before Sphinx starts."""
    with progress("reading the records"):
        default_library()


def _was_built_from(what: str, digest: str) -> bool:
    """Tell whether the last good build of ``what`` read inputs with this digest."""
    file = CHECKOUT / "build" / "work" / f"{what}.digest"
    return file.is_file() and file.read_text(encoding="utf-8") == digest


def _check_checkout() -> None:
    if not (CHECKOUT / "conf.py").is_file():
        raise BuildFailed("the handbook is built from a checkout: this is an installed package without its chapters")


def _digest_of_inputs() -> str:
    """Return a digest of everything a build reads: chapters, records, code, settings, and the tools' versions."""
    digest = hashlib.sha256()
    for name in SETTINGS:
        digest.update(f"{name} {os.environ.get(name, '')}\0".encode())
    folders = (CHECKOUT / "docs", CHECKOUT / "spasm_reference")
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in (CHECKOUT / "conf.py", *files):
        name = path.relative_to(CHECKOUT).as_posix()
        if "__pycache__" in name or name.startswith("docs/reference/"):
            continue
        digest.update(f"{name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    for tool in ("sphinx", "docutils", "furo", "myst-parser", "jinja2", "typst"):
        digest.update(f"{tool} {_version(tool)}\0".encode())
    return digest.hexdigest()


def _version(tool: str) -> str:
    try:
        return version(tool)
    except PackageNotFoundError:
        return "absent"


def _run_sphinx(builder: str, output: Path, digest: str, spare_cores: int = 0) -> None:
    try:
        from sphinx.cmd.build import build_main
    except ImportError:
        raise BuildFailed("Sphinx is not installed; install spasm-reference[handbook]") from None
    # Document trees are many small objects that live as long as their page: looking through them for
    # garbage at every 700 new ones is a good part of the time.
    gc.set_threshold(200_000, 20, 50)
    work = CHECKOUT / "build" / "work"
    # Record pages made from the same inputs, by an earlier builder, need not be made again.
    made_from = work / "pages.digest"
    made = made_from.is_file() and made_from.read_text(encoding="utf-8") == digest and REFERENCE.is_dir()
    if not made:
        made_from.unlink(missing_ok=True)
    jobs = str(max(1, min(os.cpu_count() or 1, 8) - spare_cores))
    doctrees = work / "doctrees"
    arguments = ["-b", builder, "-W", "--keep-going", "-n", "-j", jobs, "-d", str(doctrees), "-c", str(CHECKOUT)]
    arguments += ["-D", f"handbook_write_pages={int(not made)}"]
    outcome = build_main([*arguments, str(CHECKOUT / "docs"), str(output)])
    gc.freeze()  # what Sphinx leaves behind lasts until the process ends and need not be looked through again
    if outcome != 0:
        # Sphinx gives the warnings of a page only when it reads it, so the next build must read it again.
        (doctrees / "environment.pickle").unlink(missing_ok=True)
        raise BuildFailed(f"the {builder} build failed; what was built before is untouched")
    if not made:
        made_from.write_text(digest, encoding="utf-8")


def _publish(files: list[Path], source: Path, target: Path) -> None:
    """Make ``target`` hold exactly ``files``; if it does already, write nothing."""
    present = {path.relative_to(target) for path in target.rglob("*") if path.is_file()} if target.is_dir() else set()
    if present == set(files) and all(filecmp.cmp(source / file, target / file, shallow=True) for file in files):
        return

    def fill(folder: Path) -> None:
        for file in files:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / file, folder / file)

    write_folder_whole(target, fill)
