"""Scripts run on Chrome 80 and iOS 13.4: what is newer is refused, what is old enough is not."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.javascript.tools import PROJECT, javascript

TOO_NEW = {
    # The language.
    "logical assignment": "let a; a ??= 1;",
    "class field": "class A { b = 1; }",
    "private method": "class A { #b() {} c() { this.#b(); } }",
    "static block": "class A { static { A.b = 1; } }",
    "top-level await": "await fetch('/');",
    "numeric separator": "const a = 1_000;",
    "BigInt": "const a = 1n;",
    "lookbehind": "const a = /(?<=b)c/;",
    "names exported together": "export * as a from './b.js';",
    "import attributes": "import a from './a.json' with { type: 'json' };",
    "unicode sets": "const a = /[\\p{L}--[a-z]]/v;",
    # Its methods.
    "at": "[1].at(-1);",
    "replaceAll": "'a'.replaceAll('a', 'b');",
    "findLast": "[1].findLast(Boolean);",
    "toSorted": "[1].toSorted();",
    "hasOwn": "Object.hasOwn({}, 'a');",
    "groupBy": "Object.groupBy([], String);",
    "Promise.any": "Promise.any([]);",
    "WeakRef": "new WeakRef({});",
    "cause of an error": "new Error('a', { cause: 1 });",
    # The browser's.
    "structuredClone": "structuredClone({});",
    "randomUUID": "crypto.randomUUID();",
    "AbortSignal.timeout": "fetch('/', { signal: AbortSignal.timeout(1) });",
    "replaceChildren": "document.body.replaceChildren();",
    "showModal": "document.querySelector('dialog').showModal();",
    "requestSubmit": "document.forms[0].requestSubmit();",
    "requestIdleCallback": "requestIdleCallback(() => {});",
    "requestIdleCallback of the window": "window.requestIdleCallback(() => {});",
    "indexedDB.databases": "indexedDB.databases();",
    "commit of a transaction": "let a; a.transaction('b').commit();",
    "locks": "navigator.locks.request('a', () => {});",
    "BroadcastChannel": "new BroadcastChannel('a');",
    "a listener with a signal": "document.addEventListener('a', f, { signal: s });",
    "matchMedia's listener": "matchMedia('print').addEventListener('change', f);",
    "selector of a parent": "document.querySelector('p:has(a)');",
    "Intl.RelativeTimeFormat": "new Intl.RelativeTimeFormat('vi');",
    "dateStyle": "new Intl.DateTimeFormat('vi', { dateStyle: 'long' });",
}
OLD_ENOUGH = {
    "optional chaining": "a?.b ?? c?.();",
    "allSettled, globalThis, matchAll": "Promise.allSettled([]); globalThis.a; [...'a'.matchAll(/a/g)];",
    "methods of lists": "[1].map(String).flatMap((a) => [a]).filter(Boolean).some(Boolean);",
    "a field called at": "const when = entry.at; entry.at = when;",
    "own method called take": "session.take([]);",
    "asked for before it is used": "if (window.BroadcastChannel) new BroadcastChannel('a');",
    "dynamic import": "import('./a.js').then(f);",
    "named groups": "const a = /(?<b>c)/.exec('c').groups.b;",
    "crypto": "crypto.subtle.digest('SHA-256', new Uint8Array(1)); crypto.getRandomValues(new Uint8Array(1));",
}


@pytest.fixture(scope="module", autouse=True)
def tools() -> None:
    assert javascript.install()


@pytest.fixture(scope="module")
def said() -> dict[str, list[str]]:
    """What the linter says of every sample."""
    samples = [*TOO_NEW.items(), *OLD_ENOUGH.items()]
    command = [javascript.NODE, "tests/javascript/lint_samples.mjs"]
    done = subprocess.run(command, cwd=PROJECT, input=json.dumps(samples), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", TOO_NEW)
def test_what_is_newer_than_the_floor_is_refused(name: str, said: dict[str, list[str]]) -> None:
    assert said[name], TOO_NEW[name]
    assert not any(message.startswith("null") for message in said[name]), said[name]  # refused, not unreadable


@pytest.mark.parametrize("name", OLD_ENOUGH)
def test_what_the_floor_has_is_not_refused(name: str, said: dict[str, list[str]]) -> None:
    assert said[name] == []


ROOM = PROJECT / "src/chibo/meetings/static/meetings"
WRONG_TYPES = {
    "a log that is none": 'import { fold } from "ROOM/room/fold.js"; fold(3);',
    "a field that a room has not": 'import { Room } from "ROOM/room/fold.js"; new Room().speakers;',
    "a helper of iterators, newer than the floor": "new Map().values().map(String);",
    "a part that preact has not": 'import { useFuture } from "ROOM/device/view.js"; useFuture();',
    "a person of the pack without a name": 'import { Session } from "ROOM/device/session.js";\n'
    "/** @param {Session} session */\nexport const f = (session) => session.pack.people[0].nickname;",
    "what may be missing": 'document.querySelector("p").textContent = "";',
    "a parameter without a type": "export const f = (a) => a;",
}


@pytest.mark.parametrize("name", WRONG_TYPES)
def test_a_wrong_type_is_refused(name: str, tmp_path: Path) -> None:
    sample = tmp_path / "sample.js"
    sample.write_text(WRONG_TYPES[name].replace("ROOM", str(ROOM)))
    project = {"extends": str(PROJECT / "tsconfig.json"), "include": [], "files": [str(sample)]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(project))
    command = [*javascript.TSC[:-1], str(tmp_path)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    wrong = [line for line in done.stdout.splitlines() if " error TS" in line]
    assert wrong and all("sample.js(" in line for line in wrong), done.stdout
