/**
 * A show of hands: one tap when all agree, the arithmetic of the base beside it. The address says what is put to the
 * vote: "bieu-quyet/resolution", "conclusion", "agenda", "item/<item>", "differing/<opinion>", "other" (what was typed last).
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../hands.js").Question} Question
 * @typedef {import("../hands.js").Base} Base
 * @typedef {(key: string) => void} Go
 */
import { Link } from "../forms.js";
import { arithmetic, baseNow, DECISIONS, FRACTION_NAMES, isBarred, notes, outcome, questionOf, resultSentence, takeVote } from "../hands.js";
import { unsaid } from "../../room/paper_book.js";
import { needed } from "../../room/base_of_vote.js";
import { Acts, Aside, html, Icon, Status } from "../view.js";
import { capital, count, numberWord, rollOf, small } from "../words.js";
import { Over } from "./over.js";
import { NoCounts, UnsaidVotes } from "./paper_book.js";
import { Pick, PUT } from "./question.js";
import { Hands } from "./show_of_hands.js";

/** The other matter that was put to the vote last. @param {Session} session @returns {Question | null} */
function otherMatter(session) {
  const kept = session.draft(PUT);
  return kept ? { subject: "other", put: null, ...JSON.parse(kept) } : null;
}

/** Where the hall goes on. @param {Question} question */
function after({ subject, item }) {
  if (subject === "agenda") return "diem-danh";
  if (DECISIONS.indexOf(subject) >= 0) return "ket-thuc";
  return item ? `muc/${item}` : "bieu-quyet";
}

/** Record, say the result, go on. @param {Session} session @param {Go} go @param {Question} question
 * @param {Base} base @param {import("../hands.js").Counts} counts */
async function take(session, go, question, base, counts) {
  const entry = await takeVote(session, question, base, counts);
  const result = resultSentence(base.size, counts.in_favour, question.fraction);
  session.say(`${capital(question.title)}: ${result}`, entry, counts.in_favour < needed(base.size, question.fraction) ? "x" : "");
  go(after(question));
  if (question.subject === "other") session.keepDraft(PUT, "");
}

/** @param {import("../view.js").ScreenProps} props */
export function Vote({ session, go, rest }) {
  if (session.room.closed_by !== null) return html`<${Over} session=${session} go=${go} />`;
  const question = rest === "other" ? otherMatter(session) : questionOf(session, rest);
  const base = baseNow(session);
  const { current } = session.room;
  return html`<${Acts}><${Link} session=${session} go=${go} to="ket-luan" class="button">Xem dự thảo<//><${Link} session=${session} go=${go} to=${current ? `muc/${current}` : "ket-thuc"} class="button">${current ? "Bàn tiếp" : "Kết thúc"}<//><//>
${question ? html`<${Asked} session=${session} go=${go} question=${question} base=${base} />` : html`<${Pick} session=${session} go=${go} />`}
<${Taken} session=${session} />
<${UnsaidVotes} session=${session} />
<${Reckoning} session=${session} base=${base} fraction=${question ? question.fraction : "half"} />`;
}

