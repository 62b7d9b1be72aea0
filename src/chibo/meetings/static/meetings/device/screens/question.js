/**
 * What is put to the vote: the programme, an item, the resolution, an opinion that differs, or something else.
 * @typedef {import("../session.js").Session} Session
 * @typedef {(key: string) => void} Go
 */
import { checkLength, checkText, Choice, ErrorSummary, Field, Link, typed, useForm } from "../forms.js";
import { draftTitle, endingsOf } from "../hands.js";
import { html } from "../view.js";
import { capital, readLines } from "../words.js";

/** Under which key the matter lies that was put last. */
export const PUT = "bieu-quyet put";

/** The items of the programme, with their titles. @param {Session} session @returns {[string, string][]} */
function itemsOf({ pack }) {
  const items = pack.steps.filter((step) => step.item !== null && step.kind === "item" && !step.self_criticism);
  return items.map((step) => [/** @type {string} */ (step.item), step.title]);
}

/** What can be put to the vote. @param {{session: Session, go: Go}} props */
export function Pick({ session, go }) {
  const items = itemsOf(session).map(([item, title]) => /** @type {[string, string]} */ ([`item/${item}`, title]));
  const open = session.room.differingOpen.map((one) => /** @type {[string, string]} */ ([`differing/${one.id}`, `Ý kiến khác của đồng chí ${session.name(one.person)}`]));
  /** @type {[string, string][]} */
  const ways = [...endingsOf(session).map((kind) => /** @type {[string, string]} */ ([kind, draftTitle(session, kind)])), ...items, ...open, ["agenda", "Chương trình họp"]];
  return html`<h1>Biểu quyết việc gì</h1>
<p class="soft">Chọn việc trước: kết quả đứng ở đúng mục của nó.</p>
<ul class="rows">${ways.map(([key, words]) => html`<li class="row" key=${key}><div><p class="row-title"><${Link} session=${session} go=${go} to=${`bieu-quyet/${key}`}>${capital(words)}<//></p></div></li>`)}</ul>
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
      const question = { title: typed(data, "title"), matters: readLines(typed(data, "matters")), fraction: typed(data, "fraction"), item: typed(data, "item") || null };
      await session.keepDraft(PUT, JSON.stringify(question));
      go("bieu-quyet/other");
    },
  });
  return html`<form class="form-page" key=${form.turn} onSubmit=${form.submit} onClick=${form.press}><${ErrorSummary} form=${form} />
<${Field} form=${form} name="title" label="Biểu quyết việc gì" />
<${Field} form=${form} name="matters" label="Gồm những việc nào" rows=${3} hint="Khi biểu quyết chung nhiều việc một lần: mỗi dòng một việc. Một việc thì để trống." />
<${Choice} form=${form} name="item" label="Thuộc mục nào" choices=${[["", "Không thuộc mục nào"], ...itemsOf(session)]} value=${session.room.current || ""} />
<${Choice} form=${form} name="fraction" label="Cần bao nhiêu" choices=${FRACTIONS} value="half" hint="Kết nạp, chuyển chính thức, xóa tên, khai trừ: ít nhất hai phần ba." />
<p class="actions"><button class="button button-main">Đưa ra biểu quyết</button></p></form>`;
}

/** @type {[string, string][]} */
const FRACTIONS = [
  ["half", "Hơn một nửa cơ sở tính"],
  ["two_thirds", "Ít nhất hai phần ba"],
];
