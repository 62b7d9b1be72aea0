/**
 * What was typed and not recorded when the meeting ended: it is shown, and joins the minutes as something to be corrected
 * or, after the signatures, goes to chair and clerk.
 * @typedef {import("../session.js").Session} Session
 * @typedef {{key: string, text: string, kept: string}} Text  kept: the key of one that a window has left, else ""
 */
import { Act } from "../forms.js";
import { Lines } from "../text.js";
import { isText } from "../typed_texts.js";
import { html } from "../view.js";
import { capital, numberWord } from "../words.js";

/** By the name of its form. @type {{[form: string]: string}} */
const LABELS = {
  ...{ ghi: "Ý kiến", ket: "Kết luận của chủ trì", "y-kien": "Sửa một ý kiến", "dinh-chinh": "Ý kiến đính chính" },
  ...{ viec: "Việc mới", "viec-cu": "Kiểm điểm việc cũ", "ket-luan": "Dự thảo kết luận", khach: "Khách dự" },
  ...{ "dang-phi": "Đảng phí", tay: "Biểu quyết", "hoan-hop": "Vì sao hoãn" },
};
/** Their forms stay open until the signatures. */
const STILL_OPEN = ["dinh-chinh", "y-kien"];

/** All texts that are not recorded. @param {Session} session @returns {Text[]} */
export function unrecordedOf({ drafts, left, isSigned }) {
  const own = [...drafts].map(([key, text]) => ({ key, text, kept: "" }));
  const others = [...left].flatMap(([key, texts]) => texts.map(({ kept, text }) => ({ key, text, kept })));
  return [...own, ...others].filter(({ key, text }) => {
    return isText(key) && text.trim() && (isSigned || STILL_OPEN.indexOf(key.split(" ")[0]) < 0);
  });
}

/** @param {{session: Session}} props */
export function Unrecorded({ session }) {
  const texts = unrecordedOf(session);
  if (!texts.length) return null;
  const words = session.isSigned ? "Biên bản đã ký nên không vào biên bản. Cần thì gửi để chủ trì và thư ký xem." : "Cần thì ghi thành ý kiến đính chính.";
  return html`<section class="section" aria-labelledby="go-do"><div class="section-head"><h2 id="go-do">${capital(numberWord(texts.length))} đoạn đang gõ, chưa ghi</h2><p class="small">${words}</p></div>
<ul>${texts.map((one) => html`<${Row} key=${one.kept + one.key} session=${session} one=${one} />`)}</ul></section>`;
}

/** @param {{session: Session, one: Text}} props */
function Row({ session, one }) {
  const [form, id] = one.key.split(" ");
  const step = session.pack.steps.find((step) => step.item !== null && step.item === id);
  const speaker = /^person:(.+)$/.exec(session.draft(`${form} ${id} speaker`));
  const about = [speaker ? `đồng chí ${session.name(speaker[1])}` : "", step ? step.title : ""].filter(Boolean).join(", ");
  const label = LABELS[form] || "Ghi chép";
  const forget = () => (one.kept ? session.forgetLeft(one.key, one.kept) : session.keepDraft(one.key, ""));
  const record = async () => {
    const entry = await session.write("correct", { text: one.text.trim(), member: speaker ? speaker[1] : null });
    await forget();
    if (!session.isSigned) session.say("Đã ghi thành ý kiến đính chính.", entry);
  };
  const drop = async () => {
    await forget();
    session.tell();
  };
  return html`<li class="row"><div><p class="row-title">${label}${about ? ` (${about})` : ""}</p><p><${Lines} text=${one.text} /></p></div>
<div class="row-end"><${Act} class="button button-quiet" act=${record}>${session.isSigned ? "Gửi chủ trì, thư ký" : "Ghi thành đính chính"}<span class="hide">: ${label}</span><//> <${Act} class="button button-quiet" act=${drop}>Bỏ<span class="hide">: ${label}</span><//></div></li>`;
}
