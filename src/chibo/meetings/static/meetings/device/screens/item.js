/**
 * One item of the programme: what is said, by whom; rest: its id.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../pack.js").Step} Step
 * @typedef {{session: Session, go: (key: string) => void, step: Step}} Props
 */
import { checkText, Link, typed, useForm, ErrorSummary, Field } from "../forms.js";
import { StepActs } from "../going.js";
import { pageOf, wayOf } from "../self_criticism.js";
import { Acts, html, Icon } from "../view.js";
import { Clock } from "./clock.js";
import { DifferingList, rowsOf } from "./differing.js";
import { KeepAs } from "./keep_as.js";
import { HandedIn, Log } from "./log.js";
import { Over } from "./over.js";
import { PutOff } from "./put_off.js";
import { Speak } from "./speak.js";

/** @param {import("../view.js").ScreenProps} props */
export function Item(props) {
  return html`<${props.session.room.closed_by === null ? ItemNow : Over} ...${props} />`;
}

/** @param {import("../view.js").ScreenProps} props */
function ItemNow({ session, go, rest }) {
  const step = session.pack.steps.find((one) => one.item !== null && one.item === rest);
  if (step === undefined) {
    return html`<h1>Chương trình không có mục này</h1><p><${Link} session=${session} go=${go} to="diem-danh">Về mục đầu<//></p>`;
  }
  const way = wayOf(session.room, step);
  const part = { "": Unchosen, paper: OnPaper, conclusion: ConclusionAlone, full: InFull }[way] || InFull;
  return html`<h1>${step.title}</h1>
<${Clock} session=${session} step=${step} />
<${part} session=${session} go=${go} step=${step} />
<${Acts}><${Link} class="button" session=${session} go=${go} to="bieu-quyet"><${Icon} name="hand" />Biểu quyết<//><${StepActs} session=${session} go=${go} step=${step} /><//>`;
}

/** The cell has not said yet how its self-criticism is kept. @param {Props} props */
function Unchosen({ session, go, step }) {
  return html`<p class="say">Hỏi chi bộ muốn ghi mục này thế nào. Mục này chỉ đồng chí có mặt đọc được; ghi sổ giấy thì nội dung không có trong Chibo.</p>
<${KeepAs} session=${session} step=${step} main />
<${PutOff} session=${session} go=${go} step=${step} />`;
}

/** The choice once more, below. @param {Props} props */
function Change({ session, step }) {
  if (!step.self_criticism || step.paper) return null;
  return html`<details><summary>Đổi cách ghi</summary><${KeepAs} key=${wayOf(session.room, step) + pageOf(session.room, step)} session=${session} step=${step} /></details>`;
}

/** @param {Props} props */
function OnPaper({ session, go, step }) {
  return html`<div class="notice space"><${Icon} name="info" /><div><p><b>Mục họp kín.</b> Ghi sổ giấy, ${pageOf(session.room, step)}. Ở đây không ghi nội dung.</p></div></div>
<${Change} session=${session} go=${go} step=${step} />`;
}

/** @param {Props} props */
function ConclusionAlone({ session, go, step }) {
  return html`<p class="say">Chi bộ chọn chỉ ghi kết luận của chủ trì. Ý kiến từng đồng chí không ghi vào Chibo.</p>
<${Log} session=${session} go=${go} item=${step.item || ""} conclusionAlone />
<section class="section" aria-labelledby="chot"><div class="section-head"><h2 id="chot">Chủ trì kết luận nội dung</h2></div><${ChairConcludes} session=${session} step=${step} /></section>
<${Change} session=${session} go=${go} step=${step} />`;
}

/** @param {Props} props */
function InFull({ session, go, step }) {
  const item = step.item || "";
  const rows = rowsOf(session).filter((row) => row.one.item === item);
  const presenting = step.presented_by ? `Trình bày: ${step.presented_by}${step.text ? `. ${shortened(step.text, 40)}` : ""}` : "";
  return html`${step.questions.length ? html`<ul class="say say-list">${step.questions.map((one, place) => html`<li key=${place}>${one}</li>`)}</ul>` : null}
${presenting ? html`<p class="small soft">${presenting}</p>` : null}
<${Speak} session=${session} go=${go} step=${step} />
${rows.length ? html`<section class="section" aria-labelledby="khac"><div class="section-head"><h2 id="khac">Ý kiến khác</h2><p class="small">Chi bộ kết luận từng ý kiến trước khi biểu quyết nghị quyết.</p></div>
<${DifferingList} session=${session} go=${go} rows=${rows} within /></section>` : null}
<${HandedIn} session=${session} item=${item} />
<${Log} session=${session} go=${go} item=${item} differing=${rows.length > 0} />
<section class="section" aria-labelledby="chot"><div class="section-head"><h2 id="chot">Chủ trì kết luận nội dung</h2></div>
<${ChairConcludes} session=${session} step=${step} />
<${PutOff} session=${session} go=${go} step=${step} /></section>
<${Change} session=${session} go=${go} step=${step} />`;
}

/** The chair's own conclusion of an item. @param {{session: Session, step: Step}} props */
function ChairConcludes({ session, step }) {
  const { chair } = session.room;
  const form = useForm(session, `ket ${step.item}`, {
    check: (data) => ({ text: checkText(typed(data, "text"), "Kết luận của chủ trì", 20000) }),
    send: async (data) => {
      const entry = await session.write("remark", { item: step.item, text: typed(data, "text"), member: chair, is_answer: true });
      session.say(`Đã ghi kết luận của chủ trì: ${session.name(chair)}.`, entry);
    },
  });
  return html`<${ErrorSummary} form=${form} />
<form class="entry" key=${form.turn} onSubmit=${form.submit} onClick=${form.press}><${Field} form=${form} name="text" label="Kết luận của chủ trì" rows=${3} hidden />
<p class="actions"><button class="button">Ghi kết luận của chủ trì</button></p></form>`;
}

/** The first words of a text. @param {string} text @param {number} most */
function shortened(text, most) {
  const words = text.split(/\s+/);
  return words.length > most ? `${words.slice(0, most).join(" ")} …` : text;
}
