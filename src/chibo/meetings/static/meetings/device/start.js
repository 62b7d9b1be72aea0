/**
 * What comes before the room: the meetings on this device, bringing one along for whoever is signed in; and what is said
 * where a browser cannot hold a meeting.
 *
 * @typedef {import("./kept.js").Kept} Kept
 * @typedef {import("./ready.js").Opened} Opened
 */
import { NoAnswer } from "./database.js";
import { change, found, meetings, waiting, wipe, wipeWhatIsOver } from "./kept.js";
import { Plain, signIn } from "./plain_page.js";
import { ReadyAlready, bring, enrol, shortcoming } from "./ready.js";
import { run, running, wasTaken } from "./running.js";
import { ask, roomPath } from "./server.js";
import { html, useEffect, useState } from "./view.js";
import { WayIn, statusOf } from "./way_in.js";
import { date } from "./words.js";

const RELOADED = "chibo-phong-hop-tai-lai";
const ASK_AGAIN = 10000;
/** In place of an answer's status: the browser keeps nothing. */
const NOT_KEPT = -1;

const SHORT = {
  insecure:
    "Địa chỉ này không có https, nên trình duyệt không mã hóa được những gì ghi trên máy. Xin người quản trị địa chỉ bắt đầu bằng https rồi mở lại.",
  old: "Có thể trang được mở từ trong Zalo, đang ở cửa sổ riêng tư, hoặc trình duyệt quá cũ. Chép địa chỉ rồi mở bằng Chrome 80, Safari 13.4 trở lên.",
};

/** @param {{meeting: string, why: "insecure" | "old"}} props */
function Unsupported({ meeting, why }) {
  return html`<${Plain} title="Trình duyệt này không mở được phòng họp"><p class="lead">${SHORT[why]} Những gì đã ghi vẫn còn đủ.</p>
<p>Không có máy nào khác thì in chương trình, ghi vào sổ giấy; sau buổi họp ghi lại ở “Ghi lại buổi đã họp”.</p><p><a href=${meeting ? `/cuoc-hop/${meeting}/` : "/"}>${meeting ? "Xem cuộc họp, in chương trình" : "Về trang đầu"}</a></p><//>`;
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
    return html`<${Plain} title="Chưa có buổi họp nào trên máy này"><p class="lead">Mở trang của cuộc họp rồi bấm “Mở phòng họp”.</p><p><a href="/">Về trang đầu</a></p><//>`;
  }
  return html`<${Plain} title="Các buổi họp trên máy này"><ul class="section">${rows.map((row) => html`<${Meeting} key=${row.kept.id} ...${row} />`)}</ul><p class="space"><a href="/">Về trang đầu</a></p><//>`;
}

/** @param {{meeting: string, status: number, again: () => void}} props */
function NotBrought({ meeting, status, again }) {
  if (status === 401) {
    return html`<${Plain} title="Đăng nhập để mở phòng họp"><p class="lead">Chủ trì, thư ký và chi ủy viên đăng nhập là vào phòng họp.</p><p class="actions"><a class="button button-main" href=${signIn()}>Đăng nhập</a></p><//>`;
  }
  if (status === 404) {
    return html`<${Plain} title="Phòng họp này không mở cho người đang đăng nhập"><p class="lead">Chỉ chủ trì, thư ký và chi ủy viên của chi bộ mở phòng họp. Nếu đồng chí là một trong những người ấy, đăng nhập bằng tên của mình.</p><p><a href="/">Về trang đầu</a></p><//>`;
  }
  if (status === 409 || status === 410) {
    return html`<${Plain} title="Buổi họp này không mở trên máy được nữa"><p class="lead">Biên bản đã ký, cuộc họp đã hủy, hoặc máy này đã bị ngắt.</p><p><a href=${`/cuoc-hop/${meeting}/`}>Xem cuộc họp</a></p><//>`;
  }
  if (status === NOT_KEPT) {
    return html`<${Plain} title="Máy này không cho lưu"><p class="lead">Có thể máy hết chỗ, hoặc đang ở cửa sổ riêng tư. Mở bằng cửa sổ thường rồi làm lại.</p><p class="actions"><button class="button button-main" onClick=${again}>Thử lại</button></p><//>`;
  }
  const words = status === 0 ? "Chưa nối được với máy chủ. Lần đầu mở phòng họp cần mạng; sau đó mất mạng vẫn ghi được." : "Máy chủ chưa trả lời được. Đợi một phút rồi thử lại.";
  return html`<${Plain} title="Máy này chưa có buổi họp"><p class="lead">${words}</p><p class="actions"><button class="button button-main" onClick=${again}>Thử lại</button></p><//>`;
}

/** Bring the meeting along and open it; the key lies here wrapped for a sign-in alone.
 * @param {{meeting: string, opened: (opened: Opened) => void, again: () => void}} props again: another window was faster */
function SetUp({ meeting, opened, again }) {
  const [status, say] = useState(/** @type {number | null} */ (null));
  const fetchAll = () => {
    say(null);
    bring(meeting)
      .then((brought) => enrol(meeting, brought).catch((error) => (error instanceof ReadyAlready ? again() : say(NOT_KEPT))))
      .then((found) => found && opened(found), (error) => say(statusOf(error)));
  };
  useEffect(fetchAll, [meeting]);
  if (status !== null) return html`<${NotBrought} meeting=${meeting} status=${status} again=${fetchAll} />`;
  return html`<${Plain} title="Đang mở phòng họp…" />`;
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
<p>Ngắt nhầm thì chủ trì hoặc thư ký mở trang <a href=${`${roomPath(kept.id)}may/`}>Máy trong phòng họp</a>, bấm “Nhận lại máy này”. Trang này tự biết và mở tiếp được.</p>
<p class="actions"><button class="button" onClick=${look}>Hỏi lại máy chủ</button> <a class="button" href=${`/cuoc-hop/${kept.id}/`}>Xem cuộc họp</a></p><//>`;
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
  if (now !== null) return room(now);
  const refused = wasTaken(meeting);
  if (refused !== undefined) {
    return html`<${Plain} title="Buổi họp không còn trên máy này"><p class="lead">Máy đã bị ngắt khỏi buổi họp, hoặc biên bản đã ký xong. Những gì chưa gửi đã gửi trước khi xóa${refused ? `; ${refused} dòng vượt mức để riêng, máy chủ không nhận` : ""}.</p><p><a href=${`/cuoc-hop/${meeting}/`}>Xem cuộc họp</a></p><//>`;
  }
  if (failed !== null) return html`<${NoStore} error=${failed} />`;
  if (!meeting) return html`<${List} />`;
  if (kept === undefined) return null;
  if (kept === null) return html`<${SetUp} meeting=${meeting} opened=${begin} again=${read} />`;
  if (kept.cut) return html`<${Cut} kept=${kept} again=${read} />`;
  return html`<${WayIn} key=${String(kept.pin === null)} kept=${kept} opened=${begin} again=${read} />`;
}
