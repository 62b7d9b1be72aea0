/** Opening the meeting. */
import { html } from "../view.js";

/** @param {import("../view.js").ScreenProps} props */
export function Opening(props) {
  void props;
  return html`<h1>Mở phòng họp</h1>`;
}
