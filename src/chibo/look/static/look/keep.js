/**
 * Nothing typed is lost: text is kept on this device, encrypted, while it is typed, and saved on the server after a
 * pause.
 *
 * In the markup, on a <textarea> or on a <form> (then all its fields are kept together):
 *   data-autosave="/url/"   POST here: `text` (for a form: its fields by name), `version`, `person`
 *   data-keep               kept on this device alone, until the form is sent
 *   data-keep-key="…"       the name under which it is kept; default: the address
 *   data-version="3"        the version that the page shows; or a hidden field `version` in the form
 * Each change of state is told to sign.js as an event "keep:state" on the element.
 *
 * The server answers
 *   200 {"version": 4, "saved": "19:42"}
 *   401                                    signed out: the text stays here, sign-in is offered in a new tab
 *   409 {"theirs": "…", "version": 5}      someone else saved since: both versions are shown, nothing is replaced
 *   400, 413, 422 {"error": "…"}           the text cannot be saved as it is, with the reason; "forget": true: it may
 *                                          not be kept on this device either
 * and must take a text equal to what it already holds as saved, whatever the version.
 *
 * What the server has is deleted from the device at once: drafts are nobody else's business, and several people
 * may share a device. Keys hold the person's id (body data-person), so that one never meets another's draft.
 */

import { PERSON, PREFIX, device, settleSentDrafts } from "./device.js";
import { button, csrfToken, element, fill, readable, snapshot, versionBox } from "./elements.js";

const LOCAL_AFTER = 100;
const SEND_AFTER = 2000;
const SEND_AT_LEAST_EVERY = 10000;
const RETRY_AFTER = [3000, 6000, 15000, 30000];
/** @typedef {import("./device.js").Draft} Draft */
/** @typedef {"saved" | "saving" | "local" | "failed" | "signed-out" | "conflict" | "refused" | "kept"} State */
/* ---------- One kept text ---------- */

class Kept {
  /** @param {HTMLTextAreaElement | HTMLFormElement} element */
  constructor(element) {
    this.element = element;
    this.form = element instanceof HTMLFormElement ? element : element.form;
    this.url = element.dataset.autosave || "";
    this.key = `${PREFIX}${PERSON}:${element.dataset.keepKey || element.dataset.keep || this.url}`;
    this.version = element.dataset.version || this.field("version")?.value || "";
    /** @type {string | null} */ this.saved = this.original();
    this.busy = false;
    this.kept = true; // false: this device does not keep it
    this.encrypting = 0;
    this.unkept = false; // typed a moment ago, and kept in the next one
    this.blocked = false;
    this.failures = 0;
    this.firstUnsent = 0;
    element.setAttribute("autocomplete", "off"); // browsers write fields to the disk in clear, to bring them back
    this.offer();
    element.addEventListener("input", () => this.typed());
    element.addEventListener("change", () => this.typed());
    if (this.form) this.form.addEventListener("submit", () => this.submitted());
    this.typed(); // A browser may have brought typed text back by itself.
  }

  /** @param {string} name @returns {HTMLInputElement | null} a field of the form */
  field(name) {
    const field = this.form && this.form.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field : null;
  }

  /** @returns {[string, string][]} the fields to keep, in the order of the page */
  entries() {
    if (!(this.element instanceof HTMLFormElement)) return [["text", this.element.value]];
    const hidden = new Set(["csrfmiddlewaretoken", "version"]);
    /** @type {NodeListOf<HTMLInputElement>} */
    const secret = this.element.querySelectorAll("input[type=password], input[type=file]");
    for (const field of secret) hidden.add(field.name);
    const all = [...new FormData(this.element)].filter(([name, value]) => !hidden.has(name) && typeof value === "string");
    return /** @type {[string, string][]} */ (all);
  }

  /** @returns {string} all that was typed, as one string to compare and keep */
  read() {
    return this.element instanceof HTMLFormElement ? JSON.stringify(this.entries()) : this.element.value;
  }

