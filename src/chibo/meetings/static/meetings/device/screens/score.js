/**
 * The meeting scores itself (M21), all criteria in one form: what the record proves is explained, the rest is asked.
 * Nothing is filled in but what the meeting gave before, and there is no total while a criterion is open.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../sheet.js").Line} Line
 * @typedef {import("../sheet.js").Sheet} Sheet
 * @typedef {import("../forms.js").Form} Form
 */
import { canonical } from "../../room/fold.js";
import { ErrorSummary, Field, FieldError, idOf, Link, typed, useForm, useInput } from "../forms.js";
import { StepActs, stepOf } from "../going.js";
import { buttons, dueLines, give, readPoints, sheetNow, stamp, stampOf, whyLabel, wrongScore } from "../scoring.js";
import { isOutside } from "../sheet.js";
import { begin, begunOn, useStanding } from "../text.js";
import { Acts, html, Icon, useNow, useState } from "../view.js";
import { numberWord, pointsWords } from "../words.js";

const FORM = "cham-diem";

/** @param {import("../view.js").ScreenProps} props */
export function Score({ session, go }) {
  useNow(session, 20); // how long the meeting has gone on is among what is read
  const sheet = sheetNow(session);
  const step = stepOf(session, "scoring");
  if (sheet === null) {
    return html`<h1>Buổi họp này không chấm điểm</h1><p>Chi bộ chấm điểm buổi thường kỳ và buổi chuyên đề của cả chi bộ. Họp bất thường, họp chi ủy, họp theo tổ đảng thì không chấm.</p>
<${Acts}><${Link} class="button" session=${session} go=${go} to="ket-luan">Kết luận<//><//>`;
  }
  const isOver = session.room.closed_by !== null;
  return html`<h1>${standing(sheet)}</h1>
${sheet.left ? html`<p class="soft">Không có điểm nào điền sẵn. Dòng nào bản ghi chứng minh được thì đã tính, kèm căn cứ; các dòng khác chi bộ chấm.</p>` : html`<${Grade} sheet=${sheet} />`}
${isOver ? html`<${Lines} session=${session} sheet=${sheet} />` : html`<${Standing} session=${session} sheet=${sheet} />`}
<p class="source">${sheet.title}. ${sheet.source}.</p>
${isOver ? null : html`<${Acts}><button class=${`button${sheet.left ? " button-main" : ""}`} form="phieu">Ghi điểm</button><${StepActs} session=${session} go=${go} step=${step} /><//>`}`;
}

/** How the sheet stands, in a line. @param {Sheet} sheet */
export function standing({ left, total, due }) {
  return total === null ? `Còn ${numberWord(left)} tiêu chí chưa chấm` : `${pointsWords(total)} trên ${pointsWords(due)} điểm`;
}

/** The word for a total, or between which words it is while something is outside the total. @param {{sheet: Sheet}} props */
function Grade({ sheet: { grade, lowest, highest, outside } }) {
  const more = pointsWords(outside);
  if (grade) return html`<p class="lead">Xếp loại <b>${grade}</b>${outside ? `, ${more} điểm ngoài tổng không làm đổi xếp loại` : ""}.</p>`;
  if (!highest) return null;
  return html`<p class="lead">Xếp loại ${lowest ? html`<b>${lowest}</b> hoặc ` : null}<b>${highest}</b>, tùy ${more} điểm chưa nằm trong tổng hôm nay.</p>`;
}

/** The form, drawn anew when somebody else scores, but never under a hand. @param {{session: Session, sheet: Sheet}} props */
function Standing({ session, sheet }) {
  const fields = dueLines(sheet).flatMap(({ code }) => [`points-${code}`, `note-${code}`]);
  const key = useStanding(session, FORM, fields, canonical([...session.room.scores.values()].map(({ entry }) => entry)));
  return html`<${SheetForm} key=${key} session=${session} sheet=${sheet} />`;
}

/** The key of what a line's draft was begun on. @param {string} code */
function keyOf(code) {
  return `${FORM} points-${code}`;
}

/** Of a line that somebody else has scored meanwhile nothing is replaced: it is said, and asked again.
 * @param {Session} session @param {Line[]} due */
