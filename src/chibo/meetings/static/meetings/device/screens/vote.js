/** A vote by hands; rest: its subject. */
import { html } from "../view.js";

/** @param {import("../view.js").ScreenProps} props */
export function Vote(props) {
  void props;
  return html`<h1>Biểu quyết</h1>`;
}