  /** @returns {string} the same as the server sent it, whatever the browser has put back since */
  original() {
    if (!(this.element instanceof HTMLFormElement)) return this.element.defaultValue;
    const typed = this.read();
    const now = snapshot(this.element);
    this.element.reset();
    const sent = this.read();
    if (sent !== typed) now();
    return sent;
  }

  /** @param {string} text  Put a kept or a foreign version into the field. */
  write(text) {
    if (!(this.element instanceof HTMLFormElement)) this.element.value = text;
    else fill(this.element, JSON.parse(text));
    this.element.dispatchEvent(new Event("input", { bubbles: true }));
  }

  typed() {
    if (this.read() === this.saved && !this.busy) {
      this.settled();
      return;
    }
    this.firstUnsent = this.firstUnsent || Date.now();
    this.unkept = true;
    clearTimeout(this.localTimer);
    this.localTimer = setTimeout(() => {
      this.keeping = this.keep();
    }, LOCAL_AFTER);
    if (!this.url || this.blocked) return;
    const wait = Date.now() - this.firstUnsent > SEND_AT_LEAST_EVERY ? 0 : SEND_AFTER;
    clearTimeout(this.sendTimer);
    this.sendTimer = setTimeout(() => this.send(), wait);
  }

  /** Keep the text on this device, unless the page came back because it may not be kept. */
  async keep() {
    clearTimeout(this.localTimer);
    if (this.form && this.form.querySelector("button[name=kin]")) {
      this.kept = false;
      return;
    }
    await this.encrypt({});
    if (!this.url) this.show(this.kept ? "kept" : "failed");
  }

  /** @param {{sent?: boolean}} more */
  async encrypt(more) {
    this.unkept = false;
    this.encrypting += 1;
    try {
      this.kept = await device.write(this.key, { text: this.read(), version: this.version, at: Date.now(), ...more });
    } finally {
      this.encrypting -= 1;
    }
  }

  /** Save on the server; whoever waits for `sending` knows what the server has. */
  send() {
    if (this.busy || this.blocked || !this.url) return;
    const text = this.read();
    if (text === this.saved) return;
    this.busy = true;
    this.sending = this.sendText(text);
  }

  /** @param {string} text */
  async sendText(text) {
    this.keeping = this.keep();
    this.show("saving");
    try {
      const body = new URLSearchParams(this.entries());
      body.set("version", this.version);
      body.set("person", PERSON);
      const answer = await fetch(this.url, {
        method: "POST",
        body,
        redirect: "manual",
        credentials: "same-origin",
        keepalive: text.length < 15000, // A page that closes may still send this much.
        headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
      });
      await this.answered(answer, text);
    } catch {
      this.retry();
    } finally {
      this.busy = false;
    }
  }

