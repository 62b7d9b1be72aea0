"""The kinds of events that the source records, read from the source itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import chibo

SOURCE = Path(chibo.__file__).parent
RECORDERS = {"chibo.audit.events": "record", "chibo.audit.bulk": "Draft"}
ANYTHING = "[a-z_]+"


class Unreadable(Exception):
    """A kind that the source does not show: write it as text where the event is recorded."""


def kinds() -> tuple[dict[str, str], list[str]]:
    """Each kind as a pattern, with the file that records it; and the places whose kind cannot be read."""
    found: dict[str, str] = {}
    unreadable = []
    for path in sorted(SOURCE.rglob("*.py")):
        if path.is_relative_to(SOURCE / "audit") and path.name in ("events.py", "bulk.py"):
            continue
        for kind in _kinds_in(ast.parse(path.read_text(encoding="utf-8")), path):
            if isinstance(kind, Unreadable):
                unreadable.append(str(kind))
            else:
                found[kind] = str(path.relative_to(SOURCE))
    return found, unreadable


def _kinds_in(tree: ast.Module, path: Path) -> Iterator[str | Unreadable]:
    direct, modules = _recorders(tree)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        target = ast.unparse(call.func)
        if target not in direct and not any(target == f"{module}.{name}" for module, name in modules):
            continue
        kind = call.args[0] if call.args else next(one.value for one in call.keywords if one.arg == "kind")
        around = next((one for one in functions if call in set(ast.walk(one))), None)
        try:
            yield from _patterns(kind, around, tree, f"{path}:{call.lineno}")
        except Unreadable as why:
            yield why


def _recorders(tree: ast.Module) -> tuple[set[str], set[tuple[str, str]]]:
    """Under which names the module has the functions that record, and the modules that hold them."""
    direct, modules = set(), set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or node.module is None:
            continue
        for one in node.names:
            if RECORDERS.get(node.module) == one.name:
                direct.add(one.asname or one.name)
            elif name := RECORDERS.get(f"{node.module}.{one.name}"):
                modules.add((one.asname or one.name, name))
    return direct, modules


def _patterns(kind: ast.expr, around: ast.FunctionDef | None, tree: ast.Module, where: str) -> Iterator[str]:
    if isinstance(kind, ast.Constant):
        yield re.escape(str(kind.value))
    elif isinstance(kind, ast.IfExp):
        yield from _patterns(kind.body, around, tree, where)
        yield from _patterns(kind.orelse, around, tree, where)
    elif isinstance(kind, ast.JoinedStr):
        yield from _joined(kind.values, around, tree, where)
    elif isinstance(kind, ast.Name) and around is not None:
        yield from _named(kind.id, around, tree, where)
    else:
        raise Unreadable(where)


def _joined(parts: list[ast.expr], around: ast.FunctionDef | None, tree: ast.Module, where: str) -> Iterator[str]:
    """Every text that an f-string may come to; what only the running program knows matches anything."""
    heads = [""]
    for part in parts:
        inner = part.value if isinstance(part, ast.FormattedValue) else part
        known = isinstance(inner, ast.Constant | ast.IfExp)
        tails = list(_patterns(inner, around, tree, where)) if known else [ANYTHING]
        heads = [head + tail for head in heads for tail in tails]
    yield from heads


def _named(name: str, around: ast.FunctionDef, tree: ast.Module, where: str) -> Iterator[str]:
    """What a variable was set to in its function, or what the module's callers give for a parameter."""
    given = [
        value
        for node in ast.walk(around)
        if isinstance(node, ast.Assign)
        for whole in node.targets
        for target, value in _unpacked(whole, node.value)
        if ast.unparse(target) == name
    ]
    parameters = [one.arg for one in (*around.args.posonlyargs, *around.args.args)]
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if ast.unparse(call.func) == around.name:
            given += [one.value for one in call.keywords if one.arg == name]
            if name in parameters and len(call.args) > parameters.index(name):
                given.append(call.args[parameters.index(name)])
    if not given:
        raise Unreadable(where)
    for one in given:
        yield from _patterns(one, around, tree, where)


def _unpacked(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    """An assignment of several at once, one by one."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        yield from zip(target.elts, value.elts, strict=False)
    else:
        yield target, value
