/**
 * The room on a device: which screen an address means, and what stands around it. The address behind # is
 * "<meeting>/<key>"; keys are the words of the server's paths.
 */
import { Frame } from "./frame.js";
import { KEEP, Keep, KeepOffered } from "./keep.js";
import { stepInHall, stepToGoOnAt } from "./leading.js";
import { Own } from "./own.js";
import { PRACTICE, practiceOf } from "./practice.js";
import { Sign } from "./sign.js";
import { Start } from "./start.js";
import { stepAt } from "./steps.js";
import { Ballots } from "./screens/ballots.js";
import { Clerk } from "./screens/clerk.js";
import { Conclude } from "./screens/conclude.js";
import { DifferingOpinions } from "./screens/differing.js";
import { End } from "./screens/end.js";
import { Item } from "./screens/item.js";
import { Look } from "./screens/look.js";
import { Minutes } from "./screens/minutes.js";
import { Opening } from "./screens/opening.js";
import { Remark } from "./screens/remark.js";
import { Review } from "./screens/review.js";
import { Roll } from "./screens/roll.js";
import { Score } from "./screens/score.js";
import { Signed } from "./screens/signed.js";
import { Tasks } from "./screens/tasks.js";
import { Vote } from "./screens/vote.js";
import { html, render, useEffect, useLayoutEffect, useRef, useSession, useState } from "./view.js";

/** @typedef {import("./session.js").Session} Session */

/** The screen of each key; what stands behind the first slash of a key is the screen's `rest`.
 * @type {{[key: string]: (props: import("./view.js").ScreenProps) => any}} */
export const SCREENS = {
  mo: Opening,
  "thu-ky": Clerk,
  "diem-danh": Roll,
  muc: Item,
  "y-kien": Remark,
  "viec-cu": Review,
  "viec-moi": Tasks,
  "ket-luan": Conclude,
  "cham-diem": Score,
  "bieu-quyet": Vote,
  "y-kien-khac": DifferingOpinions,
  "bo-phieu-kin": Ballots,
  "xem-lai": Look,
  "bien-ban": Minutes,
  "ket-thuc": End,
};
const PLACE = /^#([0-9a-f-]{36})(?:\/(.*))?$/;

/** @param {string} hash @returns {{meeting: string, key: string}} the meeting "" is none */
export function placeOf(hash) {
  const found = PLACE.exec(hash);
  return found ? { meeting: found[1], key: decodeURIComponent(found[2] || "") } : { meeting: "", key: "" };
}

/** The key that is shown where the address names none, or one that the meeting is not at.
 * @param {Session} session @param {string} key */
export function keyAt(session, key) {
  const { room } = session;
  if (key === "may" || key === KEEP) return key;
  if (session.isSigned) return "da-ky";
  if (room.opened_at === null) return "mo";
  if (key !== "mo" && Object.prototype.hasOwnProperty.call(SCREENS, key.split("/")[0])) return key;
  if (room.closed_at !== null) return "ket-thuc";
  return (stepInHall(session) || stepToGoOnAt(session)).key;
}

/** A meeting on this device.
 * @param {{parts: import("./ready.js").Opened, place: {meeting: string, key: string}, stop?: () => void}} props
 *   stop: leaves the practice, where this is one */
export function RoomPage({ parts, place, stop }) {
  const { session, store, sync } = parts;
  useSession(session);
  const key = keyAt(session, place.key);
  const path = `#${place.meeting}/`;
  /** To another screen; an act that was slow leads nobody away who has gone on meanwhile. @param {string} to */
  const go = (to) => {
    const here = placeOf(location.hash);
    if (here.meeting !== place.meeting || here.key !== place.key) return;
    along.current = session.saying ? session.notice : null;
    location.hash = path + to;
  };
  const shown = useRef("");
  const along = useRef(/** @type {import("./session.js").Notice | null} */ (null));
  useLayoutEffect(() => {
    if (shown.current && shown.current !== key) {
      arrive();
      if (session.notice !== along.current) session.hush();
      along.current = null;
    }
    shown.current = key;
    name();
  });
  const written = [...session.entries.values()].some((entry) => entry.device === session.device);
  const standing = { failing: store.failing, state: sync.state, written, unsent: session.unsent.length, sent: sync.sent };
  const sign = html`<${Sign} standing=${standing} />`;
  const [word, ...rest] = key.split("/");
  const props = { key, session, go, rest: rest.join("/") };
  const whole = { may: Own, [KEEP]: Keep, "da-ky": Signed }[word];
  const screen = whole ? html`<${whole} parts=${parts} />` : html`<${SCREENS[word]} ...${props} />`;
  return html`<${Frame} session=${session} path=${path} at=${key} step=${stepAt(session, key)} sign=${sign} stop=${stop}><${KeepOffered} parts=${parts} path=${path} />${screen}<//>`;
}

/** A meeting on this device, or a practice of it before it is opened.
 * @param {{parts: import("./ready.js").Opened, place: {meeting: string, key: string}}} props */
function Room({ parts, place }) {
  const [practice, practise] = useState(/** @type {import("./ready.js").Opened | null} */ (null));
  useEffect(() => {
    if (place.key !== PRACTICE) return;
    if (parts.session.room.opened_at === null) practise(practiceOf(parts));
    location.replace(`#${place.meeting}/`);
  }, [place.key]);
  if (practice === null) return html`<${RoomPage} key="real" parts=${parts} place=${place} />`;
  const stop = () => {
    practise(null);
    location.hash = `#${place.meeting}/`;
  };
  const here = place.key === "may" || place.key === KEEP ? { ...place, key: "" } : place;
  return html`<${RoomPage} key="practice" parts=${practice} place=${here} stop=${stop} />`;
}

/** A new screen: what was done before is said no more, and the heading is where reading begins. */
function arrive() {
  window.scrollTo(0, 0);
  const heading = document.querySelector("h1");
  if (!(heading instanceof HTMLElement)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** The window is named by what its heading says. */
function name() {
  const heading = document.querySelector("h1");
  const words = heading ? heading.textContent : "Phòng họp";
  if (document.title !== `${words} · Chibo`) document.title = `${words} · Chibo`;
}

/** The whole page. */
function App() {
  const [place, move] = useState(placeOf(location.hash));
  useEffect(() => {
    const moved = () => move(placeOf(location.hash));
    window.addEventListener("hashchange", moved);
    return () => window.removeEventListener("hashchange", moved);
  }, []);
  /** @param {import("./ready.js").Opened} parts */
  const room = (parts) => html`<${Room} parts=${parts} place=${place} />`;
  return html`<${Start} key=${place.meeting} meeting=${place.meeting} room=${room} />`;
}

const root = document.getElementById("room");
if (root) {
  root.textContent = "";
  render(html`<${App} />`, root);
}
