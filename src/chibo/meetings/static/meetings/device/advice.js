/**
 * One line under the bar: what whoever leads says now, with its rule one tap away.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./pack.js").Step} Step
 */
import { guideAt, stepInHall } from "./leading.js";
import { useSilent } from "./silence.js";
import { html } from "./view.js";

/**
 * The line.
 * @param {{say: string, act?: string, rule?: string, source?: string, children?: any}} props
 *   say: the sentence to say aloud; act: what to do; children: what else stands behind "Vì sao"
 */
export function Advice({ say, act = "", rule = "", source = "", children }) {
  const more = act || rule || source || children;
  return html`<p><b>Nói:</b> ${say}</p>${
    more
      ? html`<details><summary>Vì sao</summary><div class="small">${act ? html`<p>${act}</p>` : null}${rule || source ? html`<p>${rule} <span class="source">${source}</span></p>` : null}${children}</div></details>`
      : null
  }`;
}

/** Who has long not spoken, on the chair's own sign-in.
 * @param {{session: Session, silent: import("./leading.js").Silent[]}} props */
function Silent({ session, silent }) {
  const names = silent.map((one) => `${session.name(one.person)} (${one.meetings} kỳ)`).join(", ");
  return html`<p>Lâu chưa phát biểu: ${names}. <span class="source">Chỉ chủ trì thấy, không lưu.</span></p>`;
}

/** The line of a step, and the way back to where the hall is.
 * @param {{session: Session, step: Step | null, word: string, path: string}} props word: the first word of the address's key */
export function AdviceNow({ session, step, word, path }) {
  const silent = useSilent(session);
  const { room } = session;
  if (room.opened_at === null || room.closed_at !== null) return null;
  const guide = guideAt(session, step, word);
  const hall = stepInHall(session);
  const away = hall !== null && hall !== step ? html`<p class="hall-at"><a href=${path + hall.key}>Đang bàn: ${hall.title}</a></p>` : null;
  const told = silent.length ? html`<${Silent} session=${session} silent=${silent} />` : null;
  if (!guide && !away && !told) return null;
  return html`<div class="advice no-print" role="region" aria-label="Lời chủ trì"><div class="page room-wide">${guide ? html`<${Advice} say=${guide.say} act=${guide.act} rule=${guide.rule} source=${guide.source}>${told}<//>` : told}${away}</div></div>`;
}
