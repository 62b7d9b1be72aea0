/**
 * A file that is too large is refused before it is sent: 100 MB over a weak network take half an hour.
 * The server refuses it as well; this only says so earlier. On <input type="file" data-max-bytes="…">.
 */

const MEGABYTE = 1024 * 1024;

/** @param {number} bytes @returns {string} 34 or 0,5 */
const megabytes = (bytes) => (bytes / MEGABYTE).toFixed(1).replace(".0", "").replace(".", ",");

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.dataset.maxBytes) return;
  const most = Number(input.dataset.maxBytes);
  const old = document.getElementById(`${input.id}-too-large`);
  if (old) old.remove();
  const large = [...(input.files || [])].find((file) => file.size > most);
  if (!large) return;
  const sentence = document.createElement("p");
  sentence.id = `${input.id}-too-large`;
  sentence.className = "error-text";
  sentence.setAttribute("role", "alert");
  sentence.textContent =
    `Tệp “${large.name}” nặng ${megabytes(large.size)} MB, quá ${megabytes(most)} MB. ` +
    "Chụp lại thành ảnh hoặc gửi từng phần.";
  input.before(sentence);
  input.value = "";
});
