"""Build hook: no wheel leaves without the styles and scripts that its pages ask for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DIST = "src/maillage/web/static/dist"


class WheelHook(BuildHookInterface[Any]):
    """Refuses a wheel or an archive made before `make front`; an editable install may come first."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Check that every file named by the front's manifest is there.

        Raises FileNotFoundError with what to do.
        """
        if version == "editable":
            return
        dist = Path(self.root, DIST)
        manifest = dist / "manifest.json"
        named = (
            json.loads(manifest.read_text(encoding="utf-8")).values()
            if manifest.exists()
            else [manifest.name]
        )
        missing = [name for name in named if not (dist / name).exists()]
        if missing:
            raise FileNotFoundError(f"{DIST} has no {missing[0]}: run `make front` first")
