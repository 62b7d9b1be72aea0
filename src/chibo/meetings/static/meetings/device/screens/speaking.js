/**
 * The entry at the thumb. A name tapped begins a remark, the next name tapped keeps it; nothing is redrawn under the
 * hand: field, focus and the phone's keyboard stay.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../pack.js").Step} Step
 * @typedef {import("../speakers.js").Given} Given
 * @typedef {ReturnType<typeof useEntry>} Entry
 */
import { waiting } from "../../room/hall.js";
import { refusal } from "../classified.js";
import { Dock, NextStep } from "../dock.js";
import { checkText, FieldError, idOf, LeftOver, Link, onlyWrong, typed, useInput, whyNot } from "../forms.js";
import { askedBy, calledAs, CHAIR, givenAt, memberOf, offered, UNSAID } from "../speakers.js";
import { useTyping } from "../typing.js";
import { html, Icon, useEffect, useNow, useRef, useState } from "../view.js";
import { numberWord } from "../words.js";
import { FindSpeaker } from "./find_speaker.js";
import { GivenList } from "./said.js";

const NOT_A_MEMBER = "Ý kiến khác phải của một đảng viên. Ý kiến của khách thì ghi vào biên bản.";
const NAMELESS = "Ý kiến khác phải có tên đồng chí nêu. Sổ không ghi ai nêu thì ghi vào biên bản như một ý kiến.";
const LONGEST_SPEECH = 3600 * 1000;

/**
 * What is being entered at an item, and what can be done with it.
 * @param {Session} session @param {Step} step @param {boolean} alone the chair's conclusion is all that is entered
 */
export function useEntry(session, step, alone) {
  const item = step.item || "";
  const [errors, refuse] = useState(/** @type {import("../forms.js").Errors} */ ({}));
  const busy = useRef(false);
  const wanted = useRef(false);
  const who = alone ? CHAIR : session.draft(`ghi ${item} speaker`);
  const name = `${who === CHAIR ? "ket" : "ghi"} ${item}`;
  const isPresenting = who !== "" && session.draft(`trinh-bay ${item}`) === who;
  const form = { name, session, errors, turn: 0, refuse, submit: () => undefined, press: () => undefined };
  const focus = (/** @type {string} */ part) => {
    const field = document.getElementById(idOf(form, part));
    if (field) field.focus();
  };
  const text = () => {
    const field = document.getElementById(idOf(form, "text"));
    return field instanceof HTMLTextAreaElement && field.form ? typed(new FormData(field.form), "text") : "";
  };

  /** @param {string} next */
  const turn = (next) => {
    session.keepDraft(`ghi ${item} speaker`, next);
    session.keepDraft(`noi ${item}`, next && next !== CHAIR ? `${session.clock.now()} ${next}` : "");
    session.keepDraft(`trinh-bay ${item}`, "");
    session.tell();
  };
  /** Record what is typed; false where it cannot be. @param {string} act "" or "differing" */
  const keep = async (act = "") => {
    const sent = text();
    const label = who === CHAIR ? "Kết luận của chủ trì" : "Ý kiến";
    const wrong = onlyWrong({ speaker: checkSpeaker(who, act), text: checkText(sent, label, 20000) || refusal(sent) });
    refuse(wrong);
    if (Object.keys(wrong).length) focus(wrong.speaker ? "speaker" : "text");
    if (Object.keys(wrong).length || busy.current) return false;
    busy.current = true;
    try {
      await record(session, item, who, sent, act);
      empty(form, sent);
      return true;
    } catch (error) {
      refuse({ text: whyNot(error) });
      return false;
    } finally {
      busy.current = false;
    }
  };
  /** A name is tapped: what was begun is kept, unless it was refused for its speaker. @param {string} next */
  const choose = async (next) => {
    wanted.current = true;
    focus("text"); // at once: a phone opens its keyboard only under the hand
    if (who && !errors.speaker && text() && !(await keep())) return;
    refuse({});
    turn(next === who ? "" : next);
  };
  /** Keep what is typed; the hand goes on to whoever speaks next. @param {string} act */
  const enter = async (act) => {
    if (!(await keep(act))) return;
    turn("");
    focus("speaker");
  };
  /** Before the hall goes on. */
  const finish = async () => {
    if (!text()) return true;
    if (!(await keep())) return false;
    turn("");
    return true;
  };
  /** A text that is here goes into the minutes as it is; what is said beside it is typed. @param {Given} one */
  const take = async (one) => {
    if (who && text() && !(await keep())) return;
    const member = memberOf(one.who);
    const isPrepared = one.opinion === null;
    const speaker = { member, guest: member ? null : one.who.slice(6) };
    const payload = { item, text: one.text, ...speaker, opinion: one.opinion, source: isPrepared ? "prepared" : null, presenting: isPrepared || null, ask: isPrepared ? null : askedBy(session, member) };
    const entry = await session.write("remark", payload);
    turn(one.who);
    if (isPrepared) session.keepDraft(`trinh-bay ${item}`, one.who);
    session.say(`Đã ghi ${isPrepared ? "bài chuẩn bị" : "ý kiến đã gửi"}: ${one.name}. Bổ sung thì gõ tiếp.`, entry);
    focus("text");
  };
  /** Somebody only agrees; what is typed is theirs, where they are the one who speaks. @param {string} member */
  const agree = async (member) => {
    const isSpeaking = memberOf(who) === member;
    if (who && text() && !(await keep())) return;
    const entry = await session.write("agree", { item, member, ask: askedBy(session, member) });
    if (isSpeaking) turn("");
    session.say(`Đã ghi nhất trí: ${session.name(member)}.`, entry);
    focus("speaker");
  };
  /** How many spoke whose names nobody noted; the later number stands. @param {number} count */
  const count = async (count) => {
    const entry = await session.write("spoke", { item, count });
    session.say(`Đã ghi: ${numberWord(count)} đồng chí phát biểu, không nêu tên.`, entry);
  };
  const present = () => {
    session.keepDraft(`trinh-bay ${item}`, isPresenting ? "" : who);
    session.tell();
  };
  return { session, step, item, who, isPresenting, form, wanted, present, agree, count, choose, enter, finish, take };
}

