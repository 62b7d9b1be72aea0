/**
 * Small comforts of every page. Each page works without this file.
 *
 * What it looks for in the markup:
 *   form[method=post]          sent once: the button says "Đang gửi…"; data-again on the form switches this off
 *   [data-focus]               takes the focus when the page comes (the summary of errors)
 *   [data-clock="ISO"]         a clock on the server's time, 19:30
 *   [data-since="ISO"]         minutes since then; with data-form="clock" m:ss; on a <rect> its width
 *   [data-counter="ID"]        how many letters are left in the text field ID (its data-limit)
 *   input[type=date]           the day in words under it: a browser in another language shows month first
 *   [data-copy="ID"]           a button, hidden without script, that copies the text of ID
 *   [data-print]               a button, hidden without script, that prints
 */

import { csrfToken } from "./elements.js";

const VIETNAM_OFFSET = 7 * 3600 * 1000;
const STUCK_AFTER = 30 * 1000;

/* ---------- Sent once ---------- */

/** @type {Map<HTMLButtonElement, string>} buttons that say "Đang gửi…", and what they said before */
const sending = new Map();

/** @param {HTMLFormElement} form  Let a form be sent again. */
function release(form) {
  delete form.dataset.sent;
  for (const [button, markup] of sending) {
    if (button.form === form) {
      button.innerHTML = markup;
      button.disabled = false;
      sending.delete(button);
    }
  }
}

/** @param {HTMLFormElement} form @param {HTMLButtonElement | null} button  Show that a form is on its way. */
function hold(form, button) {
  form.dataset.sent = "1";
  if (!button || !button.classList.contains("button")) return;
  // After this turn of the loop: a disabled button's own value would not be sent.
  setTimeout(() => {
    sending.set(button, button.innerHTML);
    button.textContent = "Đang gửi…";
    button.disabled = true;
  });
}

/** Which button sent the form; browsers before 2021 do not say. @type {HTMLButtonElement | null} */
let pressed = null;
document.addEventListener("click", (event) => {
  pressed = event.target instanceof Element ? event.target.closest("button") : null;
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
  const token = form.elements.namedItem("csrfmiddlewaretoken");
  if (token instanceof HTMLInputElement && csrfToken()) token.value = csrfToken();
  if ("again" in form.dataset || form.closest("[hx-post]") || (pressed && pressed.hasAttribute("hx-post"))) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  // eslint-disable-next-line no-restricted-properties -- older browsers have none: then the button last pressed
  const by = /** @type {HTMLButtonElement | null} */ (event.submitter);
  hold(form, by || (pressed && pressed.form === form ? pressed : form.querySelector("button")));
  setTimeout(() => release(form), STUCK_AFTER);
});

// A page taken back from the browser's memory must not stay locked.
window.addEventListener("pageshow", () => {
  /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-sent]")).forEach(release);
});

/* ---------- htmx ---------- */

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrfToken();
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const element = event.detail.elt;
  if (element.getAttribute("aria-busy") === "true") event.preventDefault();
  else element.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", (event) => event.detail.elt.removeAttribute("aria-busy"));
document.addEventListener("htmx:sendError", () => tell("Chưa gửi được. Nội dung vẫn còn; kiểm tra mạng rồi bấm lại."));
document.addEventListener("htmx:responseError", (event) => {
  const code = event.detail.xhr.status;
  if (code === 401) tell("Đã hết phiên đăng nhập. Nội dung vẫn còn.", "Đăng nhập ở trang mới", "/dang-nhap/");
  else if (code === 404) tell("Việc này không còn hoặc đã đổi. Tải lại trang để xem.");
  else tell("Chưa ghi được. Nội dung vẫn còn; đợi vài giây rồi bấm lại.");
});

/**
 * Put a notice on top of the page.
 * @param {string} text
 * @param {string} [link] words of a link
 * @param {string} [address] where it leads, in a new tab
 */
function tell(text, link, address = "") {
  const old = document.getElementById("page-notice");
  if (old) old.remove();
  const notice = document.createElement("div");
  notice.id = "page-notice";
  notice.className = "notice notice-error notice-plain";
  notice.setAttribute("role", "alert");
  const sentence = document.createElement("p");
  sentence.textContent = text + (link ? " " : "");
  if (link) {
    const anchor = document.createElement("a");
    anchor.href = address;
    anchor.target = "_blank";
    anchor.textContent = link;
    sentence.append(anchor);
  }
  notice.append(sentence);
  /** @type {HTMLElement} */ (document.getElementById("main")).prepend(notice);
  notice.scrollIntoView({ block: "nearest" });
}

