/** What comes before the room: making this device ready for a meeting, and opening what it keeps. */
import { html } from "./view.js";

/** @param {{meeting: string, room: (parts: any) => any}} props room: draws the meeting, once it is open */
export function Start(props) {
  void props;
  return html`<main id="main" class="page"><h1>Phòng họp trên máy này</h1></main>`;
}
