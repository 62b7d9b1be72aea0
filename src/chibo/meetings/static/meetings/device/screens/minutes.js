/** The minutes, read back. */
import { html } from "../view.js";

/** @param {import("../view.js").ScreenProps} props */
export function Minutes(props) {
  void props;
  return html`<h1>Biên bản</h1>`;
}