/** @param {string} who @param {string} act */
function checkSpeaker(who, act) {
  if (!who) return "Chưa chọn người phát biểu.";
  if (act !== "differing" || memberOf(who)) return "";
  return who === UNSAID ? NAMELESS : NOT_A_MEMBER;
}

/** What was recorded leaves the field; what was typed meanwhile stays. @param {import("../forms.js").Form} form @param {string} sent */
function empty(form, sent) {
  const field = document.getElementById(idOf(form, "text"));
  if (!(field instanceof HTMLTextAreaElement)) return;
  const now = field.value.trim();
  field.value = now.indexOf(sent) === 0 ? now.slice(sent.length) : "";
  form.session.keepDraft(`${form.name} text`, field.value);
}

/** One paragraph of what someone said. @param {Session} session @param {string} item @param {string} who @param {string} text @param {string} act */
async function record(session, item, who, text, act) {
  const called = calledAs(session, who);
  if (who === CHAIR) {
    const { chair } = session.room;
    const entry = await session.write("remark", { item, text, member: chair, is_answer: true });
    session.say(`Đã ghi kết luận của chủ trì: ${session.name(chair)}.`, entry);
    return;
  }
  const member = memberOf(who);
  const ask = askedBy(session, member);
  if (act === "differing") {
    /** @type {[string, any][]} */
    const unasking = ask ? [["unask", { of: ask }]] : [];
    const [entry] = await session.writeAll([["differ", { item, member, text }], ...unasking]);
    session.say(`Đã ghi ý kiến khác: ${called}.`, entry);
    return;
  }
  const presenting = session.draft(`trinh-bay ${item}`) === who;
  const speaker = { member, guest: who.startsWith("guest:") ? who.slice(6) : null, unsaid: who === UNSAID || null };
  const entry = await session.write("remark", { item, text, ...speaker, presenting: presenting || null, ask: presenting ? null : ask });
  session.say(`Đã ghi ${presenting ? "phần trình bày" : "ý kiến"}: ${who === UNSAID ? "sổ không ghi người phát biểu" : called}.`, entry);
}

