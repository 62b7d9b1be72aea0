/** The page around what is no screen of the room, and the way to a sign-in. */
import { html, useEffect } from "./view.js";

/** @param {{title: string, children?: any}} props */
export function Plain({ title, children }) {
  useEffect(() => {
    document.title = `${title} · Chibo`;
    window.scrollTo(0, 0);
  }, [title]);
  return html`<header class="top"><div class="page top-in"><a class="brand" href="/"><img class="device-mark" src=${document.documentElement.dataset.mark || ""} alt="" />Chibo</a></div></header>
<main id="main" class="page form-page" tabindex="-1"><h1>${title}</h1>${children}</main>`;
}

/** A sign-in that leads back here. */
export function signIn() {
  return `/dang-nhap/?next=${encodeURIComponent(`/phong-hop/${location.hash}`)}`;
}
