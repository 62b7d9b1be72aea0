/** One item of the programme; rest: its id. */
import { html } from "../view.js";

/** @param {import("../view.js").ScreenProps} props */
export function Item(props) {
  void props;
  return html`<h1>Nội dung</h1>`;
}
