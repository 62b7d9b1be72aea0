/** The resolution or the conclusion. */
import { html } from "../view.js";

/** @param {import("../view.js").ScreenProps} props */
export function Conclude(props) {
  void props;
  return html`<h1>Kết luận, biểu quyết</h1>`;
}
