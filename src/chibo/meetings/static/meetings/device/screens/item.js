/**
 * One item of the programme: its questions, what was said, the entry at the thumb; rest: its id.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../pack.js").Step} Step
 * @typedef {{session: Session, go: (key: string) => void, step: Step}} Props
 */
import { Dock, NextStep } from "../dock.js";
import { Link } from "../forms.js";
import { pageOf, wayOf } from "../self_criticism.js";
import { givenAt } from "../speakers.js";
import { stepsOf, titleOf } from "../steps.js";
import { html, Icon, Title } from "../view.js";
import { Clock } from "./clock.js";
import { KeepAs } from "./keep_as.js";
import { Over } from "./over.js";
import { PutOff } from "./put_off.js";
import { GivenList, SaidList } from "./said.js";
import { SpeakingDock, useEntry } from "./speaking.js";

/** @param {import("../view.js").ScreenProps} props */
export function Item(props) {
  return html`<${props.session.room.closed_by === null ? ItemNow : Over} ...${props} />`;
}

/** @param {import("../view.js").ScreenProps} props */
function ItemNow({ session, go, rest }) {
  const step = stepsOf(session).find((one) => one.item !== null && one.item === rest);
  if (step === undefined) {
    return html`<h1>Chương trình không có mục này</h1><p><${Link} session=${session} go=${go} to="diem-danh">Về mục đầu<//></p>`;
  }
  const way = wayOf(session.room, step);
  const part = { "": Unchosen, paper: OnPaper, conclusion: ConclusionAlone, full: InFull }[way] || InFull;
  return html`<${Title}>${titleOf(step)}<//><${Clock} session=${session} step=${step} /><${part} key=${way} session=${session} go=${go} step=${step} />`;
}

/** The foot where nothing is entered. @param {Props} props */
function Foot({ session, go, step }) {
  const tools = html`<${Link} class="tool" session=${session} go=${go} to=${`bieu-quyet/item/${step.item}`}>Biểu quyết<//>`;
  return html`<${Dock} tools=${tools} main=${html`<${NextStep} session=${session} go=${go} step=${step} />`} />`;
}

/** The cell has not said yet how its self-criticism is kept. @param {Props} props */
function Unchosen({ session, go, step }) {
  return html`<p class="say">Hỏi chi bộ muốn ghi mục này thế nào. Mục này chỉ đồng chí có mặt đọc được; ghi sổ giấy thì nội dung không có trong Chibo.</p>
<${KeepAs} session=${session} step=${step} main />
<${PutOff} session=${session} go=${go} step=${step} /><${Foot} session=${session} go=${go} step=${step} />`;
}

/** The choice once more, folded. @param {Props} props */
function Change({ session, step }) {
  if (!step.self_criticism || step.paper) return null;
  return html`<details><summary>Đổi cách ghi</summary><${KeepAs} key=${wayOf(session.room, step) + pageOf(session.room, step)} session=${session} step=${step} /></details>`;
}

/** @param {Props} props */
function OnPaper({ session, go, step }) {
  return html`<div class="notice space"><${Icon} name="info" /><div><p><b>Mục họp kín.</b> Ghi sổ giấy, ${pageOf(session.room, step)}. Ở đây không ghi nội dung.</p></div></div>
<${Change} session=${session} go=${go} step=${step} /><${Foot} session=${session} go=${go} step=${step} />`;
}

/** @param {Props} props */
function ConclusionAlone({ session, go, step }) {
  const entry = useEntry(session, step, true);
  return html`<p class="say">Chi bộ chọn chỉ ghi kết luận của chủ trì. Ý kiến từng đồng chí không ghi vào Chibo.</p>
<${Change} session=${session} go=${go} step=${step} />
<${SaidList} session=${session} go=${go} item=${entry.item} conclusionAlone />
<${SpeakingDock} entry=${entry} go=${go} alone />`;
}

/** @param {Props} props */
function InFull({ session, go, step }) {
  const entry = useEntry(session, step, false);
  const given = givenAt(session, step).filter((one) => one.who !== entry.who);
  return html`<${Questions} session=${session} step=${step} />
<div class="beside"><${PutOff} session=${session} go=${go} step=${step} /><${Change} session=${session} go=${go} step=${step} /></div>
<${GivenList} session=${session} given=${given} take=${entry.take} />
<${SaidList} session=${session} go=${go} item=${entry.item} />
<${SpeakingDock} entry=${entry} go=${go} />`;
}

/** What the cell is asked; a phone shows the one at hand. @param {{session: Session, step: Step}} props */
function Questions({ session, step }) {
  const { questions, item } = step;
  if (!questions.length) return null;
  const at = Number(session.draft(`hoi ${item}`)) % questions.length || 0;
  const next = () => {
    session.keepDraft(`hoi ${item}`, String((at + 1) % questions.length));
    session.tell();
  };
  return html`<ol class="ask" aria-label="Câu hỏi của mục">${questions.map((one, place) => html`<li key=${place} aria-current=${place === at ? "true" : undefined}>${questions.length > 1 ? `${place + 1}. ` : ""}${one}</li>`)}</ol>
${questions.length > 1 ? html`<button class="tool ask-next" type="button" onClick=${next}>Câu sau</button>` : null}`;
}
