/** The form that asks for a PIN, once to open and twice to choose. The PIN is in no draft and in no state. */
import { checkPin, isPin } from "./lock.js";
import { Icon, html, useLayoutEffect, useRef, useState } from "./view.js";

/** @typedef {{[name: string]: string}} Errors */

/** @param {{name: string, label: string, hint?: string, error?: string}} props */
function PinField({ name, label, hint = "", error = "" }) {
  const described = `${hint ? `${name}-hint ` : ""}${error ? `${name}-error` : ""}`.trim();
  return html`<div class=${`field${error ? " field-error" : ""}`}><label for=${name}>${label}</label>
${hint ? html`<p class="hint" id=${`${name}-hint`}>${hint}</p>` : null}
${error ? html`<p class="error-text" id=${`${name}-error`}><${Icon} name="circle-alert" />${error}</p>` : null}
<input class="input input-short" id=${name} name=${name} type="password" inputmode="numeric" maxlength="6" autocomplete="off" required aria-describedby=${described || undefined} aria-invalid=${error ? "true" : undefined} /></div>`;
}

/** @param {Event} event @param {string} name */
function read(event, name) {
  const field = /** @type {HTMLFormElement} */ (event.currentTarget).elements.namedItem(name);
  return field instanceof HTMLInputElement ? field.value.trim() : "";
}

/** Ask for the PIN that was chosen. `open` answers "" or what is wrong.
 * @param {{open: (pin: string) => Promise<string>}} props */
export function AskPin({ open }) {
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
      say("PIN gồm đúng sáu chữ số.");
      return;
    }
    work(true);
    say(await open(pin));
    work(false);
  };
  return html`<form class="form" ref=${form} onSubmit=${submit} novalidate>
<${PinField} name="pin" label="PIN sáu số" error=${error} />
<p class="actions"><button class="button button-main">${busy ? "Đang mở…" : "Mở"}</button></p></form>`;
}

/** Have a PIN chosen, written twice. `take` is given it and answers "" or what is wrong.
 * @param {{button: string, busyWords: string, take: (pin: string) => Promise<string>}} props */
export function ChoosePin({ button, busyWords, take }) {
  const [errors, say] = useState(/** @type {Errors} */ ({}));
  const [busy, work] = useState(false);
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
<${PinField} name="pin" label="PIN sáu số" hint="Hỏi mỗi lần mở lại trang này, để ai cầm máy này cũng không đọc được nội dung cuộc họp." error=${errors.pin} />
<${PinField} name="again" label="Gõ lại PIN" error=${errors.again} />
<p class="actions"><button class="button button-main">${busy ? busyWords : button}</button></p></form>`;
}