  /** @param {Response} answer @param {string} text  What to do with the server's answer to this text. */
  async answered(answer, text) {
    if (answer.ok) {
      const { version, saved } = await answer.json();
      this.took(text, version, saved);
    } else if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") {
      this.signedOut();
    } else if (answer.status === 409) {
      const { theirs, version } = await answer.json();
      this.apart(theirs, version);
    } else if ([400, 404, 413, 422].includes(answer.status)) {
      const { error, forget } = await answer.json().catch(() => ({}));
      if (forget) device.remove(this.key);
      this.show("refused", error);
    } else {
      this.retry();
    }
  }

  /** @param {string} text @param {number} version @param {string} time  The server has this text. */
  took(text, version, time) {
    this.saved = text;
    this.failures = 0;
    this.setVersion(version);
    this.show("saved", `Đã lưu lúc ${time}`);
    this.firstUnsent = 0;
    if (this.read() === text) this.settled();
    else this.typed();
  }

  /** Nothing is unsaved: forget the copy on this device. */
  settled() {
    this.firstUnsent = 0;
    this.unkept = false;
    clearTimeout(this.localTimer);
    clearTimeout(this.sendTimer);
    device.remove(this.key);
  }

  /** @param {number | string} version  The version that the next save replaces, also for the form's own button. */
  setVersion(version) {
    this.version = String(version);
    const field = this.field("version");
    if (field) field.value = this.version;
  }

  /** No answer: say where the text is, and try again, longer each time. */
  async retry() {
    await this.keeping;
    const wait = RETRY_AFTER[Math.min(this.failures, RETRY_AFTER.length - 1)];
    this.failures += 1;
    this.show(this.kept ? "local" : "failed");
    clearTimeout(this.sendTimer);
    this.sendTimer = setTimeout(() => this.send(), wait);
  }

  signedOut() {
    this.show("signed-out");
    if (this.waiting) return;
    this.waiting = true;
    const link = element("a", "button", "Đăng nhập ở trang mới");
    link.href = "/dang-nhap/";
    link.target = "_blank";
    const text = "Đã hết phiên đăng nhập. Nội dung đang gõ vẫn còn trên máy này; đăng nhập rồi quay lại đây là lưu tiếp.";
    this.notice("signed-out", text, [link]);
    const again = () => {
      window.removeEventListener("focus", again);
      this.waiting = false;
      this.close("signed-out");
      this.send();
    };
    window.addEventListener("focus", again);
  }

  /** @param {string} theirs @param {number} version  Someone else saved: show both, replace nothing. */
  apart(theirs, version) {
    this.blocked = true;
    this.show("conflict");
    const mine = this.read();
    const settle = (/** @type {string | null} */ text) => () => {
      this.blocked = false;
      this.saved = null;
      this.setVersion(version);
      this.close("conflict");
      if (text !== null) this.write(text);
      this.send();
    };
    const buttons = [button("Giữ bản của tôi", settle(null))];
    if (this.element instanceof HTMLFormElement) {
      // The page comes again with their fields, and offers mine, which stays on this device.
      buttons.push(button("Tải bản kia", () => window.location.reload()));
    } else {
      buttons.push(button("Lấy bản kia", settle(theirs)));
      buttons.push(button("Ghép hai bản", settle(`${mine.trimEnd()}\n\n${theirs}`)));
    }
    const versions = element("div", "versions");
    versions.append(
      versionBox("Bản ở trang này", readable(mine, this.form)),
      versionBox("Bản vừa lưu ở trang kia", readable(theirs, this.form)),
    );
    this.notice("conflict", "Đoạn này vừa được lưu từ một trang khác. Chưa bản nào bị thay.", buttons, versions);
  }

  /** Offer what this device still holds from before, where the page shows something else. */
  async offer() {
    const draft = device.about(this.key);
    const shown = [this.saved, this.read()];
    // What is typed before the offer is answered must not push the old draft out: it is put aside.
    if (draft) device.move(this.key, `${this.key}:earlier:${draft.at}`);
    for (const key of device.keys().filter((one) => one.startsWith(`${this.key}:earlier:`))) {
      const earlier = await device.read(key);
      if (earlier && shown.includes(earlier.text)) device.remove(key);
      else if (earlier) this.offerDraft(key, earlier);
    }
  }

  /** @param {string} key @param {Draft} draft */
  offerDraft(key, draft) {
    const name = `restore ${draft.at}`;
    const done = (/** @type {boolean} */ restore) => () => {
      device.remove(key);
      this.close(name);
      if (!restore) return;
      if (draft.version) this.setVersion(draft.version);
      this.write(draft.text);
    };
    const time = new Date(draft.at + 7 * 3600 * 1000).toISOString();
    const when = `${time.slice(11, 16)} ngày ${time.slice(8, 10)}/${time.slice(5, 7)}`;
    const text = `Máy này còn giữ nội dung đồng chí gõ dở lúc ${when}, chưa lưu lên máy chủ.`;
    const buttons = [
      button("Khôi phục nội dung đang gõ", done(true)),
      button("Bỏ", done(false), "button button-quiet"),
    ];
    this.notice(name, text, buttons, versionBox("Nội dung đang giữ", readable(draft.text, this.form)));
  }

  /** The form's own button was pressed: the page that comes tells whether the server has it. */
  submitted() {
    clearTimeout(this.sendTimer);
    clearTimeout(this.localTimer);
    if (this.read() === this.saved && !device.about(this.key)) return;
    this.encrypt({ sent: true });
    this.leaving = true;
  }

  /** @param {boolean} taken  The form was sent in the background (htmx), and taken or not. */
  delivered(taken) {
    this.leaving = false;
    if (!taken) {
      this.keeping = this.keep();
      return;
    }
    this.saved = this.read();
    this.settled();
  }

  /** The page goes away or into the background: keep and send what is there, now. */
  leave() {
    if (this.leaving || this.read() === this.saved) return;
    this.keeping = this.keep();
    this.send();
  }

  /** @param {boolean} own  Whether a form of the page can be sent: a save in flight would come after it, and be taken for
   * somebody else's. own: the form brings this text itself. @returns {boolean} */
  isAtRest(own) {
    if (own) return !this.busy;
    const isSaved = !this.url || this.blocked || this.read() === this.saved;
    return !this.busy && !this.encrypting && !this.unkept && isSaved;
  }

  /** Save what is unsaved, once, and wait for what is in flight. @param {boolean} own */
  async settle(own) {
    if (this.unkept) this.keeping = this.keep();
    await this.keeping;
    await this.sending;
    if (this.isAtRest(own)) return;
    this.send();
    await this.sending;
  }

  /** @returns {boolean} whether closing the page would lose text */
  get atRisk() {
    return !this.leaving && this.read() !== this.saved && !this.kept;
  }

  /** @param {State} state @param {string} [words]  Tell the sign. */
  show(state, words) {
    const detail = { state, words };
    this.element.dispatchEvent(new CustomEvent("keep:state", { bubbles: true, detail }));
  }

  /** @param {string} name @param {string} text @param {Element[]} actions @param {Element} [more] */
  notice(name, text, actions, more) {
    this.close(name);
    const box = element("div", "notice notice-late notice-plain");
    box.dataset.keepNotice = `${this.key} ${name}`;
    box.setAttribute("role", "alert");
    const row = element("div", "actions");
    row.append(...actions);
    box.append(element("p", "", text), ...(more ? [more] : []), row);
    const place = this.element.closest(".field") || this.element;
    place.before(box);
  }

  /** @param {string} name */
  close(name) {
    /** @type {NodeListOf<HTMLElement>} */
    const boxes = document.querySelectorAll("[data-keep-notice]");
    for (const box of boxes) {
      if (box.dataset.keepNotice === `${this.key} ${name}`) box.remove();
    }
  }
}

