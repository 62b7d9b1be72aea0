/**
 * The ballots to print: as many as there are voters in the room, nothing on them that tells one from another; the last
 * page is for the tellers to write and sign.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../counted.js").Ballot} Ballot
 */
import { linesOf } from "../counted.js";
import { Link } from "../forms.js";
import { baseNow } from "../hands.js";
import { Acts, html, Icon, useEffect } from "../view.js";
import { date } from "../words.js";

/** @param {{session: Session, go: (key: string) => void, ballot: Ballot}} props */
export function BallotPapers({ session, go, ballot }) {
  const copies = baseNow(session).present;
  useEffect(dressed, []);
  const long = ballot.names.length ? " ballots-long" : "";
  return html`<div class="no-print"><h1>${copies} phiếu, sẵn sàng in</h1>
<p class="lead">Các phiếu giống hệt nhau: không số, không dấu. Trang cuối là biên bản kiểm phiếu để tổ kiểm phiếu ghi và ký.</p>
<p class="actions"><button class="button button-main" type="button" onClick=${() => window.print()}><${Icon} name="printer" />In</button></p></div>
<div class=${`ballots${long}`}>${Array.from({ length: copies }, (_, place) => html`<${Paper} key=${place} session=${session} ballot=${ballot} />`)}</div>
<${Counting} session=${session} ballot=${ballot} />
<${Acts}><${Link} class="button" session=${session} go=${go} to=${`bo-phieu-kin/${ballot.id}`}>Ghi kết quả<//><//>`;
}

/** The sheet of ballots has margins of its own, which no other page may print with: its style comes and goes with it. */
function dressed() {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = document.documentElement.dataset.ballots || "";
  document.head.append(style);
  return () => style.remove();
}

/** @param {{session: Session, ballot: Ballot}} props */
function Paper({ session, ballot }) {
  const named = ballot.names.length > 0;
  return html`<article class="ballot"><p class="ballot-cell">${session.pack.meeting.cell_name}</p><h2>Phiếu biểu quyết</h2><p>${ballot.title}</p>
<table><thead><tr><th>${named ? "Họ và tên" : html`<span class="hide">Nội dung</span>`}</th><th>Tán thành</th><th>Không tán thành</th></tr></thead>
<tbody>${linesOf(ballot).map((line) => html`<tr key=${line}><td>${named ? line : "Ý kiến của đồng chí"}</td><td><span class="ballot-box"></span></td><td><span class="ballot-box"></span></td></tr>`)}</tbody></table>
<p class="ballot-foot">Đánh dấu × vào một ô ở mỗi dòng. Không ghi tên, không ký.</p></article>`;
}

/** The tellers' own paper. @param {{session: Session, ballot: Ballot}} props */
function Counting({ session, ballot }) {
  const tellers = ballot.tellers.map((one) => session.name(one));
  const { cell_name: cell, day } = session.pack.meeting;
  return html`<article class="counting"><p class="ballot-cell">${cell}</p><h2>Biên bản kiểm phiếu</h2><p>${ballot.title}. Họp ngày ${date(day)}.</p>
<p>Tổ kiểm phiếu: ${tellers.join(", ")}.</p>
<p>Số phiếu phát ra: ……… ${"\u00a0"} Thu về: ……… ${"\u00a0"} Hợp lệ: ……… ${"\u00a0"} Không hợp lệ: ………</p>
<table><thead><tr><th>${ballot.names.length ? "Họ và tên" : "Nội dung"}</th><th>Tán thành</th><th>Không tán thành</th><th>Phiếu trắng</th></tr></thead><tbody>${linesOf(ballot).map((line) => html`<tr key=${line}><td>${line}</td><td></td><td></td><td></td></tr>`)}</tbody></table>
<p class="counting-sign">${tellers.map((name) => html`<span key=${name}>${name}</span>`)}</p></article>`;
}
