/**
 * A copy of what was recorded on this device, as a sealed file: for a device whose battery or network will not last, or
 * that reaches another device and no server. It is taken in by the server ("Nạp bản sao từ tệp"), which opens it with
 * the device's own key; by this device again; and by the other devices of the meeting, under the key that all have in
 * common.
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
 * @param {{meeting: string, device: string, author: string, share: string, common: string, entries: Entry[], now: number}} what
 *   share: the device's seal; common: the key of all devices of the meeting, or ""; entries: those made on it */
export async function copyOf({ meeting, device, author, share, common, entries, now }) {
  const inside = JSON.stringify({ author, sent: now, entries: entries.map(asSent) });
  /** @param {string} key */
  const sealed = async (key) => {
    const { iv, data } = await seal(await keyOfCopy(key), about(meeting, device), inside);
    return { iv: toBase64(iv), data: toBase64(data) };
  };
  const outside = { chibo: "ban-sao", version: 1, meeting, device, ...(await sealed(share)) };
  return JSON.stringify(common ? { ...outside, shared: await sealed(common) } : outside);
}

/** What a copy holds, of this device or of another of the meeting.
 * @param {string} text @param {{meeting: string, device: string, share: string, common: string}} own
 * @returns {Promise<{device: string, author: string, entries: Entry[]}>}
 * Rejects with NoCopy, in words for the person who chose the file. */
export async function readCopy(text, { meeting, device: mine, share, common }) {
  const file = parsed(text);
  if (file === null || file.chibo !== "ban-sao") throw new NoCopy("Tệp này không phải bản sao của Chibo.");
  if (file.meeting !== meeting) throw new NoCopy("Bản sao này của buổi họp khác.");
  const { device } = file;
  const part = device === mine ? file : file.shared;
  if (device !== mine && !(part && common)) {
    throw new NoCopy("Bản sao này chỉ máy chủ mở được. Khi có mạng, nạp ở trang của cuộc họp.");
  }
  try {
    const sealed = { iv: fromBase64(part.iv), data: fromBase64(part.data).buffer };
    const key = await keyOfCopy(device === mine ? share : common);
    const { author, entries } = JSON.parse(await unseal(key, about(meeting, device), sealed));
    return { device, author, entries: entries.map((/** @type {any} */ entry) => asKept(entry, device, author)) };
  } catch {
    throw new NoCopy("Bản sao này hỏng hoặc đã bị sửa, không mở được. Lưu lại trên máy ấy.");
  }
}

/** @param {any} entry as it travelled @param {string} device @param {string} author @returns {Entry} */
function asKept({ id, counter, kind, payload, at = null, seen = null }, device, author) {
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
