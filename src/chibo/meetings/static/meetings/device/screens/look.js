/** What joining up has marked. */
import { html } from "../view.js";

/** @param {import("../view.js").ScreenProps} props */
export function Look(props) {
  void props;
  return html`<h1>Cần xem lại</h1>`;
}
