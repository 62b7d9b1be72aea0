/** The tasks of earlier resolutions. */
import { html } from "../view.js";

/** @param {import("../view.js").ScreenProps} props */
export function Review(props) {
  void props;
  return html`<h1>Việc kỳ trước</h1>`;
}
