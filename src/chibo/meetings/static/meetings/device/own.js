/**
 * The device itself: what it has not sent, its copy, whether it leads, its lock, and how it forgets the meeting.
 *
 * @typedef {import("./ready.js").Opened} Opened
 * @typedef {import("./store.js").Held} Held
 */
import { MOST_BYTES, carried, newOf, tooLarge } from "./carried.js";
import { NoCopy, copyOf, handOut, readCopy } from "./copy.js";
import { KEEP } from "./keep.js";
import { changePin } from "./ready.js";
import { end, lock } from "./running.js";
import { ChoosePin } from "./pin.js";
import { unrecordedOf } from "./screens/unrecorded.js";
import { Acts, Icon, html, useEffect, useState } from "./view.js";
import { numberWord, time } from "./words.js";

const SKEWED = 2 * 60 * 1000;

/** Why the server does not take an entry. @type {{[why: string]: string}} */
const WHY = {
  other_meeting: "của một cuộc họp khác",
  author: "do người khác ghi",
  device: "do máy khác ghi",
  shape: "máy chủ không đọc được, có thể vì trang trên máy này cũ",
  twice: "đã gửi một lần với nội dung khác",
  counter: "trùng số thứ tự với một dòng khác của máy này",
  signed: "đến sau khi biên bản đã ký; máy chủ giữ riêng cho chủ trì và thư ký xem",
  full: "máy chủ đã để riêng đủ mức của đồng chí trong buổi này, không nhận thêm",
  too_many: "gửi quá nhiều một lúc",
};

/** What an entry says, where it says something. @param {import("../room/fold.js").Entry} entry */
function textOf({ payload }) {
  return payload.text || payload.what || payload.title || payload.why || "";
}

/** @param {{session: Opened["session"], one: Held}} props */
export function HeldRow({ session, one }) {
  const words = textOf(one.entry);
  const why = one.apart ? "máy chủ chưa nhận được, máy này sẽ gửi lại" : WHY[one.why] || one.why;
  const what = session.pack.sentences[`kind.${one.entry.kind}`] || "Ghi chép";
  return html`<li class="row"><div><p class="row-title">${what}, ghi lúc ${time(one.entry.at)}: ${why}.</p>${words ? html`<p class="row-meta">${words}</p>` : null}</div></li>`;
}

/** What is not where it belongs. @param {Opened} parts @returns {Held[]} */
export function useHeld({ session, store, sync }) {
  const [held, know] = useState(/** @type {Held[]} */ ([]));
  useEffect(() => {
    store.held().then(know, () => undefined);
  }, [session.unsent.length, sync.state, session.entries.size]);
  return held;
}

/** What could not be sent, each with its reason.
 * @param {{parts: Opened, held: Held[]}} props */
function NotTaken({ parts, held }) {
  if (held.length === 0) return null;
  const apart = held.some((one) => one.apart);
  return html`<section class="section" aria-labelledby="held"><div class="section-head"><h2 id="held">${held.length} dòng máy chủ không nhận</h2><p class="small">Không có trong biên bản. Nếu còn cần, ghi lại; hoặc lưu bản sao rồi đưa chi ủy xem.</p></div>
<ul>${held.map((one) => html`<${HeldRow} key=${one.entry.id} session=${parts.session} one=${one} />`)}</ul>
${apart ? html`<p class="actions"><button class="button" onClick=${() => parts.sync.again()}>Gửi lại</button></p>` : null}</section>`;
}

/** @param {Opened} parts */
async function saveCopy({ kept, session, share, store }) {
  const held = (await store.held()).map((one) => one.entry);
  const own = [...session.entries.values(), ...held].filter((entry) => entry.device === kept.device);
  const entries = [...new Map(own.map((entry) => [entry.id, entry])).values()].sort((a, b) => a.counter - b.counter);
  const { common } = session.pack;
  const what = { meeting: kept.id, device: kept.device, author: session.me, share, common, entries, now: session.clock.now() };
  const named = `chibo-ban-sao-${session.pack.meeting.day}-${kept.device.slice(0, 8)}.json`;
  if (!(await handOut(named, await copyOf(what)))) return "";
  return `Đã lưu bản sao: ${entries.length} dòng ghi trên máy này.`;
}

/** @param {Opened} parts @param {File} file */
async function loadCopy({ kept, session, share, store }, file) {
  if (file.size > MOST_BYTES) throw new NoCopy(tooLarge);
  const { common } = session.pack;
  const copy = await readCopy(await file.text(), { meeting: kept.id, device: kept.device, share, common });
  if (copy.device !== kept.device) return takeIn({ session, store }, copy);
  const held = new Set((await store.held()).map((one) => one.entry.id));
  const missing = copy.entries.filter((entry) => !session.entries.has(entry.id) && !held.has(entry.id));
  await store.bringBack(missing);
  session.take(missing);
  if (missing.length === 0) return "Bản sao không có gì mà máy này chưa có.";
  return `Đã lấy lại ${missing.length} dòng từ bản sao.`;
}

