/**
 * The steps at the side, on a phone in a drawer: numbered as the programme is, with a mark and a word where something is
 * unfinished.
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./steps.js").Stage} Stage
 */
import { closingBars } from "./ending.js";
import { html, Icon, useEffect, useRef } from "./view.js";
import { capital, numberWord } from "./words.js";

/** Whether a mark stands in the place of a step's number. @param {Stage} step */
function isMarked(step) {
  return step.open.length > 0 || step.state === "done" || step.state === "put_off";
}

/** What stands before a step's title. @param {{step: Stage}} props */
function Mark({ step }) {
  if (step.open.length) return html`<${Icon} name="triangle-alert" style="todo" /><span class="hide">Còn việc</span>`;
  if (step.state === "done") return html`<${Icon} name="check" /><span class="hide">Đã xong</span>`;
  if (step.state === "put_off") return html`<span aria-hidden="true">–</span><span class="hide">Đã hoãn</span>`;
  return step.number === null ? null : html`<i>${step.number}</i>`;
}

/** @param {{steps: Stage[], here: string | null, path: string}} props here: the key of the step at hand */
function Steps({ steps, here, path }) {
  return html`<ol class="steps">${steps.map((step) => {
    // The number stands where the mark does, or before the title where a mark has its place.
    const title = step.number !== null && isMarked(step) ? html`<i>${step.number}.</i> ${step.title}` : step.title;
    return html`<li key=${step.key} aria-current=${step.key === here ? "step" : undefined}><span><${Mark} step=${step} /></span><span><a href=${path + step.key}>${title}</a>${step.open.map((words) => html`<span class="status status-late" key=${words}>${words}</span>`)}</span><span class="n">${step.minutes ? `${step.minutes}′` : ""}</span></li>`;
  })}</ol>`;
}

/** What must be looked at, which bars signing. @param {{session: Session, path: string}} props */
function NeedsLook({ session, path }) {
  const number = session.room.needs_look.length;
  if (!number || session.isSigned) return null;
  return html`<p class="needs-look"><a href=${`${path}xem-lai`}><${Icon} name="triangle-alert" />${capital(numberWord(number))} chỗ cần xem lại</a></p>`;
}

/** How far the end is: what bars it, and only then the end itself. @param {{session: Session, path: string}} props */
function ToTheEnd({ session, path }) {
  if (session.room.closed_by !== null) return null;
  const bars = closingBars(session).length;
  if (!bars) return html`<p class="small"><a href=${`${path}ket-thuc`}>Đủ các bước, kết thúc được</a></p>`;
  return html`<p class="small"><a href=${`${path}ket-thuc`}>Còn ${numberWord(bars)} điều thì kết thúc được</a></p>`;
}

/** Closes a drawer on Escape, and keeps the focus where it was opened. @param {boolean} isOpen @param {() => void} shut */
function useDrawer(isOpen, shut) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (!isOpen) return undefined;
    const before = document.activeElement;
    const first = box.current && box.current.querySelector("button, a");
    if (first instanceof HTMLElement) first.focus();
    const key = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape") shut();
    };
    document.addEventListener("keydown", key);
    return () => {
      document.removeEventListener("keydown", key);
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
    };
  }, [isOpen]);
  return box;
}

/**
 * @param {{session: Session, steps: Stage[], here: string | null, path: string, isOpen: boolean, shut: () => void, ways: any}} props
 *   steps: none before the opening and after the signing; isOpen: as a drawer; ways: links out of the room
 */
export function Rail({ session, steps, here, path, isOpen, shut, ways }) {
  const box = useDrawer(isOpen, shut);
  const press = (/** @type {Event} */ event) => {
    if (event.target instanceof Element && event.target.closest("a")) shut();
  };
  return html`<nav class=${`rail no-print${isOpen ? " rail-open" : ""}`} id="rail" aria-label="Các bước của buổi họp" ref=${box} onClick=${press}>
<button class="tool shut" type="button" onClick=${shut}>Đóng</button>
${steps.length ? html`<${Steps} steps=${steps} here=${here} path=${path} />` : null}
<${NeedsLook} session=${session} path=${path} />
${steps.length ? html`<${ToTheEnd} session=${session} path=${path} />` : null}${ways}</nav>`;
}
