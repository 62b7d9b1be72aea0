/**
 * The phone's keyboard: while one types at the foot of the room, what is not needed goes, and the entry stands above
 * the keyboard. Some phones make the page smaller, others lay the keyboard over it: what is covered is measured.
 */
import { useEffect } from "./view.js";

/** A finger that left the field for a button has let go of it by then: nothing moves under it. */
const AFTER = 300;

/** Hold the foot of the screen above the keyboard while a field of it has the focus. */
export function useTyping() {
  useEffect(() => {
    const { body } = document;
    const view = window.visualViewport;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const measure = () => {
      const covered = view ? Math.max(0, window.innerHeight - view.height - view.offsetTop) : 0;
      body.style.setProperty("--covered", `${Math.round(covered)}px`);
    };
    /** @param {FocusEvent} event */
    const focused = ({ target }) => {
      const isField = target instanceof Element && target.closest(".dock input, .dock textarea") !== null;
      clearTimeout(timer);
      if (isField) body.classList.add("room-typing");
      else leave();
      measure();
    };
    /** A tap takes no focus from the field, or all would move under the finger. @param {MouseEvent} event */
    const pressed = (event) => {
      const at = event.target instanceof Element && body.classList.contains("room-typing") ? event.target : null;
      if (at && at.closest(".dock") && !at.closest("input, textarea")) event.preventDefault();
    };
    const left = () => body.classList.remove("room-typing");
    const leave = () => {
      clearTimeout(timer);
      timer = setTimeout(left, AFTER);
    };
    document.addEventListener("mousedown", pressed);
    document.addEventListener("focusin", focused);
    document.addEventListener("focusout", leave);
    if (view) view.addEventListener("resize", measure);
    return () => {
      clearTimeout(timer);
      left();
      document.removeEventListener("mousedown", pressed);
      document.removeEventListener("focusin", focused);
      document.removeEventListener("focusout", leave);
      if (view) view.removeEventListener("resize", measure);
    };
  }, []);
}
