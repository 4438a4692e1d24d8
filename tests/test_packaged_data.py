"""The wheel: what it ships, and what happens when that is damaged."""

from __future__ import annotations

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

import spasm_reference as sr
from spasm_reference.artefact import PackagedStore
from spasm_reference.compiling import FILES, compile_to, packaged_files
from spasm_reference.errors import BrokenPackage
from spasm_reference.library import Library
from spasm_reference.records import COLLECTIONS

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the packaged files."""
    folder = tmp_path_factory.mktemp("packaged")
    compile_to(folder)
    return folder


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_packaged_records_equal_the_files(packaged: Path) -> None:
    """Whoever installs the wheel reads what the authors wrote."""
    library = Library(PackagedStore(str(packaged)))
    assert library.data_version == sr.data_version
    for kind in COLLECTIONS:
        assert list(library.collections[kind]) == list(getattr(sr, kind))
        for id, record in library.collections[kind].items():
            assert record == getattr(sr, kind)[id]
    assert list(library.findings) == list(sr.findings)
    assert library.get("paracetamol").id == "acetaminophen"
    assert library.search("magnezium")[0].id == sr.search("magnezium")[0].id


def test_the_same_files_give_the_same_bytes() -> None:
    """A rebuilt package can be compared."""
    assert packaged_files() == packaged_files()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["missing", "truncated", "empty", "altered"])
def test_damaged_data_is_named_in_one_line(packaged: Path, tmp_path: Path, name: str, damage: str) -> None:
    """The error names the file and what to do, at first use."""
    for file in FILES:
        (tmp_path / file).write_bytes((packaged / file).read_bytes())
    path = tmp_path / name
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        half = len(content) // 2
        changed = {"truncated": content[:half], "empty": b"", "altered": content[:half] + b"\x00" + content[half + 1 :]}
        path.write_bytes(changed[damage])
    with pytest.raises(BrokenPackage, match=name) as caught:
        library = Library(PackagedStore(str(tmp_path)))
        library.search("magnesium")
        library.get("paracetamol")
        for collection in library.collections.values():
            list(collection.values())
        _ = library.tombstones
    assert "\n" not in str(caught.value)
    assert "install spasm-reference again" in str(caught.value)


def test_the_wheel_holds_compiled_records_and_no_files_to_edit(wheel: Path) -> None:
    """And the type marker, templates and style sheet."""
    names = zipfile.ZipFile(wheel).namelist()
    assert all(f"spasm_reference/_packaged/{name}" in names for name in (*FILES, "LICENSE-DATA", "NOTICE"))
    assert not [name for name in names if name.endswith(".toml")]
    assert "spasm_reference/py.typed" in names
    assert "spasm_reference/handbook/pdf/book.typ" in names
    assert "spasm_reference/handbook/static/handbook.css" in names


def test_the_wheel_works_from_a_zip_file(wheel: Path) -> None:
    """Nothing needs a real file system."""
    code = "import spasm_reference as sr; print(sr.supplements['magnesium'].name, sr.search('magnezium')[0].id)"
    environment = {**os.environ, "PYTHONPATH": str(wheel)}
    done = subprocess.run([sys.executable, "-S", "-c", code], env=environment, cwd="/", capture_output=True, text=True)
    assert done.stdout.strip() == "Magnesium magnesium", done.stderr


def test_the_wheel_exports_with_its_licence(wheel: Path, tmp_path: Path) -> None:
    """From a zip file too; the words are those of the repository."""
    code = f"from pathlib import Path; from spasm_reference import exports; exports.write('csv', Path({str(tmp_path / 'out')!r}))"
    environment = {**os.environ, "PYTHONPATH": str(wheel)}
    done = subprocess.run([sys.executable, "-S", "-c", code], env=environment, cwd="/", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for name in ("LICENSE-DATA", "NOTICE"):
        assert (tmp_path / "out" / name).read_bytes() == (ROOT / name).read_bytes()
    assert (tmp_path / "out" / "findings.csv").stat().st_size > 100_000


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of programs of a new environment: the wheel, what it requires, and no network."""
    environment = tmp_path_factory.mktemp("bare") / "env"
    venv.create(environment, with_pip=True)
    programs = environment / "bin"
    pip = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], check=True, capture_output=True)
    packages = next(environment.glob("lib/python*/site-packages"))
    click = distribution("click")
    for file in click.files or ():
        if ".." not in file.parts:
            (packages / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(click.locate_file(file)), packages / file)
    subprocess.run([*pip, "check"], check=True, capture_output=True)  # the wheel requires nothing that is not here
    installed = subprocess.run([*pip, "list", "--format=json"], check=True, capture_output=True, text=True)
    names = {package["name"] for package in json.loads(installed.stdout)}
    assert names - {"pip", "setuptools"} == {"click", "spasm-reference"}
    (packages / "no_network.py").write_text(NO_NETWORK)
    (packages / "no_network.pth").write_text("import no_network\n")
    return programs


