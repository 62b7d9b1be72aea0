/**
 * A copy of what was recorded on this device, as a file that the server's keys alone open: for a device whose battery
 * or network will not last. It is taken in by the server ("Nạp bản sao từ tệp") or by this device again.
 */
import { fromBase64, keyOfCopy, seal, toBase64, unseal } from "./lock.js";
import { asSent } from "./sync.js";

/** @typedef {import("../room/fold.js").Entry} Entry */

/** The file is no copy of this device's. */
export class NoCopy extends Error {}

/** @param {string} meeting @param {string} device */
function about(meeting, device) {
  return meeting + device;
}

/** The text of a copy.
 * @param {{meeting: string, device: string, author: string, share: string, entries: Entry[], now: number}} what
 *   share: the device's seal; entries: those made on it */
export async function copyOf({ meeting, device, author, share, entries, now }) {
  const inside = { author, sent: now, entries: entries.map(asSent) };
  const { iv, data } = await seal(await keyOfCopy(share), about(meeting, device), JSON.stringify(inside));
  const outside = { chibo: "ban-sao", version: 1, meeting, device, iv: toBase64(iv), data: toBase64(data) };
  return JSON.stringify(outside);
}

/** What a copy of this device holds.
 * @param {string} text @param {{meeting: string, device: string, share: string}} own @returns {Promise<Entry[]>}
 * Rejects with NoCopy, in words for the person who chose the file. */
export async function readCopy(text, { meeting, device, share }) {
  const file = parsed(text);
  if (file === null || file.chibo !== "ban-sao") throw new NoCopy("Tệp này không phải bản sao của Chibo.");
  if (file.meeting !== meeting) throw new NoCopy("Bản sao này của buổi họp khác.");
  if (file.device !== device) throw new NoCopy("Bản sao này của máy khác. Nạp ở trang của buổi họp trên máy chủ.");
  const sealed = { iv: fromBase64(file.iv), data: fromBase64(file.data).buffer };
  try {
    const { author, entries } = JSON.parse(await unseal(await keyOfCopy(share), about(meeting, device), sealed));
    return entries.map((/** @type {any} */ entry) => asKept(entry, device, author));
  } catch {
    throw new NoCopy("Bản sao này hỏng hoặc đã bị sửa, không mở được.");
  }
}

/** @param {any} entry as it travelled @param {string} device @param {string} author @returns {Entry} */
function asKept({ id, counter, kind, payload, at, seen }, device, author) {
  return { id, device, counter, kind, author, payload, at, seq: null, seen };
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Hand a file to the person: by the sheet of the phone where it can share files, else as a download.
 * @param {string} name @param {string} text @returns {Promise<boolean>} false: the person has put it away */
export async function handOut(name, text) {
  const file = new File([text], name, { type: "application/json" });
  const phone = /** @type {any} */ (navigator);
  if (matchMedia("(pointer: coarse)").matches && phone.canShare && phone.canShare({ files: [file] })) {
    try {
      await phone.share({ files: [file] });
      return true;
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return false;
    }
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  return true;
}
