/** Electing the clerk: one tap. */
import { Act, Link } from "../forms.js";
import { Acts, html } from "../view.js";
import { isExpected, rollOf } from "../words.js";
import { Over } from "./over.js";

/** @param {import("../view.js").ScreenProps} props */
export function Clerk({ session, go }) {
  const { room, pack } = session;
  if (room.closed_by !== null) return html`<${Over} session=${session} go=${go} />`;
  /** @param {string} person */
  const elect = async (person) => {
    const entry = await session.write("clerk", { member: person });
    session.say(`Đồng chí ${session.name(person)} ghi biên bản.`, entry);
    go("diem-danh");
  };
  const able = rollOf(session).filter((line) => isExpected(line) && line.kind !== "temporary").map((line) => line.person);
  const proposed = room.clerk === null && able.indexOf(pack.proposed.clerk || "") >= 0 ? pack.proposed.clerk : null;
  const others = able.filter((person) => person !== room.chair && person !== pack.proposed.clerk);
  const say = room.clerk
    ? "Chi bộ cử đồng chí khác thì chọn ở dưới."
    : "Chi bộ cử một đồng chí. Đồng chí ấy đăng nhập trên máy của mình là ghi được.";
  return html`<${Acts}><${Link} session=${session} go=${go} to="diem-danh" class="button">${room.clerk ? "Giữ thư ký, điểm danh" : "Điểm danh trước"}<//><//>
<h1>${room.clerk ? `Thư ký: đồng chí ${session.name(room.clerk)}` : "Cử thư ký ghi biên bản"}</h1>
<p class="say">${say}</p>
${
  proposed
    ? html`<p class="actions"><${Act} class="button button-main" act=${() => elect(proposed)}>Cử đồng chí ${session.name(proposed)}<//></p><p class="soft">Đã dự kiến khi chuẩn bị.</p>`
    : null
}
<section class="section" aria-labelledby="able"><div class="section-head"><h2 id="able">${proposed ? "Hoặc đồng chí khác" : "Đảng viên của chi bộ"}</h2></div>
<ul class="people roll">${others.map((person) => html`<li key=${person}><span>${session.name(person)}${person === room.clerk ? html`<small>đang là thư ký</small>` : null}</span><${Act} class="button button-quiet" act=${() => elect(person)}>Cử<span class="hide"> đồng chí ${session.name(person)}</span><//></li>`)}</ul></section>`;
}
