/**
 * What stands behind # in an address never reaches the server, and a form that is sent forgets it. Whoever scans the
 * code on the wall and is not signed in yet is led here with the digits behind #: they go along to where the sign-in
 * leads, since a redirect keeps them.
 *
 * What it looks for in the markup: form[data-keep-fragment]. Without this file the digits are typed.
 */

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches("[data-keep-fragment]") || !location.hash) return;
  const address = new URL(form.action, location.href);
  address.hash = location.hash;
  form.action = address.href;
}, true);
