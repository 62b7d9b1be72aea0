"""bin/javascript.py, which is no module of a package."""

import importlib.util
from pathlib import Path
from types import ModuleType

PROJECT = Path(__file__).resolve().parents[2]


def _javascript() -> ModuleType:
    spec = importlib.util.spec_from_file_location("javascript", PROJECT / "bin" / "javascript.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


javascript = _javascript()