/* ---------- The page ---------- */

/** What is kept of this page. @type {Map<Element, Kept>} */
export const all = new Map();

/** @param {Element | Document} root  Look after what has just come onto the page. */
function attach(root) {
  const found = [...root.querySelectorAll("[data-autosave], [data-keep]")];
  if (root instanceof Element && root.matches("[data-autosave], [data-keep]")) found.push(root);
  for (const one of found) if (!all.has(one)) all.set(one, new Kept(/** @type {HTMLFormElement} */ (one)));
  for (const one of all.keys()) if (!one.isConnected) all.delete(one);
}

settleSentDrafts();
attach(document);
document.addEventListener("htmx:load", (event) => attach(event.detail.elt));
document.addEventListener("htmx:afterRequest", (event) => {
  for (const kept of all.values()) {
    const own = kept.form && (kept.form === event.detail.elt || kept.form.contains(event.detail.elt));
    if (own && kept.leaving) kept.delivered(event.detail.successful);
  }
});
window.addEventListener("online", () => all.forEach((kept) => kept.send()));
window.addEventListener("pagehide", () => all.forEach((kept) => kept.leave()));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") all.forEach((kept) => kept.leave());
});
window.addEventListener("beforeunload", (event) => {
  if ([...all.values()].some((kept) => kept.atRisk)) {
    event.preventDefault();
    event.returnValue = "";
  }
});
