/**
 * What comes before the room: the meetings on this device, making it ready for one, opening what it keeps; and what is
 * said where a browser cannot hold a meeting without a network.
 *
 * @typedef {import("./kept.js").Kept} Kept
 * @typedef {import("./ready.js").Opened} Opened
 */
import { NoAnswer } from "./database.js";
import { attempt, change, found, meetings, right, waiting, wipe, wipeWhatIsOver } from "./kept.js";
import { PIN_ROUNDS, byPin, byShare, underPin } from "./lock.js";
import { AskPin, ChoosePin } from "./pin.js";
import { PRACTICE } from "./practice.js";
import { NotReady, ReadyAlready, bring, changePin, enrol, fetchShare, open, readiness, shortcoming } from "./ready.js";
import { run, running, wasTaken } from "./running.js";
import { ask, roomPath } from "./server.js";
import { Icon, html, useEffect, useState } from "./view.js";
import { date } from "./words.js";

const RELOADED = "chibo-phong-hop-tai-lai";
const ASK_AGAIN = 10000;

/** The page around what is no screen of the room.
 * @param {{title: string, children?: any}} props */
function Plain({ title, children }) {
  useEffect(() => {
    document.title = `${title} · Chibo`;
    window.scrollTo(0, 0);
  }, [title]);
  return html`<header class="top"><div class="page top-in"><a class="brand" href="/"><img class="device-mark" src=${document.documentElement.dataset.mark || ""} alt="" />Chibo</a></div></header>
<main id="main" class="page form-page" tabindex="-1"><h1>${title}</h1>${children}</main>`;
}

/** Where a sign-in leads back to. @param {string} meeting */
function signIn(meeting) {
  return `/dang-nhap/?next=${encodeURIComponent(`/phong-hop/#${meeting}`)}`;
}

/** The way around: the room on the server. @param {{meeting: string}} props */
function OnServer({ meeting }) {
  const address = meeting ? roomPath(meeting) : "/";
  return html`<p><a href=${address}>${meeting ? "Vào phòng họp trên máy chủ (cần mạng)" : "Về trang đầu"}</a></p>`;
}

const SHORT = {
  insecure:
    "Địa chỉ này không có https, nên trình duyệt không cho giữ phòng họp trên máy. Xin người quản trị địa chỉ bắt đầu bằng https rồi mở lại.",
  old: "Trình duyệt này không giữ được trang khi mất mạng: có thể trang được mở từ trong Zalo, hoặc đang ở cửa sổ riêng tư. Chép địa chỉ rồi mở bằng Chrome hoặc Safari.",
};

/** @param {{meeting: string, why: "insecure" | "old"}} props */
function Unsupported({ meeting, why }) {
  return html`<${Plain} title="Ở đây không họp được khi mất mạng"><p class="lead">${SHORT[why]}</p><${OnServer} meeting=${meeting} /><//>`;
}

/** @param {{kept: Kept, unsent: number}} props */
function Meeting({ kept, unsent }) {
  const words = kept.cut ? "Máy này đã bị ngắt khỏi buổi họp" : unsent > 0 ? `Còn ${unsent} dòng chưa gửi lên máy chủ` : "Không còn gì chưa gửi";
  return html`<li class="row"><div><p class="row-title">Buổi họp ngày ${date(kept.day)}</p><p class="row-meta">${words}</p></div>
<div class="row-end"><a class="button" href=${`#${kept.id}`}>Mở<span class="hide"> buổi họp ngày ${date(kept.day)}</span></a></div></li>`;
}

/** The meetings on this device. */
function List() {
  const [rows, show] = useState(/** @type {{kept: Kept, unsent: number}[] | null} */ (null));
  useEffect(() => {
    const read = async () => {
      await wipeWhatIsOver(Date.now());
      const all = (await meetings()).sort((a, b) => (a.day < b.day ? 1 : -1));
      show(await Promise.all(all.map(async (kept) => ({ kept, unsent: await waiting(kept.id) }))));
    };
    read().catch(() => show([]));
  }, []);
  if (rows === null) return null;
  if (rows.length === 0) {
    return html`<${Plain} title="Chưa có buổi họp nào trên máy này"><p class="lead">Mở trang của cuộc họp rồi bấm “Chuẩn bị máy cho buổi họp”. Máy giữ đủ để họp khi mất mạng.</p><p><a href="/">Về trang đầu</a></p><//>`;
  }
  return html`<${Plain} title="Các buổi họp trên máy này"><ul class="section">${rows.map((row) => html`<${Meeting} key=${row.kept.id} ...${row} />`)}</ul><p class="space"><a href="/">Về trang đầu</a></p><//>`;
}

