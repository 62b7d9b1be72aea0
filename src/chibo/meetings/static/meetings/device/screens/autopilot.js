/** What the chair says and does now, and what comes next; above every screen of the room. */
import { html } from "../view.js";

/** @param {{session: import("../session.js").Session, step: import("../pack.js").Step | null, go: (key: string) => void}} props */
export function Autopilot(props) {
  void props;
  return html``;
}
