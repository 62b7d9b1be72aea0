/** Secret votes on paper. */
import { html } from "../view.js";

/** @param {import("../view.js").ScreenProps} props */
export function Ballots(props) {
  void props;
  return html`<h1>Bỏ phiếu kín</h1>`;
}
