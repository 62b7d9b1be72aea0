"""Build the Python environment from a hashed lock, with nothing but Python and pip.

Run by the launchers in bin/ under the machine's own Python, before anything is installed, so it uses the standard
library alone. Debian's Python comes without ensurepip and forbids installing into the system (PEP 668): a folder
with a pyvenv.cfg is all that an environment is, and pip can install into another interpreter.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
OLDEST_PYTHON = (3, 11)
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;]+)\s*(?:;\s*(.*?))?\s*\\?$", re.MULTILINE)


def main(lock_name: str) -> int:
    """Make .venv hold exactly what the lock says; print what is done, in Vietnamese."""
    if sys.version_info < OLDEST_PYTHON:
        print(f"Cần Python 3.11 trở lên, máy đang có {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    lock, folder = PROJECT / lock_name, PROJECT / ".venv"
    if not is_complete(folder, lock):
        print(f"Cài các gói của Chibo theo {lock_name} (lần đầu khoảng nửa phút)…", flush=True)
        if not install(folder, lock):
            return 1
    shutil.copyfile(lock, folder / lock_name)
    return 0


def is_complete(folder: Path, lock: Path) -> bool:
    """Whether an environment already has every pinned version (a developer may have made it with another tool)."""
    python = folder / "bin" / "python"
    script = (
        "import importlib.metadata as m, sys\n"
        "have = {d.metadata['Name'].lower().replace('_', '-'): d.version for d in m.distributions()}\n"
        "sys.exit(any(have.get(p.split('==')[0]) != p.split('==')[1] for p in sys.argv[1:]))"
    )
    wanted = [f"{name.lower().replace('_', '-')}=={version}" for name, version in pinned(lock)]
    try:
        return subprocess.run([python, "-c", script, *wanted], capture_output=True).returncode == 0
    except OSError:
        return False


def pinned(lock: Path) -> list[tuple[str, str]]:
    """Name and version of every package of a lock that is meant for Linux."""
    found = PINNED.findall(lock.read_text(encoding="utf-8"))
    return [(name, version) for name, version, marker in found if "win32" not in marker]


def install(folder: Path, lock: Path) -> bool:
    """Create the environment when its interpreter does not run, then install the lock into it."""
    python = folder / "bin" / "python"
    if not runs(python):
        shutil.rmtree(folder, ignore_errors=True)
        create(folder)
    # The order of the three: pip of the machine, pip inside an environment made by hand, uv.
    commands = [
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--require-hashes", "--no-deps"],
        [str(python), "-m", "pip", "install", "--require-hashes", "--no-deps"],
        ["uv", "pip", "install", "--python", str(python), "--require-hashes", "--no-deps"],
    ]
    errors = []
    for command in commands:
        try:
            done = subprocess.run([*command, "--only-binary", ":all:", "-r", str(lock)], capture_output=True, text=True)
        except FileNotFoundError:
            continue
        if done.returncode == 0:
            (site_packages(folder) / "chibo.pth").write_text("../../../../src\n", encoding="ascii")
            return True
        errors.append(f"$ {' '.join(command)} …\n{done.stderr.strip()[-1500:]}")
    print("Không cài được các gói. Cần pip (apt install python3-pip) và mạng.", *errors, sep="\n", file=sys.stderr)
    return False


def runs(python: Path) -> bool:
    """Whether an interpreter starts and is new enough."""
    check = f"import sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    try:
        return subprocess.run([python, "-c", check], capture_output=True).returncode == 0
    except OSError:
        return False


def create(folder: Path) -> None:
    """An environment without pip: the interpreter's link, its home, and the folder of packages."""
    base = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(base)
    (folder / "bin" / "python3").symlink_to("python")
    site_packages(folder).mkdir(parents=True)
    version = ".".join(map(str, sys.version_info[:3]))
    (folder / "pyvenv.cfg").write_text(
        f"home = {base.parent}\ninclude-system-site-packages = false\nversion = {version}\n", encoding="utf-8"
    )


def site_packages(folder: Path) -> Path:
    """Where the packages of an environment of this Python stand."""
    return folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"


if __name__ == "__main__":
    os.chdir(PROJECT)
    sys.exit(main(sys.argv[1]))
