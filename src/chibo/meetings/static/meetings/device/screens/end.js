/** Closing or breaking off. */
import { html } from "../view.js";

/** @param {import("../view.js").ScreenProps} props */
export function End(props) {
  void props;
  return html`<h1>Kết thúc</h1>`;
}
