/**
 * How the room's screens are drawn: preact through tagged templates, and the few parts that every screen uses. Text is
 * escaped by preact; nothing here sets markup from a string.
 */
import htm from "../../look/htm.js";
import { Fragment, h, render } from "../../look/preact.js";
import { useEffect, useLayoutEffect, useRef, useState } from "../../look/preact-hooks.js";

export const html = htm.bind(h);
export { Fragment, h, render, useEffect, useLayoutEffect, useRef, useState };

/** An icon of the sprite, beside a word.
 * @param {{name: string}} props */
export function Icon({ name }) {
  const sprite = document.documentElement.dataset.icons || "";
  return html`<svg class="icon" aria-hidden="true"><use href=${`${sprite}#${name}`}></use></svg>`;
}

/** Icon and word of how something stands: ok, late, plan (waiting), error.
 * @param {{state: string, icon: string, children: any}} props */
export function Status({ state, icon, children }) {
  return html`<span class=${`status status-${state}`}><${Icon} name=${icon} />${children}</span>`;
}
