/**
 * A secret vote on paper: put to the cell, ballots printed, the tellers' sums, what came of it (M14). rest: the ballot,
 * and behind a slash "phieu" for the ballots to print.
 * @typedef {import("../session.js").Session} Session
 */
import { Boxes, Radios, ticked } from "../choices.js";
import { checkLength, checkText, ErrorSummary, Field, Link, typed, useForm } from "../forms.js";
import { Acts, html, Icon, Status } from "../view.js";
import { readLines } from "../words.js";
import { BallotPapers } from "./ballot_papers.js";
import { OneBallot } from "./ballot.js";
import { Over } from "./over.js";

const TITLE = "Bỏ phiếu kín việc gì";
/** @type {[string, string][]} */
const FRACTIONS = [
  ["half", "Hơn một nửa cơ sở tính"],
  ["two_thirds", "Ít nhất hai phần ba"],
];
const MOST_NAMES = 30;

/** @param {import("../view.js").ScreenProps} props */
export function Ballots({ session, go, rest }) {
  const [id, papers] = rest.split("/");
  const ballot = session.room.ballots.get(id);
  if (ballot && papers) return html`<${BallotPapers} session=${session} go=${go} ballot=${ballot} />`;
  if (session.room.closed_by !== null) return html`<${Over} session=${session} go=${go} />`;
  if (ballot) return html`<${OneBallot} session=${session} go=${go} ballot=${ballot} />`;
  return html`<h1>Bỏ phiếu kín</h1>
<p class="soft">Phiếu in trên giấy. Chibo chỉ ghi số phiếu do tổ kiểm phiếu đếm, không biết ai bỏ phiếu thế nào.</p>
<${Put} session=${session} go=${go} />
<${Declare} session=${session} go=${go} />
<${Acts}><${Link} class="button" session=${session} go=${go} to="bieu-quyet">Biểu quyết giơ tay<//><//>`;
}

/** Those of this meeting. @param {{session: Session, go: (key: string) => void}} props */
function Put({ session, go }) {
  const rows = [...session.room.ballots.values()];
  if (!rows.length) return null;
  return html`<section class="section" aria-labelledby="da"><div class="section-head"><h2 id="da">Của buổi họp này</h2></div>
<ul>${rows.map((one) => {
    const counted = session.room.secrets.has(one.id);
    return html`<li class="row" key=${one.id}><div><p class="row-title"><${Link} session=${session} go=${go} to=${`bo-phieu-kin/${one.id}`}>${one.title}<//></p>${one.names.length ? html`<p class="row-meta">${one.names.length} người trên phiếu</p>` : null}</div><div class="row-end">${counted ? html`<${Status} state="ok" icon="check">Đã ghi kết quả<//>` : html`<${Status} state="late" icon="clock">Chưa ghi kết quả<//>`}</div></li>`;
  })}</ul></section>`;
}

/** Who may count: whoever is there and not suspended. @param {Session} session @returns {[string, string][]} */
function presentIn({ pack, room }) {
  const here = pack.people.filter((one) => {
    const line = room.roll.get(one.id);
    return line !== undefined && line.state === "present" && !line.suspended;
  });
  return here.map((one) => [one.id, one.name]);
}

/** What is wrong with a list of names. @param {string[]} names @param {string} text */
function wrongNames(names, text) {
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice) return `${twice} đứng hai lần trong danh sách. Bỏ một dòng.`;
  if (names.length > MOST_NAMES) {
    return `Danh sách ${names.length} người, phiếu ghi được ${MOST_NAMES}. Chia làm hai lần bỏ phiếu.`;
  }
  return checkLength(text, "Danh sách trên phiếu", 3000);
}

/** Something is put to a secret vote. @param {{session: Session, go: (key: string) => void}} props */
function Declare({ session, go }) {
  const present = presentIn(session);
  const form = useForm(session, "bo-phieu-kin", {
    check: (data) => {
      const names = readLines(typed(data, "names"));
      const listed = new Set(names.map((name) => name.toLowerCase()));
      const tellers = ticked(data, "tellers");
      const own = present.find(([id, name]) => tellers.indexOf(id) >= 0 && listed.has(name.toLowerCase()));
      const onBallot = own ? `Đồng chí ${own[1]} có tên trên phiếu nên không kiểm phiếu. Chọn người khác.` : "";
      return {
        title: checkText(typed(data, "title"), TITLE, 300),
        names: wrongNames(names, typed(data, "names")),
        fraction: typed(data, "fraction") ? "" : "Chưa chọn “Cần bao nhiêu”.",
        tellers: tellers.length ? onBallot : "Chưa chọn “Ai kiểm phiếu”.",
      };
    },
    send: async (data) => {
      const entry = await session.write("ballot", {
        title: typed(data, "title"),
        names: readLines(typed(data, "names")),
        fraction: typed(data, "fraction"),
        tellers: ticked(data, "tellers"),
        item: session.room.current,
      });
      session.say("Đã đưa ra bỏ phiếu kín. In phiếu, phát cho từng đồng chí.", entry);
      go(`bo-phieu-kin/${entry}`);
    },
  });
  if (!present.length) {
    return html`<div class="notice notice-late space"><${Icon} name="triangle-alert" /><div><p>Chưa có đồng chí nào được ghi là có mặt. <${Link} session=${session} go=${go} to="diem-danh">Điểm danh trước<//></p></div></div>`;
  }
  return html`<section class="section" aria-labelledby="moi"><div class="section-head"><h2 id="moi">Đưa ra bỏ phiếu kín</h2></div>
<${ErrorSummary} form=${form} />
<form class="form-page" key=${form.turn} onSubmit=${form.submit} onClick=${form.press}>
<${Field} form=${form} name="title" label=${TITLE} />
<${Field} form=${form} name="names" label="Danh sách trên phiếu" rows=${4} hint="Mỗi dòng một người. Để trống nếu phiếu chỉ hỏi tán thành hay không." />
<${Radios} form=${form} name="fraction" label="Cần bao nhiêu" choices=${FRACTIONS} value="half" />
<${Boxes} form=${form} name="tellers" label="Ai kiểm phiếu" choices=${present} hint="Chi bộ cử. Người có tên trên phiếu không kiểm phiếu." />
<p class="actions"><button class="button button-main">Đưa ra bỏ phiếu kín</button></p></form></section>`;
}
