/**
 * Who is not among the names at hand: found by a few letters, alike for nine and for ninety.
 * @typedef {import("./speaking.js").Entry} Entry
 */
import { waiting } from "../../room/hall.js";
import { idOf } from "../forms.js";
import { foundBy, memberOf } from "../speakers.js";
import { html, useEffect, useRef, useState } from "../view.js";

/** @typedef {{key: string, words: string, note: string, wide: boolean, act: () => unknown}} Option */

/** What can be done with whom the letters find. @param {Entry} entry @param {string} query @returns {Option[]} */
function optionsOf(entry, query) {
  const { session } = entry;
  const number = /^(\d{1,3})(\s|$)/.exec(query.trim());
  if (number) {
    const words = `${Number(number[1])} đồng chí phát biểu, không nêu tên`;
    return [{ key: "spoke", words, note: "", wide: true, act: () => entry.count(Number(number[1])) }];
  }
  const asked = new Set(waiting(session.room.hall).map((one) => one.person));
  return foundBy(session, query).flatMap(({ who, name, note }) => {
    const member = memberOf(who);
    const found = [{ key: who, words: name, note, wide: true, act: () => entry.choose(who) }];
    if (!member) return found;
    found.push({ key: `agree ${who}`, words: "Nhất trí", note: "", wide: false, act: () => entry.agree(member) });
    if (asked.has(member)) return found;
    const ask = async () => session.say(`Đồng chí ${name} xin phát biểu.`, await session.write("ask", { member }));
    return [...found, { key: `hand ${who}`, words: "Giơ tay", note: "", wide: false, act: ask }];
  });
}

/** Whom an option is about. @param {Option[]} options @param {number} place */
function nameAt(options, place) {
  const named = options.slice(0, place).filter((one) => one.wide);
  return named[named.length - 1].words;
}

/** The field, behind the names at hand. @param {{entry: Entry, children?: any}} props */
export function FindSpeaker({ entry, children }) {
  const [query, find] = useState("");
  const [at, move] = useState(0);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const options = optionsOf(entry, query);
  useEffect(() => {
    // Whoever speaks stands first, and in sight.
    const row = field.current && field.current.parentElement;
    if (row) row.scrollLeft = 0;
  }, [entry.who]);
  const id = idOf(entry.form, "speaker");
  const clear = () => {
    if (field.current) field.current.value = "";
    find("");
    move(0);
  };
  /** @param {Option | undefined} option */
  const take = (option) => {
    if (option === undefined) return;
    clear();
    option.act();
  };
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) move((at + step + options.length) % options.length);
    else if (event.key === "Enter") take(options[at]);
    else if (event.key === "Escape" && query) clear();
    else return;
    event.preventDefault();
  };
  const active = options.length ? `${id}-${at}` : undefined;
  return html`${options.length ? html`<ul class="suggest" id=${`${id}-list`} role="listbox" aria-label="Người tìm thấy">${options.map(
    (one, place) =>
      html`<li key=${one.key} id=${`${id}-${place}`} class=${one.wide ? undefined : "suggest-more"} role="option" aria-selected=${String(place === at)} onClick=${() => take(one)}>${one.words}${one.wide ? null : html`<span class="hide">: ${nameAt(options, place)}</span>`}${one.note ? html` <small>${one.note}</small>` : null}</li>`,
  )}</ul>` : null}
<div class="chips">${children}<label class="hide" for=${id}>Người phát biểu</label><input class="input" id=${id} ref=${field} type="text" placeholder="Tên, hoặc số" role="combobox" aria-autocomplete="list" aria-expanded=${String(options.length > 0)} aria-controls=${`${id}-list`} aria-activedescendant=${active} autocomplete="off" spellcheck=${false} onInput=${(/** @type {any} */ event) => {
    find(event.target.value);
    move(0);
  }} onKeyDown=${press} /></div>
${query && !options.length ? html`<p class="suggest-none soft" role="alert">Không có ai tên như thế trong số người có mặt.</p>` : null}`;
}
