/**
 * Opening what this device keeps: by the sign-in, which is asked first and needs nobody; by the PIN where the network is
 * away; and waiting where there is neither. What waits is encrypted, and nothing of it is lost.
 *
 * @typedef {import("./kept.js").Kept} Kept
 * @typedef {import("./ready.js").Opened} Opened
 */
import { attempt, change, right, typedTexts, waiting, wipe } from "./kept.js";
import { ATTEMPTS, PIN_ROUNDS, byPin, byShare, underPin } from "./lock.js";
import { AskPin } from "./pin.js";
import { Plain, signIn } from "./plain_page.js";
import { NotReady, fetchPack, fetchShare, open } from "./ready.js";
import { NoNetwork, roomPath } from "./server.js";
import { Icon, html, useEffect, useState } from "./view.js";
import { date } from "./words.js";

const ASK_AGAIN = 10000;
/** Whoever has a PIN waits no longer than this for a network that does not answer. */
const PATIENCE = 4000;

/** What an answer means that did not come as it should. @param {unknown} error @returns {number} 0: no network */
export function statusOf(error) {
  if (error instanceof NotReady) return error.status;
  return error instanceof NoNetwork ? 0 : 500;
}

/** Open by the share that the server gives to a sign-in. @param {Kept} kept @returns {Promise<Opened>} */
async function bySession(kept) {
  const key = await byShare(kept.share, await fetchShare(kept.id, kept.device));
  await change(kept.id, (one) => {
    delete one.locked;
  });
  return open(kept.id, key);
}

/** Whether somebody else is signed in, and the server has all that the owner of this recorded: it may be forgotten then,
 * and the room opens for whoever is here. @param {Kept} kept */
async function isLeftBehind(kept) {
  if (kept.pin !== null) return false;
  const pack = await fetchPack(kept.id).catch(() => null);
  if (pack === null || pack.me.person === kept.person) return false;
  return (await waiting(kept.id)) === 0 && (await typedTexts(kept.id)) === 0;
}

/** @param {Kept} kept @returns {boolean} whether the PIN is what opens this at once */
function asksPin(kept) {
  return kept.pin !== null && (Boolean(kept.locked) || navigator.onLine === false);
}

/** Open what is kept.
 * @param {{kept: Kept, opened: (opened: Opened) => void, again: () => void}} props again: look once more at what is kept */
export function WayIn({ kept, opened, again }) {
  const [status, say] = useState(/** @type {number | null} */ (asksPin(kept) ? 0 : null));
  useEffect(() => {
    let isHere = true;
    const slow = kept.pin === null ? undefined : setTimeout(() => say(0), PATIENCE);
    let isAsking = false; // a meeting that is opened twice in one window would be sent twice
    const ask = async () => {
      if (isAsking || !isHere) return;
      isAsking = true;
      try {
        const found = await bySession(kept);
        if (!isHere) return;
        isHere = false;
        opened(found);
      } catch (error) {
        const found = statusOf(error);
        if (found === 404 && (await isLeftBehind(kept).catch(() => false))) {
          await wipe(kept.id);
          if (isHere) again();
        } else if (isHere) say(found);
      } finally {
        isAsking = false;
      }
    };
    if (!asksPin(kept)) ask();
    // Who types a PIN is not taken away from it.
    const timer = kept.pin === null ? setInterval(ask, ASK_AGAIN) : undefined;
    const back = () => (kept.pin === null ? ask() : undefined);
    window.addEventListener("online", back);
    return () => {
      isHere = false;
      clearTimeout(slow);
      clearInterval(timer);
      window.removeEventListener("online", back);
    };
  }, [kept.id]);
  if (status === null) return html`<${Plain} title="Đang mở phòng họp…" />`;
  if (kept.pin === null) return html`<${Waiting} kept=${kept} status=${status} again=${again} opened=${opened} />`;
  return html`<${Locked} kept=${kept} opened=${opened} again=${again} />`;
}

/** Why what is kept does not open, in words. @type {{[status: number]: string}} */
const WHY = {
  0: "Chưa nối được với máy chủ. Có mạng lại thì trang này tự mở.",
  401: "Đăng nhập là mở tiếp, gửi tiếp.",
  404: "Người đang đăng nhập không phải người đã mở phòng họp trên máy này. Người ấy đăng nhập là mở tiếp, gửi tiếp.",
  410: "Máy này đã bị ngắt khỏi buổi họp, hoặc biên bản đã ký. Ngắt nhầm thì chủ trì hoặc thư ký bấm “Nhận lại máy này” ở trang Máy trong phòng họp.",
};

