/**
 * Who was in the room at a vote that is written down later, asked of those whose being there changes its base: who need
 * not come, came, and left or came late.
 * @typedef {import("../session.js").Session} Session
 */
import { Boxes, ticked } from "../choices.js";
import { baseNow, perhapsThere } from "../hands.js";
import { html } from "../view.js";

/** The base of a vote as the form says it. @param {Session} session @param {FormData} data */
export function baseAt(session, data) {
  const there = ticked(data, "there");
  return baseNow(session, new Map(perhapsThere(session).map(({ person }) => [person, there.indexOf(person) >= 0])));
}

/** @param {{session: Session, form: import("../forms.js").Form}} props */
export function There({ session, form }) {
  const perhaps = perhapsThere(session);
  if (!perhaps.length) return null;
  const choices = perhaps.map(({ person }) => [person, session.name(person)]);
  const still = perhaps.filter((line) => !line.left_early).map((line) => line.person);
  return html`<${Boxes} form=${form} name="there" label="Lúc biểu quyết, ai có mặt" choices=${choices} values=${still} hint="Đồng chí miễn sinh hoạt, sinh hoạt nơi khác: có mặt và biểu quyết thì mới tính." />`;
}
