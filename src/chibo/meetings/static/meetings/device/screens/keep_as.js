/** How the cell keeps its self-criticism; nothing is preset, and nothing is written before it has chosen (M13). */
import { Radios } from "../choices.js";
import { checkLength, ErrorSummary, Field, typed, useForm } from "../forms.js";
import { html } from "../view.js";

/** @type {{[how: string]: string}} */
const SAID = {
  full: "Mục này ghi đầy đủ.",
  conclusion: "Mục này chỉ ghi kết luận.",
  paper: "Mục này ghi sổ giấy.",
};
const NO_PAGE = "Chưa ghi trang nào của sổ giấy. Ghi số trang, ví dụ trang 12.";

/** @param {{session: import("../session.js").Session, step: import("../pack.js").Step, main?: boolean}} props
 *   main: the choice is the next thing to do */
export function KeepAs({ session, step, main }) {
  const state = session.room.items.get(step.item || "");
  const form = useForm(session, `cach-ghi ${step.item}`, {
    check: (data) => {
      const page = typed(data, "page");
      const missing = typed(data, "how") === "paper" && !page;
      return {
        how: typed(data, "how") ? "" : "Chưa chọn “Chi bộ chọn cách ghi mục này”.",
        page: missing ? NO_PAGE : checkLength(page, "Trang của sổ giấy", 80),
      };
    },
    send: async (data) => {
      const how = typed(data, "how");
      const page = how === "paper" ? typed(data, "page") : null;
      session.say(SAID[how], await session.write("keep-as", { item: step.item, how, page }));
    },
  });
  return html`<${ErrorSummary} form=${form} />
<form class="entry" key=${form.turn} onSubmit=${form.submit} onClick=${form.press}>
<${Radios} form=${form} name="how" label="Chi bộ chọn cách ghi mục này" choices=${session.pack.ways} value=${state ? state.how : ""} />
<${Field} form=${form} name="page" label="Trang của sổ giấy" hint="Ví dụ trang 12. Chỉ ghi khi chọn sổ giấy." value=${state ? state.page : ""} short />
<p class="actions"><button class=${`button${main ? " button-main" : ""}`}>Chọn cách ghi này</button></p></form>`;
}
