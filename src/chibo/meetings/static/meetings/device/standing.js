/** What is said of where things are kept: on this device, or on the server too. */
import { capital, time } from "./words.js";

/** @type {{[state: string]: string}} */
const WAITING = { offline: "chờ mạng", ill: "máy chủ chưa nhận" };

/**
 * @typedef {{look: string, icon: string, words: string, isBad?: boolean}} Said  isBad: said at once
 * @typedef {{failing: boolean, state: import("./sync.js").State | "practice", written: boolean, unsent: number, sent: number | null}} Standing
 *   written: whether anything was recorded on this device; unsent: how much of it the server does not have
 */

/** What the sign says.
 * @param {Standing} standing @returns {Said} */
export function said({ failing, state, written, unsent, sent }) {
  if (state === "practice") return { look: "local", icon: "info", words: "Đang thử · không gửi đi đâu" };
  if (failing) return { look: "failed", icon: "circle-alert", words: "Chưa lưu được. Đừng đóng trang này" };
  const number = unsent > 0 ? ` (${unsent})` : "";
  const isBad = state === "offline" || state === "ill";
  if (state === "signed-out") return local(`chờ đăng nhập${number}`);
  if (state === "other") return local(`chờ đúng người đăng nhập${number}`);
  if (unsent > 0) return { ...local(`${WAITING[state] || "đang gửi"}${number}`), isBad };
  const lost = state === "offline" ? "không có mạng" : "máy chủ không trả lời";
  if (written && sent !== null) {
    const words = `Đã gửi hết lúc ${time(sent)}`;
    return isBad ? { look: "local", icon: "cloud-off", words: `${words} · ${lost}`, isBad } : { look: "saved", icon: "check", words };
  }
  if (isBad) return { look: "local", icon: "cloud-off", words: `${capital(lost)} · máy này vẫn ghi được`, isBad };
  return { look: "saved", icon: "check", words: state === "sent" ? "Có mạng · máy này sẵn sàng" : "Máy này sẵn sàng" };
}

/** @param {string} words @returns {Said} */
function local(words) {
  return { look: "local", icon: "cloud-off", words: `Đã lưu trên máy này · ${words}` };
}
