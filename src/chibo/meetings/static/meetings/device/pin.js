/** The form that asks for a PIN, once to open and twice to choose. The PIN is in no draft and in no state. */
import { MOST, PROTECTS, checkPin, isPin } from "./lock.js";
import { Icon, html, useLayoutEffect, useRef, useState } from "./view.js";

/** @typedef {{[name: string]: string}} Errors */

const PIN = "PIN sáu số trở lên";
const WORDS = "Cụm từ thay PIN";

/** @param {{name: string, label: string, letters: boolean, hint?: string, error?: string}} props */
function PinField({ name, label, letters, hint = "", error = "" }) {
  const described = `${hint ? `${name}-hint ` : ""}${error ? `${name}-error` : ""}`.trim();
  return html`<div class=${`field${error ? " field-error" : ""}`}><label for=${name}>${label}</label>
${hint ? html`<p class="hint" id=${`${name}-hint`}>${hint}</p>` : null}
${error ? html`<p class="error-text" id=${`${name}-error`}><${Icon} name="circle-alert" />${error}</p>` : null}
<input class=${letters ? "input" : "input input-short"} id=${name} name=${name} type="password" inputmode=${letters ? "text" : "numeric"} maxlength=${MOST} autocomplete="off" required aria-describedby=${described || undefined} aria-invalid=${error ? "true" : undefined} /></div>`;
}

/** @param {Event} event @param {string} name */
function read(event, name) {
  const field = /** @type {HTMLFormElement} */ (event.currentTarget).elements.namedItem(name);
  return field instanceof HTMLInputElement ? field.value.trim() : "";
}

/** Ask for the PIN, or (letters) the passphrase, that was chosen. `open` answers "" or what is wrong.
 * @param {{open: (pin: string) => Promise<string>, letters?: boolean}} props */
export function AskPin({ open, letters = false }) {
  const [error, say] = useState("");
  const [busy, work] = useState(false);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  // Together with the words, so that no digit of the next attempt is lost on a slow device.
  useLayoutEffect(() => {
    const field = form.current && form.current.querySelector("input");
    if (field) {
      field.value = "";
      field.focus();
    }
  }, [error]);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const pin = read(event, "pin");
    if (busy) return;
    if (!isPin(pin)) {
      say(letters ? "Cụm từ có ít nhất mười hai chữ." : "PIN có ít nhất sáu chữ số.");
      return;
    }
    work(true);
    say(await open(pin));
    work(false);
  };
  return html`<form class="form" ref=${form} onSubmit=${submit} novalidate>
<${PinField} name="pin" label=${letters ? WORDS : PIN} letters=${letters} error=${error} />
<p class="actions"><button class="button button-main">${busy ? "Đang mở…" : "Mở"}</button></p></form>`;
}

/** Have a PIN chosen, written twice. `take` is given it and answers "" or what is wrong.
 * @param {{button: string, busyWords: string, take: (pin: string) => Promise<string>}} props */
export function ChoosePin({ button, busyWords, take }) {
  const [errors, say] = useState(/** @type {Errors} */ ({}));
  const [busy, work] = useState(false);
  const [letters, write] = useState(false);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const pin = read(event, "pin");
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const wrong = checkPin(pin);
    const apart = !wrong && pin !== read(event, "again") ? "Hai lần gõ khác nhau. Gõ lại." : "";
    say({ pin: wrong, again: apart });
    if (wrong || apart) {
      const field = form.elements.namedItem(wrong ? "pin" : "again");
      if (field instanceof HTMLInputElement) field.focus();
      return;
    }
    work(true);
    say({ pin: await take(pin) });
    work(false);
  };
  return html`<form class="form" onSubmit=${submit} novalidate>
<${PinField} name="pin" label=${letters ? WORDS : PIN} letters=${letters} hint="Hỏi mỗi lần mở lại trang này." error=${errors.pin} />
<${PinField} name="again" label=${letters ? "Gõ lại cụm từ" : "Gõ lại PIN"} letters=${letters} error=${errors.again} />
<p class="small">${PROTECTS}</p>
<p class="actions"><button class="button button-main">${busy ? busyWords : button}</button> <button class="button button-quiet" type="button" onClick=${() => write(!letters)}>${letters ? "Đặt PIN bằng số" : "Đặt cụm từ thay PIN"}</button></p></form>`;
}
