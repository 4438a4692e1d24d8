"""Build hook: put the compiled records into the wheel."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRecords(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the TOML tree, except for an editable install, which reads the tree itself."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from spasm_reference.compiling import compile_to

        self.folder = Path(tempfile.mkdtemp())
        compile_to(self.folder)
        for path in sorted(self.folder.iterdir()):
            build_data["force_include"][str(path)] = f"spasm_reference/_packaged/{path.name}"
        # Exports carry their licence; an installed package has nowhere else to read it.
        for name in ("LICENSE-DATA", "NOTICE"):
            build_data["force_include"][str(Path(self.root) / name)] = f"spasm_reference/_packaged/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary copy."""
        if version != "editable":
            shutil.rmtree(self.folder)