/** Why bringing a meeting along failed. @param {unknown} error @returns {{status: number}} 0: no network */
function failure(error) {
  return { status: error instanceof NotReady ? error.status : 0 };
}

/** @param {{meeting: string, status: number, again: () => void}} props */
function NotBrought({ meeting, status, again }) {
  if (status === 401) {
    return html`<${Plain} title="Đăng nhập để chuẩn bị máy"><p class="lead">Chủ trì, thư ký và chi ủy viên đăng nhập một lần; sau đó máy này họp được cả khi mất mạng.</p><p class="actions"><a class="button button-main" href=${signIn(meeting)}>Đăng nhập</a></p><//>`;
  }
  if (status === 404) {
    return html`<${Plain} title="Máy này không chuẩn bị được cho buổi họp ấy"><p class="lead">Chỉ chủ trì, thư ký và chi ủy viên của chi bộ mở phòng họp. Nếu đồng chí là một trong những người ấy, đăng nhập bằng tên của mình.</p><p><a href="/">Về trang đầu</a></p><//>`;
  }
  if (status === 409 || status === 410) {
    return html`<${Plain} title="Buổi họp này không mở trên máy được nữa"><p class="lead">Biên bản đã ký, cuộc họp đã hủy, hoặc máy này đã bị ngắt.</p><p><a href=${`/cuoc-hop/${meeting}/`}>Xem cuộc họp</a></p><//>`;
  }
  const words = status === 0 ? "Chưa nối được với máy chủ. Chuẩn bị máy cần mạng một lần, trước buổi họp." : "Máy chủ chưa trả lời được. Đợi một phút rồi thử lại.";
  return html`<${Plain} title="Máy này chưa có buổi họp"><p class="lead">${words}</p><p class="actions"><button class="button button-main" onClick=${again}>Thử lại</button></p><//>`;
}

/** Make this device ready.
 * @param {{meeting: string, done: (opened: Opened) => void}} props */
function SetUp({ meeting, done }) {
  const [state, set] = useState(/** @type {{brought?: any, status?: number}} */ ({}));
  const fetchAll = () => {
    set({});
    bring(meeting).then((brought) => set({ brought }), (error) => set(failure(error)));
  };
  useEffect(fetchAll, [meeting]);
  if (state.status !== undefined) return html`<${NotBrought} meeting=${meeting} status=${state.status} again=${fetchAll} />`;
  if (!state.brought) return html`<${Plain} title="Đang lấy chương trình và danh sách…" />`;
  /** @param {string} pin */
  const take = async (pin) => {
    try {
      done(await enrol(meeting, state.brought, pin));
      return "";
    } catch (error) {
      if (error instanceof ReadyAlready) return "Một trang khác vừa chuẩn bị máy này. Tải lại trang, rồi nhập PIN đã đặt ở trang ấy.";
      console.warn("keeping", error);
      return "Máy này không cho lưu: có thể hết chỗ, hoặc đang ở cửa sổ riêng tư. Mở bằng cửa sổ thường rồi làm lại.";
    }
  };
  const { title } = state.brought.pack.meeting;
  return html`<${Plain} title="Đặt PIN cho máy này"><p class="lead">${title}: máy sẽ giữ chương trình, danh sách và những gì ghi trong buổi họp, kể cả khi mất mạng.</p><${ChoosePin} button="Chuẩn bị máy này" busyWords="Đang chuẩn bị…" take=${take} /><//>`;
}

/** @param {{good: boolean | null, yes: string, no: string}} props */
function Check({ good, yes, no }) {
  return html`<li class=${`check${good === false ? " check-late" : good === null ? " check-info" : ""}`}><${Icon} name=${good ? "check" : good === null ? "info" : "triangle-alert"} /><p>${good ? yes : no}</p></li>`;
}

/** What was tried, and whether the meeting can be held without a network.
 * @param {{opened: Opened, enter: (key?: string) => void}} props */
