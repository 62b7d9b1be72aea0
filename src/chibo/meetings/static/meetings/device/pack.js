/**
 * What a device brings along to a meeting, as `/cuoc-hop/<id>/phong/goi/` gives it (chibo.meetings.device.pack). Ids
 * are text, days "2026-12-05", moments milliseconds; people stand in Vietnamese order, and are those with whom the roll
 * opens (once it has opened: those on the roll).
 *
 * @typedef {{id: string, name: string, given: string, kind: string, exempt: boolean, away: boolean, suspended: boolean, announced: string}} Person
 *   announced: the reason in words, of whoever said beforehand that they cannot come; else ""
 * @typedef {{kind: string, key: string, title: string, item: string | null, item_kind?: string, minutes: number | null, text: string, presented_by: string, presenter?: string | null, questions: string[], self_criticism: boolean, paper: string, part: string, guide: Guide | null}} Step
 *   presenter: who presents, where that is somebody on the roster;
 *   kind: opening, review, new_tasks, conclusion, closing, or "item"; key: the place in the address, "diem-danh" or
 *   "muc/<id>"; item_kind: of a second item of a special kind; paper: the page of the paper book of a closed item, else ""; part: of a combined meeting the words
 *   "thường kỳ" or "chuyên đề", else ""
 * @typedef {{say: string, act: string, rule: string, source: string, later?: {until: string, say: string, act: string}[]}} Guide
 *   what the chair says and does at a step, and the rule behind it; later: of a step of several parts, the parts after the first; a pack of an older version has none
 * @typedef {{id: string, kind: string, title: string, presented: string, closed_paper: string, part: string}} Removed
 *   an item that was taken off the programme; presented: who was to present it, "đồng chí Trần Văn Hùng"
 * @typedef {Removed & {papers: string[], removed: boolean}} MinutedItem
 * @typedef {{id: string, item: string, author: string, name: string, text: string}} Opinion  prepared and handed in
 * @typedef {{id: string, number: number, what: string, lead: string, lead_name: string, due: string, given: string, latest: {day: string, words: string, note: string} | null}} OldTask
 *   given: "tháng 10/2026" where another meeting than the last gave it, else ""; latest: what its lead last said of it
 * @typedef {{title: string, points: string[], tasks: {id: string, what: string, owner: string | null, helpers: string, due: string | null, how: string}[]}} Draft
 *   the resolution as chi ủy drafted it before the meeting; null: nothing was drafted
 * @typedef {{
 *   vague: string[], leading: string[], thin: string[], concrete: string[], themes: string[], places: string[],
 *   vague_times: string[], everyone: string[], nobody: string[], empty_checks: string[],
 *   labels: string[], number_words: string[], not_one: string[],
 *   soft_cap: number, similar_percent: number, milestone_days: number,
 *   past: {month: string, given: number, done: number}[],
 *   earlier: {what: string, month: string}[],
 * }} Wording  the lists of chibo.resolutions.vague_words; months in words, "tháng 11"
 * @typedef {{
 *   meeting: {id: string, title: string, group: string, period_title: string, body: string, state: string, starts_at: number, day: string, place: string, held_on_paper: boolean, cell_name: string, regular: boolean, reasons: string[]},
 *   me: {person: string, name: string, may_open: boolean},
 *   common: string,
 *   people: Person[],
 *   names: {[person: string]: string},
 *   presidents: string[],
 *   changes?: string[],
 *   guests?: {name: string, office: string}[],
 *   keepers: string[],
 *   proposed: {chair: string | null, clerk: string | null},
 *   steps: Step[],
 *   opinions: Opinion[],
 *   old_tasks: OldTask[],
 *   draft?: Draft | null,
 *   rules: {exclusions: string[], base_source: string, quorum_source: string},
 *   reasons: [string, string][],
 *   ways: [string, string][],
 *   results: [string, string][],
 *   parts: [string, string][],
 *   wording: Wording,
 *   last_texts: {[part: string]: string},
 *   minuted: {kinds: string, who?: string, clerk?: string | null, offices: {[person: string]: string}, papers: {[item: string]: string[]}, presented?: {[item: string]: string}, removed?: Removed[]},
 *   sentences: {[key: string]: string},
 *   scoring: {rubric?: any, facts?: any},
 * }} Pack
 *   changes: what is otherwise on the day that the roll is of than when the meeting was planned, in sentences; a pack of an older version has none
 *   common: the key that the devices of the meeting share, in hexadecimal; "" in packs older than it; group: "tổ đảng số 2" where a group gathers, else ""; period_title: "tháng 12/2026"; may_announce: sits on the committee, and may move the day; names: of those who are
 *   named and not on the roll; keepers: as the entry `open` holds them when this person opens; proposed.chair: whom the
 *   form shows chosen, null: nobody; reasons: of absence, "none" among them, which only a decision of the cell makes;
 *   minuted: what the minutes say beside what is recorded: kinds of the gathering, "thường kỳ kết hợp chuyên đề"; who meets;
 *   who was to minute it; offices in the cell in words; papers by name; who was to present an item;
 *   last_texts: the parts of the last resolution, and "title" of it; sentences: "odd.<why>" what a look means, "odd" of
 *   any other, "kind.<kind>" what an entry is called, "score.<key>" what the record
 *   proves for a score; scoring: what an opening freezes for it, nothing for a meeting that is not scored.
 */
export {};