/** Take in what another device wrote.
 * @param {Pick<Opened, "session" | "store">} parts @param {Awaited<ReturnType<typeof readCopy>>} copy */
async function takeIn({ session, store }, copy) {
  const { missing, broken } = newOf(session, copy);
  await store.take(missing);
  session.take(missing);
  const name = session.name(copy.author);
  const rest = broken ? ` ${broken} dòng không đọc được, không lấy.` : "";
  if (missing.length === 0) return `Bản sao của đồng chí ${name} không có gì mà máy này chưa có.${rest}`;
  return `Đã lấy ${missing.length} dòng của đồng chí ${name} vào máy này.${rest}`;
}

/** @param {{parts: Opened}} props */
function Copy({ parts }) {
  const [said, say] = useState("");
  const [error, refuse] = useState("");
  /** @param {Promise<string>} work */
  const tell = (work) => {
    refuse("");
    work.then(say, (failed) => refuse(failed instanceof NoCopy ? failed.message : "Chưa làm được. Nội dung vẫn còn trên máy này."));
  };
  /** @param {Event} event */
  const chosen = (event) => {
    const field = /** @type {HTMLInputElement} */ (event.currentTarget);
    if (field.files && field.files[0]) tell(loadCopy(parts, field.files[0]));
    field.value = "";
  };
  return html`<section class="section" aria-labelledby="copy"><div class="section-head"><h2 id="copy">Bản sao</h2><p class="small">Khi máy sắp hết pin hoặc mạng không về: lưu ra tệp, mang tệp sang máy có mạng, mở trang cuộc họp rồi bấm “Nạp bản sao từ tệp”. Tệp đã mã hóa, chỉ Chibo mở được.</p></div>
<p class="actions"><button class="button" onClick=${() => tell(saveCopy(parts))}><${Icon} name="download" />Lưu bản sao ra tệp</button></p>
<div role="status">${said ? html`<p class="small">${said}</p>` : null}</div><div role="alert">${error ? html`<p class="error-text"><${Icon} name="circle-alert" />${error}</p>` : null}</div>
<details><summary>Lấy từ bản sao: của máy này, hoặc của máy khác trong buổi họp</summary><div class="field"><label for="copy-file">Tệp bản sao</label><p class="small soft">Hai máy không có mạng: máy kia lưu bản sao ra tệp, chép tệp sang đây rồi chọn. Máy này đọc được phần ấy ngay; về máy chủ thì máy kia tự gửi, hoặc nạp tệp ở trang của cuộc họp.</p><input class="input" type="file" id="copy-file" accept=".json,application/json" onChange=${chosen} /></div></details></section>`;
}

/** Which device leads. @param {{parts: Opened}} props */
function Lead({ parts: { session, kept } }) {
  const { leader } = session.room.hall;
  if (session.room.opening === null) return null;
  const first = session.room.presided === null ? null : session.room.opening.device;
  const mine = (leader || first) === kept.device;
  const words = mine
    ? "Máy này điều hành. Máy khác ghi cùng, mọi điều nhập làm một khi có mạng."
    : leader || first
      ? "Máy khác đang điều hành, máy này ghi cùng."
      : "Chưa máy nào nhận điều hành; máy nào cũng ghi được.";
  const take = async () => session.say("Máy này điều hành.", await session.write("lead"));
  return html`<section class="section" aria-labelledby="lead"><div class="section-head"><h2 id="lead">Máy nào điều hành</h2><p class="small">${words}</p></div>
${mine ? null : html`<p class="actions"><button class="button" onClick=${take}>Máy này điều hành</button></p>`}</section>`;
}

/** @param {{parts: Opened}} props */
function Lock({ parts }) {
  const [said, say] = useState("");
  /** @param {string} pin */
  const take = async (pin) => {
    parts.kept.pin = await changePin(parts.kept.id, parts.key, pin);
    say("Đã đổi PIN.");
    return "";
  };
  if (parts.kept.pin === null) {
    return html`<section class="section" aria-labelledby="lock"><div class="section-head"><h2 id="lock">Giữ được khi mất mạng</h2><p class="small">Máy này mở lại bằng đăng nhập. Đặt PIN để mở lại cả khi mất mạng.</p></div>
<p class="actions"><a class="button" href=${`#${parts.kept.id}/${KEEP}`}>Giữ được khi mất mạng</a></p></section>`;
  }
  return html`<section class="section" aria-labelledby="lock"><div class="section-head"><h2 id="lock">Khóa</h2><p class="small">Rời máy giữa chừng thì khóa lại; mở lại bằng PIN, không mất gì.</p></div>
<p class="actions"><button class="button" onClick=${() => lock(parts)}><${Icon} name="lock" />Khóa máy này</button></p><div role="status">${said ? html`<p class="small">${said}</p>` : null}</div>
<details><summary>Đổi PIN</summary><${ChoosePin} button="Đổi PIN" busyWords="Đang đổi…" take=${take} /></details></section>`;
}