/** The foot of an item's screen. @param {{entry: Entry, go: (key: string) => void, alone?: boolean}} props */
export function SpeakingDock({ entry, go, alone }) {
  useTyping();
  const { session, step, item, who, form } = entry;
  const given = alone ? [] : givenAt(session, step);
  const tools = html`${alone ? null : html`<button class="tool" type="button" onClick=${() => entry.enter("differing")}>Ý kiến khác</button><button class="tool" type="button" aria-pressed=${String(who === CHAIR)} onClick=${() => entry.choose(CHAIR)}>Kết luận</button>`}<${Link} class="tool" session=${session} go=${go} to=${`bieu-quyet/item/${item}`}>Biểu quyết<//>`;
  const main = html`<${NextStep} session=${session} go=${go} step=${step} before=${entry.finish} />`;
  return html`<${Dock} tools=${tools} main=${main}><form class="entry-now" onSubmit=${(/** @type {Event} */ event) => {
    event.preventDefault();
    entry.enter("");
  }}>
${alone ? null : html`<${GivenList} session=${session} given=${given.filter((one) => one.who === who)} take=${entry.take} />
<div role="alert"><${FieldError} form=${form} name="speaker" /></div>
<${FindSpeaker} entry=${entry}><${Chips} entry=${entry} given=${given} /><//>`}
<${Words} key=${form.name} entry=${entry} />
<p class="entry-acts"><button class="button">${who === CHAIR ? "Ghi kết luận của chủ trì" : "Ghi vào biên bản"}</button>${memberOf(who) ? html`<button class="button" type="button" onClick=${() => entry.agree(memberOf(who) || "")}>Nhất trí</button>` : null}</p></form><//>`;
}

/** @param {{entry: Entry, given: Given[]}} props */
function Chips({ entry, given }) {
  const { session, who } = entry;
  return html`${offered(session, who, given).map((one) => {
    const isNow = one.who === who;
    const note = isNow ? html`<${Spoken} session=${session} item=${entry.item} doing=${entry.isPresenting ? "trình bày" : "nói"} />` : one.note;
    return html`<button class="chip" key=${one.who} type="button" aria-pressed=${String(isNow)} onClick=${() => entry.choose(one.who)}>${one.name}${note ? html`<small>${one.icon && !isNow ? html`<${Icon} name=${one.icon} />` : null}${note}</small>` : null}</button>`;
  })}<${Presenting} entry=${entry} /><${Strike} entry=${entry} />`;
}

/** Whoever presents does not speak to the item: it is no opinion. @param {{entry: Entry}} props */
function Presenting({ entry: { session, item, who, isPresenting, present } }) {
  const isDone = [...session.room.remarks.values()].some((one) => one.item === item && one.presenting);
  if (!who || who === CHAIR || (isDone && !isPresenting)) return null;
  return html`<button class="tool" type="button" aria-pressed=${String(isPresenting)} onClick=${present}>Trình bày</button>`;
}

/** Who asked and does not speak after all. @param {{entry: Entry}} props */
function Strike({ entry: { session, who, choose } }) {
  const member = memberOf(who);
  const asks = waiting(session.room.hall).filter((one) => one.person === member);
  if (!member || !asks.length) return null;
  const strike = async () => {
    const entries = await session.writeAll(asks.map((one) => ["unask", { of: one.id }]));
    await choose(who);
    session.say(`Đã bỏ đồng chí ${session.name(member)} khỏi danh sách xin phát biểu.`, entries[entries.length - 1]);
  };
  return html`<button class="tool" type="button" onClick=${strike}>Thôi phát biểu</button>`;
}

/** For how long somebody has spoken. @param {{session: Session, item: string, doing: string}} props */
function Spoken({ session, item, doing }) {
  const now = useNow(session);
  const spent = now - Number(session.draft(`noi ${item}`).split(" ")[0]);
  if (spent > LONGEST_SPEECH || session.pack.meeting.held_on_paper) return "đang ghi";
  const seconds = Math.max(0, Math.floor(spent / 1000));
  return html`<span aria-hidden="true">đang ${doing}, ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}</span>`;
}

/** What is typed. @param {{entry: Entry}} props */
function Words({ entry: { form, who, enter, wanted } }) {
  const input = useInput(form, "text", { hint: true });
  const label = who === CHAIR ? "Kết luận của chủ trì" : "Ý kiến";
  const called = who && who !== CHAIR ? `Lời của ${calledAs(form.session, who)}` : who ? label : "Chưa chọn ai nói";
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    enter("");
  };
  useEffect(() => {
    // The conclusion has a field of its own: the hand is led there and back.
    const field = wanted.current ? document.getElementById(input.id) : null;
    if (field) field.focus();
    wanted.current = false;
  }, []);
  return html`<div class=${form.errors.text ? "field-error" : undefined}><label class="hide" for=${input.id}>${label}</label><span class="hide" id=${`${input.id}_helptext`}>${called}</span>
<div role="alert"><${FieldError} form=${form} name="text" /></div><${LeftOver} form=${form} name="text" />
<textarea ...${input} rows="2" placeholder=${called} onKeyDown=${press}></textarea></div>`;
}
