/**
 * A remark is corrected or taken out; two who correct at once both see both versions. rest: its id.
 * @typedef {import("../session.js").Session} Session
 */
import { Act, checkText, ErrorSummary, Field, Link, typed, useForm } from "../forms.js";
import { begin, begunOn, Theirs } from "../text.js";
import { Acts, html, useState } from "../view.js";
import { speakerOf } from "./said.js";

/** @param {import("../view.js").ScreenProps} props */
export function Remark({ session, go, rest }) {
  const one = session.room.remarks.get(rest);
  if (one === undefined) {
    return html`<h1>Ý kiến này không còn trong biên bản</h1><p class="soft">Máy khác vừa bỏ, hoặc đồng chí vừa hoàn tác.</p>
<${Acts}><${Link} class="button" session=${session} go=${go} to="">Về mục đang bàn<//><//>`;
  }
  const back = session.room.closed_by === null ? `muc/${one.item}` : "bien-ban";
  return html`<h1>Sửa ý kiến của ${speakerOf(session, one)}</h1>
<p class="soft">Bản đầu vẫn còn trong nhật ký của buổi họp cho đến khi ký biên bản.</p>
<${Edit} session=${session} go=${go} one=${one} back=${back} />
<${Acts}><${Link} class="button" session=${session} go=${go} to=${back}>Để nguyên<//><//>`;
}

/** @param {{session: Session, go: (key: string) => void, one: any, back: string}} props */
function Edit({ session, go, one, back }) {
  const key = `y-kien ${one.id} text`;
  const [seen, see] = useState(() => begunOn(session, key, one.text));
  const [theirs, show] = useState("");
  const form = useForm(session, `y-kien ${one.id}`, {
    check: (data) => {
      const text = typed(data, "text");
      const wrong = checkText(text, "Ý kiến", 20000);
      const changed = !wrong && one.text !== seen && text !== one.text;
      show(changed ? one.text : "");
      if (!changed) return { text: wrong };
      see(one.text);
      session.keepDraft(`${key} goc`, `=${one.text}`);
      return { text: "Người khác vừa sửa ý kiến này. Sửa thành một bản rồi ghi lại." };
    },
    send: async (data) => {
      const text = typed(data, "text");
      if (text !== one.text) {
        session.say("Đã sửa ý kiến.", await session.write("remark-edit", { of: one.id, text }));
      }
      session.keepDraft(`${key} goc`, "");
      go(back);
    },
  });
  const withdraw = async () => {
    session.say("Đã bỏ ý kiến này khỏi biên bản.", await session.write("remark-withdraw", { of: one.id }));
    session.keepDraft(key, "");
    session.keepDraft(`${key} goc`, "");
    go(back);
  };
  return html`<${ErrorSummary} form=${form} />
${theirs ? html`<${Theirs} text=${theirs}><p><b>Người khác vừa sửa ý kiến này. Chưa bản nào bị thay.</b> Sửa thành một bản rồi ghi lại.</p><//>` : null}
<form key=${form.turn} onSubmit=${form.submit} onClick=${form.press} onInput=${() => begin(session, key, seen)}><${Field} form=${form} name="text" label="Ý kiến" rows=${6} value=${one.text} />
<p class="actions"><button class="button button-main">Ghi bản sửa</button> <${Act} act=${withdraw}>Bỏ ý kiến này<//></p></form>`;
}
