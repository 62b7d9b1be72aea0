/**
 * A show of hands: one tap when all agree, the arithmetic of the base beside it. The address says what is put to the
 * vote: "bieu-quyet/resolution", "conclusion", "agenda", "differing/<opinion>", "other" (what was typed last).
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../hands.js").Question} Question
 * @typedef {import("../hands.js").Base} Base
 * @typedef {(key: string) => void} Go
 */
import { Act, checkText, checkLength, checkWhole, Choice, ErrorSummary, Field, FieldError, Link, typed, useForm, useInput } from "../forms.js";
import { arithmetic, baseNow, DECISIONS, draftTitle, endingsOf, FRACTION_NAMES, isBarred, miscount, notes, outcome, perhapsThere, questionOf, rangeWords, resultSentence, takeVote } from "../hands.js";
import { unsaid } from "../../room/paper_book.js";
import { hundredths, needed } from "../../room/base_of_vote.js";
import { Acts, Aside, html, Icon, Status } from "../view.js";
import { capital, count, numberWord, percent, readLines, rollOf, small } from "../words.js";
import { Over } from "./over.js";
import { NoCounts, UnsaidVotes } from "./paper_book.js";
import { baseAt, There } from "./there.js";

const PUT = "bieu-quyet put";

/** The other matter that was put to the vote last. @param {Session} session @returns {Question | null} */
function otherMatter(session) {
  const kept = session.draft(PUT);
  return kept ? { subject: "other", put: null, ...JSON.parse(kept) } : null;
}

/** Where the hall goes on. @param {Question} question */
function after({ subject, put }) {
  if (put !== null) return `muc/${put.one.item}`;
  if (subject === "agenda") return "diem-danh";
  return DECISIONS.indexOf(subject) >= 0 ? "ket-thuc" : "bieu-quyet";
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
      ? html`<${Hands} session=${session} go=${go} question=${question} base=${base} />`
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

/** One tap when all agree; else the counts, with their sum checked.
 * @param {{session: Session, go: Go, question: Question, base: Base}} props */
function Hands({ session, go, question, base }) {
  const { put, fraction } = question;
  /** @param {FormData} data */
  const read = (data) => ({
    in_favour: Number(typed(data, "in_favour")),
    against: Number(typed(data, "against")),
    abstained: Number(typed(data, "abstained")),
  });
  const form = useForm(session, "tay", {
    check: (data) => {
      /** @type {import("../forms.js").Errors} */
      const wrong = {};
      for (const [name, label] of COUNTS) wrong[name] = checkWhole(typed(data, name), label);
      return Object.values(wrong).some(Boolean) ? wrong : miscount(baseAt(session, data), read(data));
    },
    send: (data) => take(session, go, question, baseAt(session, data), read(data)),
  });
  const all = () => take(session, go, question, base, { in_favour: base.present, against: 0, abstained: 0 });
  const share = percent(hundredths(base.present, base.size));
  const one = html`<p class="actions"><${Act} class=${`button${put ? "" : " button-main button-big"}`} act=${all}>Cả ${base.present} đồng chí tán thành<//></p>
<p class="vote-sum soft">${base.present} trên ${base.size} là ${share}. Cần ít nhất ${needed(base.size, fraction)}.</p>`;
  const known = base.fewest === base.most && !perhapsThere(session).length;
  return html`${base.present ? one : null}
<details open=${Boolean(put) || !base.present}><summary>Có đồng chí không tán thành${known ? "" : ", hoặc đã biểu quyết lúc trước"}</summary>
<form key=${form.turn} onSubmit=${form.submit} onClick=${form.press}><${ErrorSummary} form=${form} />
<div class="counts">${COUNTS.map(([name, label]) => html`<${CountField} key=${name} form=${form} name=${name} label=${label} />`)}</div>
<${There} session=${session} form=${form} />
<p class="small soft">Cộng lại phải đủ ${rangeWords(base)}.</p>
<p class="actions"><button class=${`button${put ? " button-main" : ""}`}>Ghi kết quả</button></p></form></details>`;
}

/** @type {[string, string][]} */
const COUNTS = [
  ["in_favour", "Tán thành"],
  ["against", "Không tán thành"],
  ["abstained", "Không biểu quyết"],
];

/** Numbers that somebody counted, one a line. @param {{form: import("../forms.js").Form, name: string, label: string}} props */
function CountField({ form, name, label }) {
  const input = useInput(form, name, { draft: false });
  return html`<label for=${input.id}>${label}</label><input ...${input} inputmode="numeric" /><${FieldError} form=${form} name=${name} />`;
}

/** What can be put to the vote. @param {{session: Session, go: Go}} props */
function Pick({ session, go }) {
  /** @type {[string, string][]} */
  const ways = [...endingsOf(session).map((kind) => /** @type {[string, string]} */ ([kind, draftTitle(session, kind)])), ["agenda", "Thông qua chương trình"]];
  return html`<h1>Biểu quyết việc gì</h1>
<ul class="rows">${ways.map(([kind, words]) => html`<li class="row" key=${kind}><div><p class="row-title"><${Link} session=${session} go=${go} to=${`bieu-quyet/${kind}`}>${words}<//></p></div></li>`)}</ul>
<p><${Link} session=${session} go=${go} to="bo-phieu-kin">Bỏ phiếu kín trên giấy<//></p>
<section class="section" aria-labelledby="khac"><div class="section-head"><h2 id="khac">Việc khác</h2></div><${Matter} session=${session} go=${go} /></section>`;
}

/** One matter, or several together. @param {{session: Session, go: Go}} props */
function Matter({ session, go }) {
  const form = useForm(session, "viec", {
    check: (data) => {
      const text = typed(data, "matters");
      const single = "Mới có một việc. Ghi việc ấy ở ô trên, hoặc thêm việc nữa, mỗi dòng một việc.";
      return {
        title: checkText(typed(data, "title"), "Biểu quyết việc gì", 300),
        matters: checkLength(text, "Gồm những việc nào", 3000) || (readLines(text).length === 1 ? single : ""),
      };
    },
    send: async (data) => {
      const question = { title: typed(data, "title"), matters: readLines(typed(data, "matters")), fraction: typed(data, "fraction") };
      await session.keepDraft(PUT, JSON.stringify(question));
      go("bieu-quyet/other");
    },
  });
  return html`<form class="form-page" key=${form.turn} onSubmit=${form.submit} onClick=${form.press}><${ErrorSummary} form=${form} />
<${Field} form=${form} name="title" label="Biểu quyết việc gì" />
<${Field} form=${form} name="matters" label="Gồm những việc nào" rows=${3} hint="Khi biểu quyết chung nhiều việc một lần: mỗi dòng một việc. Một việc thì để trống." />
<${Choice} form=${form} name="fraction" label="Cần bao nhiêu" choices=${FRACTIONS} value="half" hint="Kết nạp, chuyển chính thức, xóa tên, khai trừ: ít nhất hai phần ba." />
<p class="actions"><button class="button button-main">Đưa ra biểu quyết</button></p></form>`;
}

/** @type {[string, string][]} */
const FRACTIONS = [
  ["half", "Hơn một nửa cơ sở tính"],
  ["two_thirds", "Ít nhất hai phần ba"],
];

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