/** Neither a sign-in nor a PIN opens this now: what was not sent waits.
 * @param {{kept: Kept, status: number, opened: (opened: Opened) => void, again: () => void}} props */
function Waiting({ kept, status, opened, again }) {
  const [unsent, count] = useState(0);
  const [words, say] = useState(WHY[status] || "Máy chủ chưa trả lời được. Đợi một phút rồi thử lại.");
  useEffect(() => {
    waiting(kept.id).then(count, () => undefined);
  }, [kept.id]);
  useEffect(() => say(WHY[status] || "Máy chủ chưa trả lời được. Đợi một phút rồi thử lại."), [status]);
  const title = unsent ? `${unsent} dòng chưa gửi đang chờ, đã mã hóa` : "Cần mạng và đăng nhập để mở phòng họp trên máy này";
  const gone = kept.wrong >= ATTEMPTS ? " PIN đã hủy sau năm lần sai." : "";
  const retry = () => bySession(kept).then(opened, (error) => (statusOf(error) === 410 ? again() : say(WHY[statusOf(error)] || words)));
  const wantsSignIn = status === 401 || status === 404;
  return html`<${Plain} title=${title}><p class="lead">Buổi họp ngày ${date(kept.day)}.${gone} Không mất gì đã ghi.</p><div role="alert"><p>${words}</p></div>
<p class="actions">${wantsSignIn ? html`<a class="button button-main" href=${signIn()}>Đăng nhập</a>` : html`<button class="button button-main" onClick=${retry}>Thử lại</button> <a class="button" href=${signIn()}>Đăng nhập</a>`} <a class="button" href=${status === 410 ? `${roomPath(kept.id)}may/` : "#"}>${status === 410 ? "Máy trong phòng họp" : "Các buổi họp trên máy này"}</a></p><//>`;
}

/** Open by the PIN.
 * @param {{kept: Kept, opened: (opened: Opened) => void, again: () => void}} props */
function Locked({ kept, opened, again }) {
  const [unsent, count] = useState(0);
  useEffect(() => {
    waiting(kept.id).then(count, () => undefined);
  }, [kept.id]);
  /** @param {string} pin */
  const tryPin = async (pin) => {
    const { pin: under, left } = await attempt(kept.id);
    const key = under && (await byPin(under, pin).catch(() => null));
    if (under && key) {
      await right(kept.id, under.rounds < PIN_ROUNDS ? await underPin(key, pin) : under);
      opened(await open(kept.id, key));
      return "";
    }
    if (left === 0) again();
    return `PIN chưa đúng. Còn ${left} lần; hết lượt thì mở bằng đăng nhập, không mất gì đã ghi.`;
  };
  const facts = `Buổi họp ngày ${date(kept.day)}.${unsent > 0 ? ` Máy đang giữ ${unsent} dòng chưa gửi.` : ""}`;
  return html`<${Plain} title="Nhập PIN để mở buổi họp"><p class="lead">${facts}</p><${AskPin} open=${tryPin} letters=${kept.pin !== null && Boolean(kept.pin.letters)} />
<details class="space"><summary>Quên PIN</summary><p class="small">Có mạng thì người đã mở phòng họp trên máy này mở bằng đăng nhập, rồi đặt PIN mới ở “Máy này, bản sao”. Không mất gì đã ghi.</p><${BySignIn} kept=${kept} opened=${opened} /></details><//>`;
}

/** The other way in, for whoever has forgotten the PIN. @param {{kept: Kept, opened: (opened: Opened) => void}} props */
function BySignIn({ kept, opened }) {
  const [error, say] = useState("");
  const ask = () => bySession(kept).then(opened, (failed) => say(WHY[statusOf(failed)] || "Máy chủ chưa trả lời được. Đợi một phút rồi bấm lại."));
  return html`<p class="actions"><button class="button" onClick=${ask}>Mở bằng đăng nhập</button> <a class="button" href=${signIn()}>Đăng nhập</a></p><div role="alert">${error ? html`<p class="error-text"><${Icon} name="circle-alert" />${error}</p>` : null}</div>`;
}
