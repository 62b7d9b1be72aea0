/** Small pieces of a page, made by script; all text goes in as text, never as markup. */

/** @param {HTMLFormElement} form @returns {any[]} its fields, of every kind */
const fieldsOf = (form) => [...form.elements];

/** @param {HTMLFormElement} form @param {[string, string][]} entries  Put kept fields back, one value after another. */
export function fill(form, entries) {
  const left = entries.slice();
  for (const field of fieldsOf(form)) {
    if (!field.name || ["csrfmiddlewaretoken", "version"].includes(field.name)) continue;
    if (field.type === "radio" || field.type === "checkbox") {
      field.checked = entries.some(([name, value]) => name === field.name && value === field.value);
      continue;
    }
    const at = left.findIndex(([name]) => name === field.name);
    if (at < 0 || field.type === "file" || field.type === "password" || field.type === "submit") continue;
    field.value = left.splice(at, 1)[0][1];
  }
}

/** @param {HTMLFormElement} form @returns {() => void} puts all fields back as they are now */
export function snapshot(form) {
  const states = fieldsOf(form).map((field) => [field, field.value, field.checked]);
  return () => {
    for (const [field, value, checked] of states) {
      if (field.type === "file") continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = checked;
      else field.value = value;
    }
  };
}

/** @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {string} className @param {string} [text] */
export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** @param {string} words @param {() => void} act @param {string} [className] */
export function button(words, act, className) {
  const made = element("button", className || "button", words);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/** @param {string} title @param {string} text */
export function versionBox(title, text) {
  const box = element("div", "");
  const shown = element("p", "version", text);
  shown.tabIndex = 0; // a long one scrolls, also by keys
  box.append(element("p", "label", title), shown);
  return box;
}

/** @param {HTMLFormElement} form @param {string} name @param {string} value @returns {string} as the page says it */
function spoken(form, name, value) {
  const ticked = (/** @type {any} */ one) => ["radio", "checkbox"].includes(one.type);
  const field = fieldsOf(form).find((one) => one.name === name && (!ticked(one) || one.value === value));
  if (!field) return value;
  if (field.type === "hidden") return ""; // nothing that a person typed
  const words = ticked(field) && field.labels.length ? field.labels[0].textContent.trim() : value;
  const group = field.closest("fieldset");
  const legend = group && group.querySelector("legend");
  return legend ? `${legend.textContent.trim()}: ${words}` : words;
}

/**
 * @param {string} text @param {HTMLFormElement | null} form
 * @returns {string} a form's kept fields as lines, a text as it is
 */
export function readable(text, form) {
  if (!text.startsWith("[[")) return text;
  try {
    /** @type {[string, string][]} */
    const entries = JSON.parse(text);
    return entries
      .map(([name, value]) => (form && value ? spoken(form, name, value) : value))
      .filter(Boolean)
      .join("\n");
  } catch {
    return text;
  }
}

/** @returns {string} Django's token as it is now: a sign-in in another tab changes it. */
export function csrfToken() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found ? found[1] : "";
}
