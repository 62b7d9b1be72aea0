/** The roll, guests and fees. */
import { html } from "../view.js";

/** @param {import("../view.js").ScreenProps} props */
export function Roll(props) {
  void props;
  return html`<h1>Điểm danh</h1>`;
}
