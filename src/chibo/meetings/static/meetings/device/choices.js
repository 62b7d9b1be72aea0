/**
 * Questions with a few answers, in the dress of look/field.html: radio buttons, a row of segments, boxes to tick.
 * @typedef {import("./forms.js").Form} Form
 */
import { FieldError, useInput } from "./forms.js";
import { html, Icon } from "./view.js";

/**
 * One of a few answers; nothing is chosen before a person chooses.
 * @param {{form: Form, name: string, label: any, choices: [string, string][], value?: string, hint?: any, segments?: boolean}} props
 *   segments: as one row
 */
export function Radios({ form, name, label, choices, value, hint, segments }) {
  const { id, defaultValue, onInput, ...input } = useInput(form, name, { hint: Boolean(hint), value });
  const answers = choices.map(([key, words]) => {
    const radio = html`<input type="radio" id=${`${id}-${key}`} name=${name} value=${key} defaultChecked=${key === defaultValue} data-draft=${input["data-draft"]} onChange=${onInput} />`;
    return segments
      ? html`<label key=${key} for=${`${id}-${key}`}>${radio}<span><${Icon} name="check" />${words}</span></label>`
      : html`<label key=${key} class="choice" for=${`${id}-${key}`}>${radio}<span>${words}</span></label>`;
  });
  const row = `segments${choices.length === 2 ? " segments-two" : ""}`;
  return html`<fieldset class=${`field${form.errors[name] ? " field-error" : ""}`} id=${id} tabindex="-1" aria-describedby=${input["aria-describedby"]}>
<legend>${label}</legend>
${hint ? html`<p class="hint" id=${`${id}_helptext`}>${hint}</p>` : null}
<${FieldError} form=${form} name=${name} />
${segments ? html`<div class=${row}>${answers}</div>` : answers}
</fieldset>`;
}

/**
 * Any of several answers; what is ticked is kept as a draft like what is typed.
 * @param {{form: Form, name: string, label: any, choices: [string, string][], values?: string[], hint?: any}} props
 */
export function Boxes({ form, name, label, choices, values = [], hint }) {
  const { id, defaultValue, ...input } = useInput(form, name, { hint: Boolean(hint), value: values.join(" ") });
  const first = defaultValue.split(" ");
  const key = input["data-draft"] || "";
  /** @param {Event} event */
  const keep = (event) => {
    const place = event.target instanceof Element ? event.target.closest("fieldset") : null;
    const found = place ? [...place.querySelectorAll("input")].filter((box) => box.checked) : [];
    form.session.keepDraft(key, found.map((box) => box.value).join(" "));
  };
  const boxes = choices.map(
    ([value, words]) =>
      html`<label key=${value} class="choice" for=${`${id}-${value}`}><input type="checkbox" id=${`${id}-${value}`} name=${name} value=${value} data-draft=${key} defaultChecked=${first.indexOf(value) >= 0} onChange=${keep} /><span>${words}</span></label>`,
  );
  return html`<fieldset class=${`field${form.errors[name] ? " field-error" : ""}`} id=${id} tabindex="-1" aria-describedby=${input["aria-describedby"]}>
<legend>${label}</legend>
${hint ? html`<p class="hint" id=${`${id}_helptext`}>${hint}</p>` : null}
<${FieldError} form=${form} name=${name} />
${choices.length > 30 ? html`<div class="choices-long">${boxes}</div>` : boxes}
</fieldset>`;
}

/** The answers that were ticked. @param {FormData} data @param {string} name */
export function ticked(data, name) {
  return data.getAll(name).map(String);
}
