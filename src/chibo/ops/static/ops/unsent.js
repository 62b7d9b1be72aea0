/**
 * On the page of an error: the form that led here was not taken, so its draft stays on this device. If the form is sent
 * again from this page, its draft counts as sent again.
 */

import { device, settleSentDrafts } from "../look/device.js";

const sent = device.keys().filter((key) => {
  const draft = device.about(key);
  return draft !== null && draft.sent;
});
settleSentDrafts(); // a page without a person proves nothing: drafts are kept
document.addEventListener("submit", () => {
  for (const key of sent) device.mark(key, true);
});
