/**
 * Who has long not spoken: asked of the server on the chair's own sign-in, held in memory alone, gone with the page.
 * Nothing of it is ever kept on the device (mission.md, never hold 2).
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./leading.js").Silent} Silent
 */
import { presides, stillSilent } from "./leading.js";
import { running } from "./running.js";
import { ask, roomPath } from "./server.js";
import { useEffect, useState } from "./view.js";

const AGAIN_AFTER = 10 * 60000;
/** What was asked, and when. @type {Map<string, {at: number, silent: Promise<Silent[]>}>} */
const asked = new Map();

/** Ask, where this window has the meeting open and joins up; nobody out of the server's reach, or for another than the
 * chair.
 * @param {string} meeting @returns {Promise<Silent[]>} */
function ofMeeting(meeting) {
  if (running(meeting) === null) return Promise.resolve([]);
  const before = asked.get(meeting);
  const at = performance.now();
  if (before !== undefined && at - before.at < AGAIN_AFTER) return before.silent;
  const silent = ask(`${roomPath(meeting)}im-lang/`).then(
    ({ status, json }) => (status === 200 ? json.silent : []),
    () => {
      asked.delete(meeting); // no network: the next item asks again
      return [];
    },
  );
  asked.set(meeting, { at, silent });
  return silent;
}

/** Who has long not spoken and is here, for the chair; for everybody else nobody.
 * @param {Session} session @returns {Silent[]} */
export function useSilent(session) {
  const [silent, set] = useState(/** @type {Silent[]} */ ([]));
  const mine = presides(session);
  useEffect(() => {
    if (!mine) return undefined;
    let there = true;
    ofMeeting(session.pack.meeting.id).then((found) => {
      if (there) set(found);
    });
    return () => {
      there = false;
    };
  }, [session, mine, session.room.current]);
  return mine ? stillSilent(session, silent) : [];
}
