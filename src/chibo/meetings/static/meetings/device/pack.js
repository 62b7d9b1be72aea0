/**
 * What a device brings along to a meeting, as `/cuoc-hop/<id>/phong/goi/` gives it (chibo.meetings.device.pack). Ids
 * are text, days "2026-12-05", moments milliseconds; people stand in Vietnamese order.
 *
 * @typedef {{id: string, name: string, given: string, kind: string, exempt: boolean, away: boolean, suspended: boolean, announced: string}} Person
 *   announced: the reason in words, of whoever said beforehand that they cannot come; else ""
 * @typedef {{kind: string, key: string, title: string, item: string | null, minutes: number | null, work: string, text: string, presented_by: string, questions: string[], self_criticism: boolean, guide: Guide | null}} Step
 *   kind: opening, review, new_tasks, conclusion, closing, or "item"; key: the place in the address, "diem-danh" or "muc/<id>"
 * @typedef {{say: string, act: string, rule: string, source: string}} Guide  what the chair says and does at a step, and the rule behind it
 * @typedef {{id: string, item: string, author: string, name: string, text: string}} Opinion  prepared and handed in
 * @typedef {{id: string, number: number, what: string, lead: string, lead_name: string, due: string, given: string, latest: {day: string, words: string, note: string} | null}} OldTask
 * @typedef {{
 *   version: number,
 *   meeting: {id: string, title: string, period_title: string, body: string, state: string, starts_at: number, day: string, place: string, held_on_paper: boolean, cell_name: string, regular: boolean, reasons: string[]},
 *   me: {person: string, name: string, may_open: boolean, may_announce: boolean},
 *   people: Person[],
 *   presidents: string[],
 *   keepers: string[],
 *   proposed: {chair: string | null, clerk: string | null},
 *   steps: Step[],
 *   opinions: Opinion[],
 *   old_tasks: OldTask[],
 *   rules: {exclusions: string[], base_source: string, quorum_source: string},
 *   reasons: [string, string][],
 *   ways: [string, string][],
 *   results: [string, string][],
 *   parts: [string, string][],
 *   wording: {vague: string[], soft_cap: number, similar_percent: number, milestone_days: number, past: {month: string, given: number, done: number}[], earlier: string[]},
 *   last_texts: {[part: string]: string},
 *   sentences: {[key: string]: string},
 * }} Pack
 */
export {};
