"""The environments that are compared: our wheel alone, and each peer alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "bench"

PEERS = {
    "particle": ("particle", "from particle import Particle; Particle.from_name('pi+')"),
    "pycountry": ("pycountry", "import pycountry; pycountry.countries.get(alpha_2='DE')"),
    "periodictable": ("periodictable", "import periodictable; periodictable.Fe.mass"),
    "simple-icd-10-cm": ("simple-icd-10-cm", "import simple_icd_10_cm as c; c.get_description('M62.838')"),
    "bioregistry": ("bioregistry", "import bioregistry; bioregistry.get_resource('chebi')"),
    "mendeleev": ("mendeleev", "from mendeleev import element; element('Fe').atomic_weight"),
}
"""Each peer: what to install, and how a user gets a first record."""


def own_python() -> Path:
    """Return a Python that has our wheel and its required dependencies, and nothing else."""
    wheels = FOLDER / "wheel"
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(wheels), str(ROOT))
    newest = max(wheels.glob("*.whl"), key=lambda path: path.stat().st_mtime)
    return _environment("own", "--force-reinstall", str(newest))


def peer_python(name: str) -> Path | None:
    """Return a Python that has one peer, or ``None`` if it cannot be installed here."""
    try:
        return _environment(name, PEERS[name][0])
    except subprocess.CalledProcessError:
        return None


def _environment(name: str, *install: str) -> Path:
    python = FOLDER / name / "bin" / "python"
    if not python.exists():
        _run(sys.executable, "-m", "venv", str(FOLDER / name))
    _run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *install)
    return python


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