function Ready({ opened, enter }) {
  const [found, tell] = useState(/** @type {import("./ready.js").Readiness | null} */ (null));
  useEffect(() => {
    readiness(opened.kept.id, opened.key).then(tell);
  }, [opened]);
  if (found === null) return html`<${Plain} title="Đang thử máy này…"><p class="lead">Lần đầu có thể mất nửa phút.</p><//>`;
  const ready = found.shell && found.stored;
  const title = ready ? "Máy này sẵn sàng, mất mạng vẫn họp được" : "Máy này chưa giữ đủ để họp khi mất mạng";
  return html`<${Plain} title=${title}><ul class="section">
<${Check} good=${found.shell} yes="Trang phòng họp đã nằm trên máy." no="Trang phòng họp chưa tải hết. Tải lại trang này khi mạng tốt hơn." />
<${Check} good=${found.stored} yes="Chương trình, danh sách, việc kỳ trước đã nằm trên máy, đọc được bằng PIN." no="Máy chưa lưu được chương trình và danh sách." />
<${Check} good=${found.lasting || null} yes="Trình duyệt đã nhận giữ lâu dài." no="Trình duyệt không hứa giữ lâu. Mở lại trang này trong ngày họp để chắc chắn vẫn còn." />
</ul><p class="actions"><button class=${`button${ready ? " button-main" : ""}`} onClick=${() => enter()}>Vào phòng họp</button> <button class="button" onClick=${() => enter(PRACTICE)}>Thử phòng họp</button></p>
<p class="small">Thử thì mở, điểm danh, biểu quyết, kết thúc như thật; không có gì ghi vào buổi họp, thôi thử là xóa hết.</p>
<p class="small soft">iPhone, iPad: bấm Chia sẻ rồi “Thêm vào MH chính”, mở từ biểu tượng ấy thì máy giữ chắc hơn.</p><//>`;
}

/** @param {unknown} error what came in place of the share @returns {string} */
function noShare(error) {
  const { status } = failure(error);
  if (status === 0) return "Chưa nối được với máy chủ. Khi có mạng, bấm lại; mọi điều đã ghi vẫn còn trên máy.";
  if (status === 401) return "Đăng nhập ở trang mới, rồi quay lại đây bấm lần nữa.";
  if (status === 410) return "Máy này đã bị ngắt khỏi buổi họp.";
  if (status === 404) return "Người đang đăng nhập không phải người đã chuẩn bị máy này.";
  return "Máy chủ chưa trả lời được. Đợi một phút rồi bấm lại.";
}

/** The other way in: a sign-in, then a new PIN.
 * @param {{kept: Kept, opened: (opened: Opened) => void, main: boolean}} props */
function BySignIn({ kept, opened, main }) {
  const [error, say] = useState("");
  const [key, take] = useState(/** @type {CryptoKey | null} */ (null));
  if (key !== null) {
    /** @param {string} pin */
    const choose = async (pin) => {
      await changePin(kept.id, key, pin);
      opened(await open(kept.id, key));
      return "";
    };
    return html`<section class="section"><div class="section-head"><h2>Đặt PIN mới</h2></div><${ChoosePin} button="Đặt PIN và mở" busyWords="Đang mở…" take=${choose} /></section>`;
  }
  const ask = () => {
    fetchShare(kept.id, kept.device)
      .then((share) => byShare(kept.share, share))
      .then(take, (refused) => say(noShare(refused)));
  };
  return html`<p class="actions"><button class=${`button${main ? " button-main" : ""}`} onClick=${ask}>Mở bằng đăng nhập</button> <a class="button" href="/dang-nhap/" target="_blank">Đăng nhập ở trang mới</a></p><div role="alert">${error ? html`<p class="error-text"><${Icon} name="circle-alert" />${error}</p>` : null}</div>`;
}

/** Whether a device that was cut off is still so. No entry has so great a number: nothing but the answer comes.
 * @param {Kept} kept @returns {Promise<"back" | "gone" | "cut">} */
async function standing({ id, device }) {
  const answer = await ask(`${roomPath(id)}nhat-ky/?may=${device}&sau=${Number.MAX_SAFE_INTEGER}`);
  if (answer.status < 300) return "back";
  return answer.status === 410 && answer.json.forget ? "gone" : "cut";
}

/** This device was cut off: what it holds stays, locked, until chair and clerk say what becomes of it.
 * @param {{kept: Kept, again: () => void}} props */
function Cut({ kept, again }) {
  const { refused } = kept.cut || { refused: 0 };
  const look = async () => {
    const now = await standing(kept).catch(() => "cut");
    if (now === "gone") await wipe(kept.id);
    if (now === "back") {
      await change(kept.id, (one) => {
        delete one.cut;
      });
    }
    if (now !== "cut") again();
  };
  useEffect(() => {
    look();
    const timer = setInterval(look, ASK_AGAIN);
    return () => clearInterval(timer);
  }, [kept.id]);
  const full = refused ? ` ${refused} dòng vượt mức để riêng, máy chủ không nhận; vẫn còn trên máy này.` : "";
  return html`<${Plain} title="Máy này đã bị ngắt khỏi buổi họp"><p class="lead">Phần chưa gửi đã giao lại, chủ trì và thư ký thấy ở trang Ghi muộn. Máy này vẫn giữ tất cả, đã khóa.${full}</p>
<p>Ngắt nhầm thì chủ trì hoặc thư ký mở trang <a href=${`${roomPath(kept.id)}may/`}>Máy trong phòng họp</a>, bấm “Nhận lại máy này”. Trang này tự biết và mở tiếp được bằng PIN.</p>
<p class="actions"><button class="button" onClick=${look}>Hỏi lại máy chủ</button> <a class="button" href=${`/cuoc-hop/${kept.id}/`}>Xem cuộc họp</a></p><//>`;
}

