/**
 * One secret vote: the way to the ballots, the tellers' sums, the result.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../counted.js").Ballot} Ballot
 */
import { hundredths, needed } from "../../room/base_of_vote.js";
import { COUNTS, linesOf, SUMS, writeCounts, wrongCounts } from "../counted.js";
import { ErrorSummary, FieldError, Link, useForm, useInput } from "../forms.js";
import { arithmetic, baseNow } from "../hands.js";
import { Acts, Aside, html, Icon, Status } from "../view.js";
import { percent } from "../words.js";
import { baseAt, There } from "./there.js";

/** @param {{session: Session, go: (key: string) => void, ballot: Ballot}} props */
export function OneBallot({ session, go, ballot }) {
  const base = baseNow(session);
  const least = needed(base.size, ballot.fraction);
  const counted = session.room.secrets.get(ballot.id);
  const tellers = ballot.tellers.map((one) => session.name(one)).join(", ");
  const current = session.room.current;
  const onDevices = ballot.medium === "device" && !ballot.election;
  return html`<h1>${ballot.title}</h1>
<p>Kiểm phiếu: ${tellers}. Cần ít nhất ${least} trên ${base.size} để đạt.</p>
${counted ? html`<${Result} counted=${counted} />` : onDevices ? html`<${OnDevices} session=${session} ballot=${ballot} />` : html`<p class="actions"><${Link} class="button button-main" session=${session} go=${go} to=${`bo-phieu-kin/${ballot.id}/phieu`}><${Icon} name="printer" />In ${base.present} phiếu<//></p>`}
${onDevices ? null : html`<section class="section" aria-labelledby="dem"><div class="section-head"><h2 id="dem">${counted ? "Đếm lại" : "Tổ kiểm phiếu báo kết quả"}</h2></div><${CountForm} session=${session} ballot=${ballot} again=${Boolean(counted)} /></section>`}
<${Aside} label=${`Cần ${least} trên ${base.size}`}><div class="section-head"><h2>Cần ${least} trên ${base.size}</h2></div>
<table class="tally"><tbody>${arithmetic(base).map(([label, number], place, all) => html`<tr key=${label} class=${place === all.length - 1 ? "sum" : undefined}><td>${label}</td><td>${number < 0 ? `−${-number}` : number}</td></tr>`)}
<tr><td>Có mặt, được bỏ phiếu</td><td>${base.present}</td></tr></tbody></table>
<p class="source">Điều lệ Đảng, Điều 9, khoản 5.${session.pack.rules.base_source ? ` ${session.pack.rules.base_source}.` : ""}</p><//>
<${Acts}><${Link} class="button" session=${session} go=${go} to="bo-phieu-kin">Các lần bỏ phiếu kín<//>${current ? html`<${Link} class="button" session=${session} go=${go} to=${`muc/${current}`}>Bàn tiếp<//>` : null}<//>`;
}

/** Its urn stands on the server, so it is closed there. @param {{session: Session, ballot: Ballot}} props */
function OnDevices({ session, ballot }) {
  return html`<div class="notice space"><${Icon} name="info" /><div><p><b>Đang bỏ phiếu trên điện thoại.</b> Hòm phiếu ở máy chủ, nên đóng ở đó, khi có mạng. Không có mạng thì đưa ra lần nữa, bỏ phiếu giấy.</p>
<p class="actions"><a class="button" href=${`/cuoc-hop/${session.pack.meeting.id}/phong/bo-phieu-kin/${ballot.id}/`}>Mở hòm phiếu trên máy chủ</a></p></div></div>`;
}

/** @param {{counted: any}} props */
function Result({ counted }) {
  const size = counted.included.length;
  const least = needed(size, counted.fraction);
  return html`<section class="section" aria-labelledby="kq"><div class="section-head"><h2 id="kq">Kết quả</h2></div>
<p>Phát ra ${counted.issued}, thu về ${counted.returned}, không hợp lệ ${counted.invalid}.</p>
<ul>${counted.choices.map((/** @type {import("../counted.js").Counted} */ one) => {
    const share = percent(hundredths(one.in_favour, size));
    const passed = one.in_favour >= least;
    return html`<li class="row" key=${one.name}><div><p class="row-title">${one.name}</p><p class="row-meta">${one.in_favour} tán thành, ${one.against} không tán thành, ${one.blank} phiếu trắng</p></div><div class="row-end"><${Status} state=${passed ? "ok" : "late"} icon=${passed ? "check" : "x"}>${share}<//></div></li>`;
  })}</ul></section>`;
}

/** @param {{session: Session, ballot: Ballot, again: boolean}} props
 *   again: there are sums already */
function CountForm({ session, ballot, again }) {
  const form = useForm(session, `phieu ${ballot.id}`, {
    check: (data) => wrongCounts(ballot, baseAt(session, data), data),
    send: async (data) => {
      session.say(`Đã ghi kết quả kiểm phiếu: ${ballot.title}.`, await writeCounts(session, ballot, baseAt(session, data), data));
    },
  });
  const fields = html`<form class="form-page" key=${form.turn} onSubmit=${form.submit} onClick=${form.press}>
<div class="counts">${SUMS.map(([key, label]) => html`<${Count} key=${key} form=${form} name=${key} label=${label} />`)}</div>
${linesOf(ballot).map((line, place) => html`<fieldset class="field" key=${place}><legend>${line}</legend><div class="counts">${COUNTS.map(([key, label]) => html`<${Count} key=${key} form=${form} name=${`${key}_${place}`} label=${label} />`)}</div></fieldset>`)}
<${There} session=${session} form=${form} />
<p class="small soft">Mỗi dòng cộng lại phải bằng số phiếu hợp lệ: thu về trừ không hợp lệ.</p>
<p class="actions"><button class=${`button${again ? "" : " button-main"}`}>Ghi kết quả kiểm phiếu</button></p></form>`;
  if (!again) return html`<${ErrorSummary} form=${form} />${fields}`;
  return html`<details open=${Object.keys(form.errors).length > 0 || undefined}><summary>Ghi kết quả đếm lại</summary><${ErrorSummary} form=${form} />${fields}</details>`;
}

/** A number that somebody counted. @param {{form: import("../forms.js").Form, name: string, label: string}} props */
function Count({ form, name, label }) {
  const input = useInput(form, name);
  return html`<label for=${input.id}>${label}</label><input ...${input} type="text" inputmode="numeric" /><${FieldError} form=${form} name=${name} />`;
}
