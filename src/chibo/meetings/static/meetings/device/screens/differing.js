/** The differing opinions. */
import { html } from "../view.js";

/** @param {import("../view.js").ScreenProps} props */
export function DifferingOpinions(props) {
  void props;
  return html`<h1>Ý kiến khác</h1>`;
}
