/**
 * For whoever leads: what to say and do now, what comes next, what waits; above every screen of the room. The twin of
 * meetings/room/autopilot.html; what it says is reckoned in leading.js.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../pack.js").Step} Step
 * @typedef {import("../leading.js").Matter} Matter
 */
import { guideAt, mattersAt, stepAfter, stepInHall } from "../leading.js";
import { useSilent } from "../silence.js";
import { Icon, Status, html, useNow } from "../view.js";
import { itemMinutes } from "../words.js";

/** Where the hall is, when the screen shows something else.
 * @param {{session: Session, step: Step, path: string}} props */
function Now({ session, step, path }) {
  useNow(session, 20);
  const used = itemMinutes(session, step.item || "");
  const planned = session.pack.meeting.held_on_paper ? null : step.minutes;
  const over = planned !== null && used > planned;
  return html`<p><span class="pilot-label">Bây giờ</span> <a href=${path + step.key}>${step.title}</a>${planned === null ? null : html` <span class="soft">${used}/${planned} phút</span>${over ? html` <${Status} state="late" icon="clock">Quá giờ<//>` : null}`}</p>`;
}

/** @param {{guide: {rule: string, source: string}}} props */
function Rule({ guide }) {
  if (!guide.rule) return null;
  return html`<details class="pilot-rule"><summary>Theo quy định nào</summary><p>${guide.rule}</p><p class="source">${guide.source}</p></details>`;
}

/** Who has long not spoken, on the chair's own sign-in.
 * @param {{session: Session, silent: import("../leading.js").Silent[]}} props */
function Silent({ session, silent }) {
  if (!silent.length) return null;
  return html`<details class="pilot-rule"><summary>Lâu chưa phát biểu: ${silent.length} đồng chí</summary>
<ul class="pilot-silent">${silent.map((one) => html`<li key=${one.person}>${session.name(one.person)} <span class="soft">${one.meetings} kỳ</span></li>`)}</ul>
<p class="source">Chỉ chủ trì thấy, không lưu.</p></details>`;
}

/** @param {{session: Session, step: Step | null, path: string, next: Step | null, matters: Matter[]}} props */
function Lines({ session, step, path, next, matters }) {
  const now = stepInHall(session);
  const guide = guideAt(session, step, location.hash.slice(path.length).split("/")[0]);
  return html`${now !== null && now !== step ? html`<${Now} session=${session} step=${now} path=${path} />` : null}
${guide ? html`<p><span class="pilot-label">Nói</span> <b>“${guide.say}”</b></p><p><span class="pilot-label">Làm</span> ${guide.act}</p>` : null}
${next ? html`<p><span class="pilot-label">Tiếp theo</span> <a href=${path + next.key}>${next.title}</a>${next.minutes ? html` <span class="soft">${next.minutes} phút</span>` : null}</p>` : null}
${matters.length ? html`<ul class="pilot-matters">${matters.map((one) => html`<li key=${one.key}><a href=${path + one.key}><${Icon} name=${one.icon} />${one.words}</a></li>`)}</ul>` : null}
${guide ? html`<${Rule} guide=${guide} />` : null}`;
}

/** @param {{session: Session, step: Step | null, go: (key: string) => void}} props */
export function Autopilot({ session, step }) {
  const { room, pack } = session;
  const silent = useSilent(session);
  if (room.opened_at === null || room.closed_at !== null) return null;
  const next = stepAfter(session, stepInHall(session) || step);
  const props = { session, step, path: `#${pack.meeting.id}/`, next, matters: mattersAt(session, step) };
  const { matters } = props;
  const heading = next ? `Tiếp theo: ${next.title}` : "Gợi ý điều hành";
  const count = matters.length
    ? html`<${Icon} name="triangle-alert" />${matters.length}<span class="hide"> điều cần để ý</span>`
    : null;
  return html`<section class="pilot pilot-desk no-print" aria-label="Gợi ý điều hành"><${Lines} ...${props} /><${Silent} session=${session} silent=${silent} /></section>
<details class="pilot-phone no-print"><summary><span class="pilot-head">${heading}</span>${count}</summary><div class="pilot"><${Lines} ...${props} /><${Silent} session=${session} silent=${silent} /></div></details>`;
}
