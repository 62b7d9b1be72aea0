/**
 * Differing opinions: how many hold one too, put to the cell, what became of it (M14).
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../../room/fold.js").Differing} Differing
 * @typedef {{one: Differing, who: string, title: string}} Row
 */
import { isOpen } from "../../room/fold.js";
import { Act, checkText, checkWhole, ErrorSummary, Field, Link, typed, useForm } from "../forms.js";
import { outcome } from "../hands.js";
import { isBegun, Lines } from "../text.js";
import { Acts, html, Status } from "../view.js";
import { capital, numberWord } from "../words.js";

/** @type {{[outcome: string]: string}} */
const DONE = {
  adopted: "Chi bộ tiếp thu ý kiến này.",
  not_adopted: "Đã ghi: chi bộ không tiếp thu, kèm lý do.",
  withdrawn: "Người nêu rút lại. Biên bản không ghi ý kiến này.",
};

/** The differing opinions of the meeting, in the order in which they were raised.
 * @param {Session} session @returns {Row[]} */
export function rowsOf(session) {
  return [...session.room.differing.values()].map((one) => {
    const step = session.pack.steps.find((other) => other.item === one.item);
    return { one, who: session.name(one.person), title: step ? step.title : "" };
  });
}

/** All of the meeting: the open ones first. @param {import("../view.js").ScreenProps} props */
export function DifferingOpinions({ session, go }) {
  const all = rowsOf(session);
  const rows = [...all.filter((row) => isOpen(row.one)), ...all.filter((row) => !isOpen(row.one))];
  const left = session.room.differingOpen.length;
  const heading = left
    ? `${capital(numberWord(left))} ý kiến khác chưa kết luận`
    : rows.length
      ? "Ý kiến khác đã kết luận cả"
      : "Chưa có ý kiến khác nào";
  const acts =
    session.room.closed_by === null
      ? html`<${Link} class="button" session=${session} go=${go} to="ket-thuc">Kết thúc<//><${Link} class="button" session=${session} go=${go} to="bieu-quyet">Biểu quyết<//>`
      : html`<${Link} class="button" session=${session} go=${go} to="bien-ban">Xem biên bản<//>`;
  return html`<h1>${heading}</h1>
${rows.length ? html`<p class="soft">Đưa từng ý kiến ra chi bộ: tiếp thu, không tiếp thu, hay người nêu bảo lưu. Xong mới biểu quyết nghị quyết.</p><${DifferingList} session=${session} go=${go} rows=${rows} />` : html`<p>Ở mục đang bàn, gõ ý kiến rồi bấm “Ý kiến khác”. Ý kiến ấy được đưa ra chi bộ trước khi biểu quyết nghị quyết.</p>`}
<p class="source">Điều lệ Đảng, Điều 9, khoản 5.</p>
<${Acts}>${acts}<//>`;
}

/** The main button is that of the first open one. @param {{session: Session, go: (key: string) => void, rows: Row[]}} props */
function DifferingList({ session, go, rows }) {
  return html`<ol>${rows.map(
    (row, place) => html`<li class="opinion" id=${`k-${row.one.id}`} key=${row.one.id}><p><b>${row.who}.</b> <${Lines} text=${row.one.text} />${row.one.support ? html` <span class="soft">(${numberWord(row.one.support)} đồng chí cùng ý kiến)</span>` : null}</p>
<p class="small soft">Mục “${row.title}”</p>
${isOpen(row.one) ? html`<${OpenOpinion} session=${session} go=${go} row=${row} main=${place === 0} />` : html`<${Settled} session=${session} row=${row} />`}</li>`,
  )}</ol>`;
}

/** Record what becomes of one without a vote. @param {Session} session @param {Differing} one @param {string} how @param {string} [why] */
async function settle(session, one, how, why) {
  const entry = await session.write("differ-outcome", { of: one.id, outcome: how, why: why || null });
  session.say(DONE[how], entry);
}

/** Its author keeps it, at their own word (Điều lệ Đảng, Điều 9, khoản 5). @param {Session} session @param {Row} row */
async function reserve(session, { one, who }) {
  session.say(`Đã ghi: đồng chí ${who} bảo lưu ý kiến.`, await session.write("differ-reserve", { of: one.id }));
}

