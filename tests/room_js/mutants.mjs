/** Plants one naive line at a time into the meaning on the devices; the vectors must find each. Run by pytest. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const modules = "src/chibo/meetings/static/meetings/room";

/** @type {[string, string, string][]} what stands there, what is planted */
const MUTANTS = [
  ["verdicts.js", "other.counter < entry.counter", "other.counter <= entry.counter"],
  ["verdicts.js", "other.seq <= entry.seen", "other.seq < entry.seen"],
  ["verdicts.js", "doubted.delete(of)", "of"],
  ["verdicts.js", "if (isVerdict(entry)) return false", ""],
  ["verdicts.js", "!aside || ", ""],
  ["verdicts.js", " || saw(entry, verdict)", ""],
  ["verdicts.js", 'aside === "seen" && ', ""],
  ["verdicts.js", '(aside === "seen" && saw(entry, opening))', 'aside === "seen"'],
  ["verdicts.js", "([, verdict]) => verdict.kind === VOID", "() => true"],
  ["fold.js", " || KINDS[entry.kind].by_server) continue", ") continue"],
  ["recorded.js", " && !room.aside.has(of)", ""],
  ["undo.js", "target >= number", "target > number + 99"],
  ["fold.js", " && saw(entry, closing)", ""],
  ["recorded.js", "room.closing !== null ? \"done\"", "false ? \"done\""],
  ["undo.js", "KINDS[kind].final", "false"],
  ["undo.js", "first === undefined || first === id", "true"],
  ["undo.js", '["abort", "closing"]', '["abort", "breaking off"]'],
  ["fold.js", "a.counter - b.counter || compare(a.device, b.device)", "a.counter - b.counter"],
  ["fold.js", "head.said !== said", "head.entry !== entry"],
  ["undo.js", "KINDS[kind].several && ", ""],
  ["undo.js", "!gone.has(name)", "true"],
  ["undo.js", "held.filter((one) => !gone.has(one))", "[]"],
  ["recorded.js", "fields.has(about || \"\")", "true"],
  ["undo.js", "presided.has(root.id) && ", ""],
  ["undo.js", " && !presided.has(entry.id)", ""],
  ["presiding.js", 'if (kind === "lead") leader = device', "if (false) leader = device"],
  ["presiding.js", "author === opening.payload.chair || ", ""],
  ["presiding.js", " || device === leader", ""],
  ["recorded.js", "room.presided !== null && !room.presided.has(entry.id)", "false"],
  ["contradictions.js", "used(taken) <= base.length - absent.length", "used(taken) <= base.length"],
  ["contradictions.js", "look.entry !== id || look.why", "look.why"],
  ["deciding.js", "`other ${title}`", '"other"'],
  ["coverage.js", "saw(vote, entry) || covered.has(entry.id)", "saw(vote, entry)"],
  ["coverage.js", "saw(vote, entry) || covered", "entry.counter < vote.counter || covered"],
  ["coverage.js", "room.closing !== null || !saw(entry, vote)", "!saw(entry, vote)"],
  ["coverage.js", "room.closing !== null || !saw(entry, vote)", "true"],
  ["fold.js", "room.elected.has(entry.author) || ", ""],
  ["fold.js", "last !== undefined && last.id !== vote.id", "false"],
  ["fold.js", "one.settled > vote.order", "false"],
  ["fold.js", "room.closed_by !== null && !room.aborted", "room.closed_by !== null"],
  ["fold.js", '["", "unknown", "none"].indexOf(line.reason) < 0', "true"],
  ["base_of_vote.js", "Math.floor(size / 2) + 1", "Math.ceil(size / 2)"],
  ["base_of_vote.js", "Math.ceil((2 * size) / 3)", "Math.floor((2 * size) / 3)"],
  ["base_of_vote.js", "one.exempt && here", "false"],
  ["bases.js", "vote.taken || vote.included).filter", "vote.included).filter"],
  ["bases.js", "(one.left || one.exempt || one.away) && ", "one.left && "],
  ["bases.js", "room.settle(entry, of, entry.payload);", ""],
  ["bases.js", "put === undefined || put.vote !== vote.id", "put === undefined || true"],
  ["fold.js", "of turnedSecrets(room)", "of []"],
  ["recorded.js", 'item.state !== "open" ? entry.at : item.opened_at', "entry.at"],
  ["recorded.js", "isCalled(room, entry, one)", "true"],
  ["hall.js", "if (!isCalled(room, entry, entry.payload.member)) return;", ""],
  ["roll.js", "!undone.has(id) && ", ""],
  ["deciding.js", "const included = ofTheRoll(room, payload.included);", "const included = payload.included;"],
  ["bases.js", "const base = ofTheRoll(room, included);", "const base = included;"],
  ["recorded.js", "room.current === id ? null : room.current", "null"],
  ["recorded.js", "Math.max(0, ", "("],
  ["deciding.js", "found.outcome ? found.settled : entry.counter", "entry.counter"],
  ["deciding.js", "secret.returned <= secret.issued", "true"],
  ["hall.js", "waiting(room.hall).some((one) => one.person === person)", "false"],
  ["hall.js", "if (!present) ", "if (false) "],
  ["hall.js", "else if (claimed) ", "else "],
  ["hall.js", "line === undefined || !line.state", "true"],
  ["rubric.js", "rubric === null || key !== rubric.key", "rubric === null"],
  ["rubric.js", "points < 0 || ", ""],
  ["rubric.js", "points > found.maximum", "points >= found.maximum"],
  ["rubric.js", "if (found.later)", "if (false)"],
  ["rubric.js", "rubric.step && points % rubric.step", "points % 100"],
  ["rubric.js", "[points, note || \"\"]", "points"],
  ["rubric.js", "      continue;\n    }\n    room.settle", "    }\n    room.settle"],
  ["decisions.js", "before.order", "entry.counter"],
  ["shape.js", "Object.keys(value).every((key) => has(shape, key))", "true"],
  ["shape.js", 'letter > " "', "letter.trim()"],
  ["shape.js", "day <= [31,", "31 <= [31,"],
];

const survivors = [];
for (const [file, there, planted] of MUTANTS) {
  const copy = mkdtempSync(join(tmpdir(), "chibo-mutant-"));
  cpSync(join(root, modules), join(copy, modules), { recursive: true });
  cpSync(join(root, "tests/room_js"), join(copy, "tests/room_js"), { recursive: true });
  cpSync(join(root, "tests/meaning"), join(copy, "tests/meaning"), { recursive: true });
  cpSync(join(root, "package.json"), join(copy, "package.json"));
  const path = join(copy, modules, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(there)) throw new Error(`${file}: ${there}`);
  writeFileSync(path, text.replace(there, planted));
  const run = spawnSync(process.execPath, ["--test", "tests/room_js/meaning.test.mjs"], { cwd: copy });
  if (run.status === 0) survivors.push(`${file}: ${there} → ${planted}`);
  rmSync(copy, { recursive: true });
}
console.log(survivors.length ? survivors.join("\n") : `${MUTANTS.length} found`);
process.exit(survivors.length ? 1 : 0);