function useSeen(session, due) {
  const [seen, see] = useState(() => new Map(due.map(({ code }) => [code, begunOn(session, keyOf(code), stampOf(session, code))])));
  return {
    seen,
    /** What was given anew, by code. @param {FormData} data */
    changed(data) {
      const all = due.map(({ code }) => /** @type {[string, import("../scoring.js").Given]} */ ([code, givenIn(data, code)]));
      return all.filter(([code, given]) => [stampOf(session, code), seen.get(code)].indexOf(stamp(given)) < 0);
    },
    /** What others have given meanwhile is seen from now on. @param {string[]} codes */
    look(codes) {
      for (const code of codes) session.keepDraft(`${keyOf(code)} goc`, `=${stampOf(session, code)}`);
      see(new Map([...seen, ...codes.map((code) => /** @type {[string, string]} */ ([code, stampOf(session, code)]))]));
    },
    recorded() {
      for (const { code } of due) session.keepDraft(`${keyOf(code)} goc`, "");
      see(new Map(due.map(({ code }) => [code, stampOf(session, code)])));
    },
  };
}

/** @param {FormData} data @param {string} code */
function givenIn(data, code) {
  return { text: typed(data, `points-${code}`), note: typed(data, `note-${code}`) };
}

/** @param {{session: Session, sheet: Sheet}} props */
function SheetForm({ session, sheet }) {
  const due = dueLines(sheet);
  const { step } = /** @type {import("../../room/rubric.js").Rubric} */ (session.room.rubric);
  const versions = useSeen(session, due);
  const form = useForm(session, FORM, {
    check: (data) => {
      /** @type {import("../forms.js").Errors} */
      const errors = {};
      const changed = versions.changed(data);
      const apart = changed.map(([code]) => code).filter((code) => stampOf(session, code) !== versions.seen.get(code));
      for (const [code, given] of changed) {
        const line = /** @type {Line} */ (due.find((one) => one.code === code));
        const { points, note } = wrongScore(line, step, given);
        errors[`points-${code}`] = apart.indexOf(code) < 0 ? points : theirs(session, code);
        errors[`note-${code}`] = apart.indexOf(code) < 0 ? note : "";
      }
      if (apart.length) versions.look(apart);
      return errors;
    },
    send: async (data) => {
      const entries = await give(session, versions.changed(data));
      versions.recorded();
      if (entries.length) session.say(`Đã chấm ${numberWord(entries.length)} tiêu chí.`, entries.length === 1 ? entries[0] : null);
    },
  });
  /** @param {Event} event */
  const begun = (event) => {
    const code = /** @type {HTMLInputElement} */ (event.target).name.replace(/^[a-z]+-/, "");
    begin(session, keyOf(code), versions.seen.get(code) || "");
  };
  return html`<${ErrorSummary} form=${form} />
<form id="phieu" key=${form.turn} onSubmit=${form.submit} onClick=${form.press} onInput=${begun}><${Lines} session=${session} sheet=${sheet} form=${form} /></form>`;
}

/** What somebody else has given. @param {Session} session @param {string} code */
function theirs({ room }, code) {
  const score = room.scores.get(code);
  if (!score) return `Tiêu chí ${code}: người khác vừa bỏ điểm đã chấm. Xem lại, rồi ghi.`;
  const why = score.note ? `, lý do “${score.note.replace(/\.+$/, "")}”` : "";
  return `Tiêu chí ${code}: người khác vừa chấm ${pointsWords(score.points)} điểm${why}. Xem lại, rồi ghi.`;
}

/** All lines under the headings of their groups; without a form to be read only.
 * @param {{session: Session, sheet: Sheet, form?: Form}} props */
function Lines({ session, sheet, form }) {
  const { groups } = /** @type {import("../../room/rubric.js").Rubric} */ (session.room.rubric);
  /** @type {Line[][]} */
  const sections = [];
  for (const line of sheet.lines) {
    const before = sections[sections.length - 1];
    if (before && groupOf(before[0]) === groupOf(line)) before.push(line);
    else sections.push([line]);
  }
  return html`${sections.map((lines) => {
    const heading = groups.find((one) => one.code === groupOf(lines[0]));
    const rows = lines.map((line) => html`<${Criterion} key=${line.code} session=${session} line=${line} form=${form} />`);
    if (!heading) return rows;
    const most = lines.reduce((total, one) => total + one.maximum, 0);
    return html`<section class="section" key=${heading.code} aria-labelledby=${`nhom-${heading.code}`}><div class="section-head"><h2 id=${`nhom-${heading.code}`}>${heading.code}. ${heading.words}</h2><p>Tối đa ${pointsWords(most)} điểm</p></div>${rows}</section>`;
  })}`;
}

/** @param {Line} line */
function groupOf({ code }) {
  return code.split(".")[0];
}

