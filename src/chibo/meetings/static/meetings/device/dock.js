/**
 * The entry at the thumb: at the foot of every screen, with one red button, which is always the next step.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./steps.js").Stage} Stage
 */
import { Act } from "./forms.js";
import { finish, following, turnTo } from "./going.js";
import { nameOf, stepsOf } from "./steps.js";
import { html } from "./view.js";
import { capital, small } from "./words.js";

/**
 * The foot of a screen, drawn where it stands: last in the screen.
 * @param {{tools?: any, main?: any, children?: any}} props
 *   children: the entry (chips, a field); tools: what else is done here, quiet; main: the red button, `NextStep` as a rule
 */
export function Dock({ tools, main, children }) {
  return html`<div class="dock no-print">${children}<div class="dock-end"><div class="dock-tools">${tools}</div>${main}</div></div>`;
}

/**
 * The next step: turn the hall to this one, or leave it for the next.
 * @param {{session: Session, go: (key: string) => void, step: import("./pack.js").Step | null, before?: () => Promise<boolean>}} props
 *   before: keeps what is being typed before the hall goes on; false: it stays, as that cannot be kept
 */
export function NextStep({ session, go, step, before }) {
  const here = step === null ? undefined : stepsOf(session).find((one) => one.key === step.key);
  if (here === undefined) return null;
  const next = following(session, here);
  const isOurs = here.item === null || session.room.current === here.item;
  if (!isOurs) return html`<${Act} class="button button-main" act=${() => turnTo(session, go, here)}>Sang ${small(nameOf(here))}<//>`;
  if (next === null) return null;
  const act = async () => {
    if (before && !(await before())) return;
    await finish(session, go, here);
  };
  const to = stepsOf(session).find((one) => one.key === next.key);
  return html`<${Act} class="button button-main" act=${act}>${wordsOf(here, to)}<//>`;
}

/** "Xong mục 3, sang mục 4". @param {Stage} here @param {Stage | undefined} to */
function wordsOf(here, to) {
  const next = to ? `sang ${small(nameOf(to))}` : "kết thúc";
  return here.number === null ? capital(next) : `Xong ${nameOf(here)}, ${next}`;
}
