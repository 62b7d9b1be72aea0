/**
 * The save sign `[data-save]`: one line that says where the typing is. It never moves or blocks anything, and changes
 * only once a new state has lasted two seconds, so that it does not flicker while one types.
 */

const SIGN_AFTER = 2000;

/** @type {Record<string, [string, string]>} icon and words of each state that keep.js tells */
const SIGNS = {
  saved: ["check", "Đã lưu"],
  saving: ["ellipsis", "Đang lưu"],
  kept: ["check", "Đã lưu trên máy này, chưa gửi"],
  local: ["cloud-off", "Đã lưu trên máy này · chờ mạng"],
  failed: ["circle-alert", "Chưa lưu được. Đừng đóng trang này"],
  "signed-out": ["cloud-off", "Đã lưu trên máy này · chờ đăng nhập"],
  conflict: ["triangle-alert", "Đã lưu trên máy này · có hai bản"],
  refused: ["circle-alert", "Đã lưu trên máy này · máy chủ chưa nhận"],
};

/** @type {WeakMap<Element, number>} the change that waits for its two seconds, of each kept element */
const waiting = new WeakMap();

/** @param {HTMLElement} kept @returns {HTMLElement} the sign of its form, else of the page, else one made here */
function signOf(kept) {
  const form = kept.closest("form");
  /** @type {HTMLElement | null} */
  const found = (form && form.querySelector("[data-save]")) || document.querySelector("[data-save]");
  if (found) return found;
  const made = document.createElement("p");
  made.dataset.save = "";
  made.setAttribute("role", "status");
  kept.after(made);
  return made;
}

/** @param {string} name @returns {SVGElement} an icon of the sprite */
function icon(name) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.documentElement.dataset.icons}#${name}`);
  drawing.append(use);
  return drawing;
}

document.addEventListener("keep:state", (event) => {
  const kept = /** @type {HTMLElement} */ (event.target);
  const { state, words } = event.detail;
  clearTimeout(waiting.get(kept));
  const change = () => {
    const [name, usual] = SIGNS[state];
    const sign = signOf(kept);
    sign.className = `save save-${state}`;
    sign.textContent = words || usual;
    sign.prepend(icon(name));
  };
  waiting.set(kept, setTimeout(change, SIGN_AFTER));
});
