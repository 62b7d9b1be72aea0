/** New tasks. */
import { html } from "../view.js";

/** @param {import("../view.js").ScreenProps} props */
export function Tasks(props) {
  void props;
  return html`<h1>Nhiệm vụ kỳ tới</h1>`;
}