/** Forgetting the meeting, once there is nothing that the server does not have.
 * @param {{parts: Opened, held: Held[]}} props */
function Forget({ parts, held }) {
  const { session, kept } = parts;
  if (session.room.closed_at === null) return null;
  const left = session.unsent.length;
  const forget = async () => {
    await end(parts);
    location.hash = "";
    location.reload();
  };
  const others = carried(session).map(([name]) => name);
  const typed = unrecordedOf(session).length;
  const words = typed
    ? `Còn ${numberWord(typed)} đoạn đang gõ, chưa ghi. Xem ở bước kết thúc, ghi hoặc bỏ, rồi xóa khỏi máy này.`
    : left
    ? `Còn ${numberWord(left)} dòng chưa gửi. Máy này giữ cho đến khi gửi hết.`
    : others.length
    ? `Đã gửi hết phần ghi ở đây. Phần lấy từ tệp của đồng chí ${others.join(", ")} chưa về máy chủ; xóa ở đây thì chỉ còn trên máy ấy và trong tệp.`
    : `Đã gửi hết. Máy này tự xóa buổi họp sau một ngày${held.length ? "; những dòng máy chủ không nhận cũng xóa theo" : ""}.`;
  return html`<section class="section" aria-labelledby="forget"><div class="section-head"><h2 id="forget">Xong buổi họp</h2><p class="small">${words}</p></div>
${left || typed ? null : html`<p class="actions"><button class="button" onClick=${forget}>Xong, xóa khỏi máy này</button> <a class="button" href=${`/cuoc-hop/${kept.id}/bien-ban/`}>Xem biên bản</a></p>`}</section>`;
}

/** "12 phút", "3 giờ", "8 ngày". @param {number} minutes */
function inWords(minutes) {
  if (minutes < 120) return `${minutes} phút`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} giờ` : `${Math.round(minutes / 1440)} ngày`;
}

/** The screen. @param {{parts: Opened}} props */
export function Own({ parts }) {
  const { session, sync } = parts;
  const held = useHeld(parts);
  const left = session.unsent.length;
  const written = [...session.entries.values()].some((entry) => entry.device === session.device);
  const title = left ? `Máy này còn ${left} dòng chưa gửi` : written ? "Máy này đã gửi hết" : "Máy này chưa ghi gì";
  const skew = Math.abs(sync.skew) > SKEWED ? inWords(Math.round(Math.abs(sync.skew) / 60000)) : "";
  return html`<h1>${title}</h1>
${sync.state === "signed-out" || sync.state === "other" ? html`<div class="notice notice-late"><${Icon} name="log-in" /><div class="notice-body"><p>${sync.state === "other" ? `Trên trình duyệt này người khác đang đăng nhập. Máy giữ lại, đợi đồng chí ${session.pack.me.name} đăng nhập.` : "Đã hết phiên đăng nhập. Máy giữ lại; đăng nhập ở trang mới rồi quay lại đây là gửi tiếp."}</p><p class="actions"><a class="button" href="/dang-nhap/" target="_blank">Đăng nhập ở trang mới</a></p></div></div>` : null}
${left && sync.state !== "signed-out" && sync.state !== "other" ? html`<p>Có mạng thì máy tự gửi. Có thể đóng trang, mở lại sau; máy không quên.</p>` : null}
${skew ? html`<p class="small">Đồng hồ máy này ${sync.skew > 0 ? "nhanh" : "chậm"} ${skew} so với máy chủ. Giờ trong biên bản lấy theo máy chủ.</p>` : null}
<p class="small">Xem máy nào chưa gửi hết, ngắt hoặc nhận lại một máy: <a href=${`/cuoc-hop/${parts.kept.id}/phong/may/`}>Máy trong phòng họp</a> (cần mạng).</p>
<${NotTaken} parts=${parts} held=${held} /><${Lead} parts=${parts} /><${Copy} parts=${parts} /><${Lock} parts=${parts} /><${Forget} parts=${parts} held=${held} />
<${Acts}><a class="button" href=${`#${parts.kept.id}`}>Về buổi họp</a><//>`;
}