/** What is put to the vote. @param {{session: Session, go: Go, question: Question, base: Base}} props */
function Asked({ session, go, question, base }) {
  const { put, matters, subject, title } = question;
  const waiting = unsaid(session.room).roll === null ? count(rollOf(session)).waiting : 0;
  const heading = put
    ? `Biểu quyết ý kiến khác của đồng chí ${put.who}`
    : subject === "other" ? `Biểu quyết: ${title}` : `Biểu quyết ${small(title)}`;
  return html`<h1>${heading}</h1>
${matters.length ? html`<ol class="say-list">${matters.map((one) => html`<li key=${one}>${one}</li>`)}</ol>` : null}
${put ? html`<blockquote class="version">${put.one.text.split("\n").map((line, number) => html`${number ? html`<br />` : null}${line}`)}</blockquote>` : null}
<p class="say">${put ? "Đồng chí nào tán thành ý kiến này, đề nghị giơ tay." : "Đồng chí nào tán thành, đề nghị giơ tay."}</p>
${waiting ? html`<${Warning}>Còn ${waiting} đồng chí chưa điểm danh. <${Link} session=${session} go=${go} to="diem-danh">Điểm danh trước<//><//>` : null}
${
  isBarred(session, question)
    ? html`<${Barred} session=${session} go=${go} question=${question} />`
    : base.most
      ? html`<${Hands} session=${session} question=${question} base=${base} take=${(/** @type {Base} */ then, /** @type {import("../hands.js").Counts} */ counts) => take(session, go, question, then, counts)} />`
      : html`<${Warning}>Chưa có đồng chí chính thức nào được ghi là có mặt. <${Link} session=${session} go=${go} to="diem-danh">Điểm danh trước<//><//>`
}
${session.room.on_paper && put === null ? html`<${NoCounts} session=${session} question=${question} then=${() => go(after(question))} />` : null}`;
}

/** @param {{children?: any}} props */
function Warning({ children }) {
  return html`<div class="notice notice-late space"><${Icon} name="triangle-alert" /><div><p>${children}</p></div></div>`;
}

/** No resolution while a differing opinion is open (M14). @param {{session: Session, go: Go, question: Question}} props */
function Barred({ session, go, question }) {
  return html`<div class="notice notice-late space" role="alert"><${Icon} name="triangle-alert" /><div><p><b>Còn ${numberWord(session.room.differingOpen.length)} ý kiến khác chưa kết luận.</b> Đưa ra chi bộ trước, rồi biểu quyết ${small(question.title)}.</p>
<p><${Link} session=${session} go=${go} to="y-kien-khac" class="button button-main">Kết luận ý kiến khác<//></p></div></div>`;
}

/** The votes of this meeting, newest first. @param {{session: Session}} props */
function Taken({ session }) {
  const votes = [...session.room.votes.values()].sort((a, b) => b.order - a.order);
  if (!votes.length) return null;
  return html`<section class="section" aria-labelledby="before"><div class="section-head"><h2 id="before">Đã biểu quyết</h2></div>
<ul>${votes.map((vote) => html`<${TakenVote} key=${vote.id} vote=${vote} />`)}</ul></section>`;
}

/** @param {{vote: import("../../room/fold.js").Vote}} props */
function TakenVote({ vote }) {
  const { passed, result, needed: least, size } = outcome(vote);
  const more = [vote.against && `, ${vote.against} không tán thành`, vote.abstained && `, ${vote.abstained} không biểu quyết`].filter(Boolean).join("");
  return html`<li class="row"><div><p class="row-title">${capital(vote.title)}</p>
${vote.matters.length ? html`<ol class="small">${vote.matters.map((one) => html`<li key=${one}>${one}</li>`)}</ol>` : null}
<p class="row-meta">${vote.in_favour} tán thành${more}. Cần ${least}/${size}.</p></div>
<div class="row-end">${passed ? html`<${Status} state="ok" icon="check">${result}<//>` : html`<${Status} state="late" icon="x">${result}<//>`}</div></li>`;
}

/** The arithmetic of the base. @param {{session: Session, base: Base, fraction: string}} props */
function Reckoning({ session, base, fraction }) {
  const least = needed(base.size, fraction);
  const lines = arithmetic(base);
  const source = session.pack.rules.base_source;
  return html`<${Aside} label=${`Cần ${least} trên ${base.size}`}><div class="section-head"><h2 id="base">Cần ${least} trên ${base.size}</h2></div>
<table class="tally"><tbody>
${lines.map(([words, number], place) => html`<tr key=${words} class=${place === lines.length - 1 ? "sum" : undefined}><td>${words}</td><td>${number < 0 ? `−${-number}` : number}</td></tr>`)}
<tr><td>${FRACTION_NAMES[fraction]}</td><td>${least}</td></tr>
<tr><td>Có mặt, được biểu quyết</td><td>${base.present}</td></tr></tbody></table>
<p class="small soft">${notes(base).join(" ")}</p>
<p class="source">Điều lệ Đảng, Điều 9, khoản 5.${source ? ` ${source}.` : ""}</p><//>`;
}