/** One that the cell has not settled. @param {{session: Session, go: (key: string) => void, row: Row, main: boolean}} props */
export function OpenOpinion({ session, go, row, main }) {
  const { one, who } = row;
  const toVote = html`<${Link} class=${`button${main ? " button-main" : ""}`} session=${session} go=${go} to=${`bieu-quyet/differing/${one.id}`}>Đưa ra biểu quyết<span class="hide"> ý kiến của ${who}</span><//> `;
  return html`<p class="actions">${session.room.closed_by === null ? toVote : null}<${Act} act=${() => settle(session, one, "adopted")}>Tiếp thu<span class="hide"> ý kiến của ${who}</span><//> <${Act} act=${() => reserve(session, row)}>Bảo lưu<span class="hide"> ý kiến của ${who}</span><//></p>
<${NotAdopted} session=${session} row=${row} />
<${Support} key=${one.support} session=${session} row=${row} />`;
}

/** The cell does not take it in, and says why. @param {{session: Session, row: Row}} props */
function NotAdopted({ session, row }) {
  const form = useForm(session, `khong-tiep-thu ${row.one.id}`, {
    check: (data) => ({ why: checkText(typed(data, "why"), "Vì sao không tiếp thu", 300) }),
    send: (data) => settle(session, row.one, "not_adopted", typed(data, "why")),
  });
  return html`<details open=${Boolean(form.errors.why) || isBegun(session, form.name, ["why"]) || undefined}><summary>Không tiếp thu<span class="hide"> ý kiến của ${row.who}</span></summary><form key=${form.turn} onSubmit=${form.submit} onClick=${form.press}>
<${ErrorSummary} form=${form} /><${Field} form=${form} name="why" label="Vì sao không tiếp thu" />
<p class="actions"><button class="button">Ghi không tiếp thu</button></p></form></details>`;
}

/** How many hold it too: a number, never names; or its author takes it back. @param {{session: Session, row: Row}} props */
function Support({ session, row }) {
  const label = "Số đồng chí cùng ý kiến";
  const form = useForm(session, `cung-y-kien ${row.one.id}`, {
    check: (data) => ({ number: checkWhole(typed(data, "number"), label) }),
    send: async (data) => {
      const number = Number(typed(data, "number"));
      const entry = await session.write("differ-support", { of: row.one.id, number });
      session.say(`Đã ghi: ${numberWord(number)} đồng chí cùng ý kiến.`, entry);
    },
  });
  const now = row.one.support ? String(row.one.support) : "";
  return html`<details open=${Boolean(form.errors.number) || isBegun(session, form.name, ["number"]) || undefined}><summary>Bao nhiêu đồng chí cùng ý kiến<span class="hide"> với ${row.who}</span></summary><form key=${form.turn} onSubmit=${form.submit} onClick=${form.press}>
<${ErrorSummary} form=${form} /><${Field} form=${form} name="number" label=${label} value=${now} short numeric />
<p class="actions"><button class="button">Ghi số đồng chí</button></p></form>
<p class="actions"><${Act} class="button button-quiet" act=${() => settle(session, row.one, "withdrawn")}>Người nêu rút lại<span class="hide"> ý kiến: ${row.who}</span><//></p></details>`;
}

/** What became of it. @param {{session: Session, row: Row}} props */
export function Settled({ session, row }) {
  const { one, who } = row;
  const vote = one.vote ? session.room.votes.get(one.vote) : undefined;
  const counted = vote ? outcome(vote) : null;
  const late = one.outcome === "not_adopted" && !one.reserved;
  return html`<p>${one.outcome ? html`<${Outcome} outcome=${one.outcome} />` : null}${one.reserved ? html` <${Status} state="info" icon="info">Bảo lưu<//>` : null}${one.why ? html` <span class="soft">${one.why}</span>` : null}${vote && counted ? html` <span class="soft">${vote.in_favour}/${counted.size} tán thành, cần ${counted.needed}</span>` : null}</p>
${late ? html`<p class="actions"><${Act} class="button button-quiet" act=${() => reserve(session, row)}>Người nêu bảo lưu ý kiến<span class="hide">: ${who}</span><//></p>` : null}`;
}

/** @param {{outcome: string}} props */
function Outcome({ outcome: how }) {
  if (how === "adopted") return html`<${Status} state="ok" icon="check">Chi bộ tiếp thu<//>`;
  if (how === "withdrawn") return html`<${Status} state="plan" icon="circle">Người nêu rút lại<//>`;
  return html`<${Status} state="info" icon="info">Chi bộ không tiếp thu<//>`;
}
