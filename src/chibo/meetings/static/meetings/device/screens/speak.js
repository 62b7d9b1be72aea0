/**
 * Who speaks now and what they say: one remark an entry. "Mời" beside the form puts the speaker in and starts the clock.
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../pack.js").Step} Step
 */
import { checkText, Choice, ErrorSummary, Field, idOf, typed, useForm } from "../forms.js";
import { Aside, html, useEffect, useNow } from "../view.js";
import { askedBy, Queue, speakersOf } from "./people.js";

const NOT_A_MEMBER = "Ý kiến khác phải của một đảng viên. Ý kiến của khách thì ghi vào biên bản.";
const UNSAID = "unsaid";
const LONGEST_SPEECH = 3600 * 1000;

/** @param {{session: Session, go: (key: string) => void, step: Step}} props */
export function Speak({ session, go, step }) {
  const item = step.item || "";
  const form = useForm(session, `ghi ${item}`, {
    check: (data, act) => ({
      speaker: checkSpeaker(typed(data, "speaker"), act),
      text: checkText(typed(data, "text"), "Ý kiến", 20000),
    }),
    send: async (data, act) => {
      await record(session, item, typed(data, "speaker"), typed(data, "text"), act);
      session.keepDraft(`noi ${item}`, "");
    },
  });
  const speaker = idOf(form, "speaker");
  useEffect(() => {
    // What was typed is recorded: the hand goes on to whoever speaks next.
    const field = form.turn ? document.getElementById(speaker) : null;
    if (field) field.focus();
  }, [form.turn]);
  /** @param {string} who */
  const invite = (who) => {
    const field = document.getElementById(speaker);
    if (!(field instanceof HTMLSelectElement)) return;
    field.value = who;
    session.keepDraft(`${form.name} speaker`, who);
    session.keepDraft(`noi ${item}`, `${session.clock.now()} ${who}`);
    session.tell();
    const text = document.getElementById(idOf(form, "text"));
    if (text) text.focus();
  };
  return html`<${ErrorSummary} form=${form} />
<form class="entry" id="ghi" key=${form.turn} onSubmit=${form.submit} onClick=${form.press}>
<${Speaking} session=${session} item=${item} />
<${Choice} form=${form} name="speaker" label="Người phát biểu" choices=${choicesOf(session)} />
<${Field} form=${form} name="text" label="Ý kiến" rows=${4} />
<p class="actions"><button class="button button-main" value="">Ghi vào biên bản</button> <button class="button" value="differing">Ghi là ý kiến khác</button> <button class="button" value="presenting">Ghi là trình bày</button></p>
</form>
<${Aside} label="Người phát biểu"><${Queue} session=${session} item=${item} go=${go} invite=${(/** @type {string} */ person) => invite(`person:${person}`)} />
<${Present} session=${session} invite=${invite} /><//>`;
}

/** Members first, then guests, as the form names them. @param {Session} session @returns {[string, string][]} */
function choicesOf(session) {
  const members = speakersOf(session).map((person) => [`person:${person}`, session.name(person)]);
  const guests = [...session.room.guests.values()].map((one) => [`guest:${one.name}`, `${one.name} (khách)`]);
  const nobody = session.room.on_paper ? [[UNSAID, "Sổ không ghi người phát biểu"]] : [];
  return /** @type {[string, string][]} */ ([["", "Chọn người phát biểu"], ...members, ...guests, ...nobody]);
}

/** @param {string} speaker @param {string} act */
function checkSpeaker(speaker, act) {
  if (!speaker) return "Chưa chọn “Người phát biểu”.";
  if (act === "differing" && speaker === UNSAID) return "Ý kiến khác phải có tên đồng chí nêu. Sổ không ghi ai nêu thì ghi vào biên bản như một ý kiến.";
  return act === "differing" && !speaker.startsWith("person:") ? NOT_A_MEMBER : "";
}

/** One paragraph of what someone said. @param {Session} session @param {string} item @param {string} speaker @param {string} text @param {string} act */
async function record(session, item, speaker, text, act) {
  const member = speaker.startsWith("person:") ? speaker.slice(7) : null;
  const unsaid = speaker === UNSAID || null;
  const guest = member || unsaid ? null : speaker.slice(6);
  const ask = askedBy(session, member);
  if (act === "differing") {
    const [entry] = await session.writeAll([["differ", { item, member, text }], ...unasking(ask)]);
    session.say(`Đã ghi ý kiến khác: ${session.name(member)}.`, entry);
    return;
  }
  const presenting = act === "presenting";
  const used = presenting ? null : ask;
  const entry = await session.write("remark", { item, text, member, guest, unsaid, presenting: presenting || null, ask: used });
  session.say(`Đã ghi ${presenting ? "phần trình bày" : "ý kiến"}: ${member ? session.name(member) : guest || "sổ không ghi người phát biểu"}.`, entry);
}

/** Whoever speaks waits no more. @param {string | null} ask @returns {[string, any][]} */
function unasking(ask) {
  return ask ? [["unask", { of: ask }]] : [];
}

/** Whoever was called to speak, and for how long now. @param {{session: Session, item: string}} props */
function Speaking({ session, item }) {
  const now = useNow(session);
  const [since, ...rest] = session.draft(`noi ${item}`).split(" ");
  const who = rest.join(" ");
  const spent = now - Number(since);
  if (!who || spent > LONGEST_SPEECH) return null;
  const seconds = Math.max(0, Math.floor(spent / 1000));
  const name = who.startsWith("person:") ? session.name(who.slice(7)) : who.slice(6);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return html`<p class="now-facts"><span>Đang phát biểu: <b>${name}</b></span> <span><b>${clock}</b></span></p>`;
}

/** Who is in the room; who has spoken is said. @param {{session: Session, invite: (who: string) => void}} props */
function Present({ session, invite }) {
  const { room } = session;
  const spoken = new Set([...room.differing.values()].map((one) => one.person));
  for (const one of room.remarks.values()) if (!one.presenting && !one.is_answer) spoken.add(one.person);
  return html`<section class="section" aria-labelledby="who"><div class="section-head"><h2 id="who">Ai phát biểu</h2></div>
<ul class="people">${speakersOf(session).map((person) => {
    const name = session.name(person);
    return html`<li key=${person}><span>${name}${spoken.has(person) ? html`<small>đã phát biểu</small>` : null}</span><button class="button button-quiet" type="button" onClick=${() => invite(`person:${person}`)}>Mời<span class="hide"> đồng chí ${name}</span></button></li>`;
  })}
${[...room.guests.values()].map((one) => html`<li key=${one.id}><span>${one.name}<small>khách${one.office ? `, ${one.office}` : ""}</small></span><button class="button button-quiet" type="button" onClick=${() => invite(`guest:${one.name}`)}>Mời<span class="hide"> ${one.name}</span></button></li>`)}</ul></section>`;
}
