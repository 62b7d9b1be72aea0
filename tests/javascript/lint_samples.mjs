/** Reads [[name, code], …] from standard input; writes {name: [messages]}: what eslint.config.js says of each. */
import { readFileSync } from "node:fs";
import { ESLint } from "eslint";

const eslint = new ESLint();
/** @type {{[name: string]: string[]}} */
const found = {};
for (const [name, code] of JSON.parse(readFileSync(0, "utf8"))) {
  const [answer] = await eslint.lintText(code, { filePath: "src/chibo/look/static/look/sample.js" });
  found[name] = answer.messages.map((one) => `${one.ruleId}: ${one.message}`);
}
process.stdout.write(JSON.stringify(found));
