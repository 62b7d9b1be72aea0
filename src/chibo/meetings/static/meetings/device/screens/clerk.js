/** Electing the clerk. */
import { html } from "../view.js";

/** @param {import("../view.js").ScreenProps} props */
export function Clerk(props) {
  void props;
  return html`<h1>Cử thư ký ghi biên bản</h1>`;
}