/** @param {{session: Session, line: Line, form?: Form}} props */
function Criterion({ session, line, form }) {
  const { code, words, maximum, status, points } = line;
  const most = pointsWords(maximum);
  if (form !== undefined && !isOutside(line)) return html`<${Asked} session=${session} line=${line} form=${form} />`;
  const outside = status === "not_due" ? "Chưa đến hạn: chấm sau buổi họp, không nằm trong tổng hôm nay." : "Buổi này không có chuyên đề nên không tính.";
  return html`<div class="score"><p><b>${code}. ${words}</b></p>
${isOutside(line) ? html`<p class="small soft">Tối đa ${most} điểm. ${outside}</p>` : html`<${Known} line=${line} /><p>${points === null ? "Chưa chấm." : html`<b>${pointsWords(points)}</b> trên ${most} điểm. ${line.note}`}</p>`}</div>`;
}

/** What the record shows of a criterion. @param {{line: Line, id?: string}} props */
function Known({ line: { maximum, evidence, proposed, status, points, unclear, lacks_reason: lacks }, id }) {
  const judged = status === "judged" && points !== null && points !== proposed;
  return html`<div class="small" id=${id}><p class="soft">Tối đa ${pointsWords(maximum)} điểm</p>
${evidence.map((one) => html`<p key=${one}>${one}</p>`)}
${proposed === null ? null : html`<p>${status === "computed" ? html`<${Icon} name="check" />` : null}Bản ghi tính <b>${pointsWords(proposed)} điểm</b>.${judged ? html` Chi bộ chấm <b>${pointsWords(points || 0)} điểm</b>.` : null}</p>`}
${unclear ? html`<p>Bảng không ghi mức cho trường hợp này, chi bộ chấm.</p>` : null}${lacks ? html`<p><b>Chưa ghi vì sao.</b></p>` : null}</div>`;
}

/** One criterion that is given points. @param {{session: Session, line: Line, form: Form}} props */
function Asked({ session, line, form }) {
  const { code, words, proposed, status } = line;
  const given = session.room.scores.get(code);
  const name = `points-${code}`;
  const id = idOf(form, name);
  const answer = html`<${Points} line=${line} form=${form} value=${given ? pointsWords(given.points) : ""} note=${given ? given.note : ""} />`;
  const isWrong = Boolean(form.errors[name] || form.errors[`note-${code}`]);
  const isBegun = [name, `note-${code}`].some((one) => session.draft(`${FORM} ${one}`));
  return html`<fieldset class=${`field score${isWrong ? " field-error" : ""}`} id=${id} tabindex="-1" aria-describedby=${`${id}_known${form.errors[name] ? ` ${id}_error` : ""}`}>
<legend>${code}. ${words}</legend><${Known} line=${line} id=${`${id}_known`} />
<${FieldError} form=${form} name=${name} />
${proposed === null ? answer : html`<details open=${status === "judged" || isWrong || isBegun || undefined}><summary>Chi bộ chấm khác</summary>${answer}</details>`}</fieldset>`;
}

/** The points, and why they are not the usual ones as soon as they are not.
 * @param {{line: Line, form: Form, value: string, note: string}} props */
function Points({ line, form, value, note }) {
  const { code, maximum } = line;
  const { step } = /** @type {import("../../room/rubric.js").Rubric} */ (form.session.room.rubric);
  const { id, defaultValue, onInput, class: style, ...input } = useInput(form, `points-${code}`, { value });
  const [text, choose] = useState(defaultValue);
  /** @param {any} event */
  const chosen = (event) => {
    if (onInput) onInput(event);
    choose(event.target.value.trim());
  };
  const choices = buttons({ maximum, step });
  const most = pointsWords(maximum);
  const draft = form.session.draft(`${FORM} note-${code}`);
  const asks = Boolean(note || draft || form.errors[`note-${code}`] || (text && readPoints(text) !== line.usual));
  return html`${
    choices.length
      ? html`<div class="points">${choices.map((one) => html`<label key=${one} for=${`${id}-${one}`}><input type="radio" id=${`${id}-${one}`} name=${input.name} value=${one} defaultChecked=${one === defaultValue} data-draft=${input["data-draft"]} onChange=${chosen} /><span>${one}<span class="hide"> điểm</span></span></label>`)}</div>`
      : html`<label class="points-typed" for=${`${id}_typed`}><input ...${input} class=${`${style} input-short`} id=${`${id}_typed`} defaultValue=${defaultValue} inputmode="decimal" onInput=${chosen} /><span>trên ${most} điểm</span></label>`
  }<div hidden=${!asks}><${Field} form=${form} name=${`note-${code}`} label=${whyLabel(line)} rows=${2} value=${note} /></div>`;
}