NO_NETWORK = """
import sys

def refuse(event, arguments):
    if event.startswith("socket."):
        raise OSError("no network here")

sys.addaudithook(refuse)
"""

# Data frames and checks by a schema are what others make, so these pages need more than the wheel.
MORE = {ROOT / "docs/developers" / name for name in ("use-data-frames.md", "schemas.md")}
ALONE = sorted({ROOT / "README.md", *(ROOT / "docs/developers").glob("*.md")} - MORE)


def examples_in(page: Path) -> int:
    """Return how many examples a page has."""
    return len(doctest.DocTestParser().get_examples(page.read_text(encoding="utf-8")))


def run(command: list[str | Path], folder: str | Path = "/") -> subprocess.CompletedProcess[str]:
    """Run a program and return what it printed."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", env=environment)


def test_the_bare_environment_has_no_network(bare: Path) -> None:
    """Else the tests below would show nothing."""
    done = run([bare / "python", "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"])
    assert "no network here" in done.stderr


@pytest.mark.parametrize("page", [page for page in ALONE if examples_in(page)], ids=lambda page: page.name)
def test_the_wheel_alone_passes_the_examples(bare: Path, page: Path) -> None:
    """In an empty environment, with nothing but the wheel and what it requires, and without a network."""
    code = "import doctest, sys; sys.exit(doctest.testfile(sys.argv[1], module_relative=False, encoding='utf-8')[0])"
    done = run([bare / "python", "-W", "error", "-c", code, page])
    assert done.returncode == 0, done.stdout + done.stderr
    if page.name in ("README.md", "tutorial.md"):
        assert examples_in(page) > 10


def test_the_script_of_the_tutorial_prints_its_page(bare: Path, tmp_path: Path) -> None:
    """As the tutorial shows it; a wrong name ends in one line."""
    tutorial = (ROOT / "docs/developers/tutorial.md").read_text(encoding="utf-8")
    (script,) = re.findall(r"^```python\n(.+?)^```$", tutorial, re.DOTALL | re.MULTILINE)
    (shown,) = re.findall(r"^```text\n(.+?)^```$", tutorial, re.DOTALL | re.MULTILINE)
    (tmp_path / "sheet.py").write_text(script, encoding="utf-8")
    command: list[str | Path] = [bare / "python", "-W", "error", "sheet.py"]
    done = run([*command, "magnesium"], tmp_path)
    assert doctest.OutputChecker().check_output(shown, done.stdout, doctest.ELLIPSIS), done.stdout + done.stderr
    assert "Serious: " in done.stdout
    assert run([*command, "pickle", "juice"], tmp_path).stdout.startswith("PICKLE JUICE\n")
    for wrong, message in (("magnezium", "nearest: magnesium"), ("MS", "name something to take or to do")):
        done = run([*command, wrong], tmp_path)
        assert done.returncode == 1
        assert message in done.stderr
        assert done.stderr.count("\n") == 1


def test_the_wheel_alone_has_the_command_line(bare: Path) -> None:
    """What it cannot do without a checkout it says in one line."""
    command = bare / "spasm-reference"
    assert "Magnesium" in run([command, "show", "magnesium"]).stdout
    facts = json.loads(run([command, "info", "--format", "json"]).stdout)
    assert (Path(facts["data_folder"]) / "manifest.json").is_file()
    typed = {"COMP_WORDS": "spasm-reference show magnesium-st", "COMP_CWORD": "2"}
    environment = {**os.environ, **typed, "_SPASM_REFERENCE_COMPLETE": "bash_complete"}
    completed = subprocess.run([command], env=environment, capture_output=True, text=True, check=True)
    assert "plain,magnesium-stops-night-cramps" in completed.stdout.splitlines()
    built = run([command, "build", "html"])
    assert built.returncode == 1
    assert built.stderr.startswith("Error: the handbook is built from a checkout")


def test_the_import_opens_no_connection_and_few_modules(wheel: Path, tmp_path: Path) -> None:
    """A first look-up loads neither typing tools, nor TOML, nor the command line."""
    code = (
        "import sys, spasm_reference as sr; sr.supplements['magnesium'].findings[0].sentence;"
        "print([m for m in ('typing', 'dataclasses', 'inspect', 'tomllib', 'click', 'pathlib', 'socket') if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(wheel)}
    done = subprocess.run([sys.executable, "-S", "-c", code], env=environment, cwd="/", capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