/* ---------- Clock ---------- */

/** @type {HTMLElement | null} */
const clock = document.querySelector("[data-clock]");
/** The server's clock less this device's: devices lie by minutes. */
const skew = clock ? Date.parse(clock.dataset.clock || "") - Date.now() : 0;

function tick() {
  const now = Date.now() + skew;
  for (const element of document.querySelectorAll("[data-clock]")) {
    write(element, new Date(now + VIETNAM_OFFSET).toISOString().slice(11, 16));
  }
  /** @type {NodeListOf<HTMLElement | SVGElement>} */
  const running = document.querySelectorAll("[data-since]");
  for (const element of running) {
    const seconds = Math.max(0, Math.floor((now - Date.parse(element.dataset.since || "")) / 1000));
    const minutes = Math.floor(seconds / 60);
    if (element instanceof SVGRectElement) element.setAttribute("width", String(minutes));
    else if (element.dataset.form === "clock") write(element, `${minutes}:${String(seconds % 60).padStart(2, "0")}`);
    else write(element, String(minutes));
  }
}

/** @param {Element} element @param {string} text  Write only what changed. */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

if (document.querySelector("[data-clock], [data-since]")) {
  tick();
  setInterval(tick, 1000);
}

/* ---------- The day in words ---------- */

const WEEKDAYS = ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];

/** @param {HTMLInputElement} input  Say which day was picked, so that 03/12 is never taken for 12/03. */
function sayDay(input) {
  let words = input.nextElementSibling;
  if (!words || !words.matches("[data-day]")) {
    const made = document.createElement("p");
    made.className = "hint";
    made.dataset.day = "";
    input.after(made);
    words = made;
  }
  const day = input.value ? new Date(`${input.value}T00:00:00Z`) : null;
  write(words, day ? `${WEEKDAYS[day.getUTCDay()]} ${input.value.split("-").reverse().join("/")}` : "");
}

document.addEventListener("input", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.type === "date") sayDay(event.target);
});

/* ---------- Counters, copying, printing ---------- */

/** @param {HTMLElement} counter  Say how many letters are left once four fifths are used. */
function count(counter) {
  const text = /** @type {HTMLTextAreaElement} */ (document.getElementById(counter.dataset.counter || ""));
  const limit = Number(text.dataset.limit);
  const left = limit - [...text.value].length;
  counter.classList.toggle("counter-over", left < 0);
  if (left < 0) write(counter, `Quá ${-left} chữ cái, rút ngắn lại`);
  else write(counter, left < limit / 5 ? `Còn ${left} chữ cái` : `Không quá ${limit} chữ cái`);
}

document.addEventListener("input", (event) => {
  const { id } = /** @type {Element} */ (event.target);
  /** @type {HTMLElement | null} */
  const counter = id ? document.querySelector(`[data-counter="${CSS.escape(id)}"]`) : null;
  if (counter) count(counter);
});

document.addEventListener("click", async (event) => {
  /** @type {HTMLElement | null} */
  const button = event.target instanceof Element ? event.target.closest("[data-copy], [data-print]") : null;
  if (!button) return;
  if ("print" in button.dataset) {
    window.print();
    return;
  }
  const source = /** @type {HTMLElement} */ (document.getElementById(button.dataset.copy || ""));
  const text = "value" in source ? String(source.value) : source.innerText;
  button.textContent = (await copy(text)) ? "Đã chép" : "Chưa chép được, chọn chữ rồi chép tay";
});

/** @param {string} text @returns {Promise<boolean>} whether the text is on the clipboard */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // On plain http there is no clipboard object: the old way needs a selected field.
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "hide";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

/** @param {ParentNode} root  Prepare what has just come onto the page. */
function prepare(root) {
  /** @param {string} selector @returns {NodeListOf<any>} */
  const all = (selector) => root.querySelectorAll(selector);
  all("[data-counter]").forEach(count);
  all("input[type=date]").forEach((input) => input.value && sayDay(input));
  all("[data-copy][hidden], [data-print][hidden]").forEach((button) => (button.hidden = false));
}

prepare(document);
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
/** @type {HTMLElement | null} */
const focus = document.querySelector("[data-focus]");
if (focus && !focus.closest("[data-sample]")) focus.focus();