/** Open what is kept.
 * @param {{kept: Kept, opened: (opened: Opened) => void}} props */
function Locked({ kept, opened }) {
  const [gone, lose] = useState(kept.pin === null);
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
    if (left === 0) lose(true);
    return `PIN chưa đúng. Còn ${left} lần; hết lượt thì mở bằng đăng nhập, không mất gì đã ghi.`;
  };
  const facts = `Buổi họp ngày ${date(kept.day)}.${unsent > 0 ? ` Máy đang giữ ${unsent} dòng chưa gửi.` : ""}`;
  if (gone) {
    return html`<${Plain} title="PIN đã hủy sau năm lần sai"><p class="lead">${facts} Đăng nhập để mở và đặt PIN mới; không mất gì đã ghi.</p><${BySignIn} kept=${kept} opened=${opened} main=${true} /><//>`;
  }
  return html`<${Plain} title="Nhập PIN để mở buổi họp"><p class="lead">${facts}</p><${AskPin} open=${tryPin} letters=${kept.pin !== null && Boolean(kept.pin.letters)} />
<details class="space"><summary>Quên PIN</summary><p class="small">Người đã chuẩn bị máy này đăng nhập, rồi đặt PIN mới. Không mất gì đã ghi.</p><${BySignIn} kept=${kept} opened=${opened} main=${false} /></details><//>`;
}

/** The store does not answer: iOS may mend that by loading the page again, once.
 * @param {{error: unknown}} props */
function NoStore({ error }) {
  useEffect(() => {
    if (!(error instanceof NoAnswer) || sessionStorage.getItem(RELOADED)) return;
    sessionStorage.setItem(RELOADED, "1");
    location.reload();
  }, [error]);
  return html`<${Plain} title="Bộ nhớ của trình duyệt không trả lời"><p class="lead">Đóng hẳn trình duyệt rồi mở lại. Nếu đang ở cửa sổ riêng tư, mở bằng cửa sổ thường.</p><//>`;
}

/** Whether this device keeps the meeting, and the way on from there.
 * @param {{meeting: string, room: (opened: Opened) => any}} props room: draws the meeting, once it is open */
export function Start({ meeting, room }) {
  const [kept, know] = useState(/** @type {Kept | null | undefined} */ (undefined));
  const [failed, fail] = useState(/** @type {unknown} */ (null));
  const [fresh, celebrate] = useState(/** @type {Opened | null} */ (null));
  const [, redraw] = useState(0);
  const why = shortcoming();
  const read = () => found(meeting).then((one) => know(one || null), fail);
  useEffect(() => {
    if (!why) wipeWhatIsOver(Date.now()).catch(() => undefined).then(read);
  }, [meeting]);
  if (why === "insecure" || why === "old") return html`<${Unsupported} meeting=${meeting} why=${why} />`;
  const now = running(meeting);
  const again = () => redraw((before) => before + 1);
  /** @param {Opened} opened */
  const begin = (opened) => {
    run(opened, again);
    again();
  };
  if (fresh !== null) {
    const enter = (key = "") => {
      celebrate(null);
      begin(fresh);
      if (key) location.hash = `#${meeting}/${key}`;
    };
    return html`<${Ready} opened=${fresh} enter=${enter} />`;
  }
  if (now !== null) return room(now);
  const refused = wasTaken(meeting);
  if (refused !== undefined) {
    return html`<${Plain} title="Buổi họp không còn trên máy này"><p class="lead">Máy đã bị ngắt khỏi buổi họp, hoặc biên bản đã ký xong. Những gì chưa gửi đã gửi trước khi xóa${refused ? `; ${refused} dòng vượt mức để riêng, máy chủ không nhận` : ""}.</p><p><a href=${`/cuoc-hop/${meeting}/`}>Xem cuộc họp</a></p><//>`;
  }
  if (failed !== null) return html`<${NoStore} error=${failed} />`;
  if (!meeting) return html`<${List} />`;
  if (kept === undefined) return null;
  if (kept === null) return html`<${SetUp} meeting=${meeting} done=${celebrate} />`;
  if (kept.cut) return html`<${Cut} kept=${kept} again=${read} />`;
  return html`<${Locked} kept=${kept} opened=${begin} />`;
}
