/**
 * Passkeys: asks the browser for one and sends what it answers. Pages work without this file, by codes.
 *
 * What it looks for in the markup:
 *   [data-passkey=create|get]       a form, or a button in one that has another way too; data-question holds the question
 *                                   as JSON; the form's field named "credential" takes the answer
 *   [data-passkey-part]             hidden until it is known that this browser has passkeys here
 *   [data-passkey-said]             where a refusal is said
 *
 * Written for Chrome 80 and iOS 14: PublicKeyCredential.parse…FromJSON came later.
 */

/** @param {string} text  @returns {ArrayBuffer} */
function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

/** @param {ArrayBuffer} buffer  @returns {string} */
function text(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** @param {Array<{id: string}> | undefined} list */
const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

/** @param {any} options  Make a passkey. */
async function create(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
    },
  });
  const found = /** @type {PublicKeyCredential} */ (made);
  const response = /** @type {AuthenticatorAttestationResponse} */ (found.response);
  return {
    clientDataJSON: text(response.clientDataJSON),
    attestationObject: text(response.attestationObject),
    found,
  };
}

/** @param {any} options  Prove a passkey. */
async function get(options) {
  const given = await navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials) },
  });
  const found = /** @type {PublicKeyCredential} */ (given);
  const response = /** @type {AuthenticatorAssertionResponse} */ (found.response);
  return {
    clientDataJSON: text(response.clientDataJSON),
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: response.userHandle ? text(response.userHandle) : undefined,
    found,
  };
}

/** @param {HTMLElement} part @param {HTMLFormElement} form  Ask, put the answer into the form, send it. */
async function ask(part, form) {
  const question = JSON.parse(part.dataset.question || "").publicKey;
  const { found, ...response } = await (part.dataset.passkey === "create" ? create(question) : get(question));
  /** @type {HTMLInputElement} */ (form.elements.namedItem("credential")).value = JSON.stringify({
    id: found.id,
    rawId: text(found.rawId),
    type: found.type,
    clientExtensionResults: found.getClientExtensionResults(),
    response,
  });
  form.submit();
}

if (window.PublicKeyCredential && window.isSecureContext) {
  /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-passkey-part]")).forEach((part) => {
    part.hidden = false;
  });
  /** @type {NodeListOf<HTMLFormElement | HTMLButtonElement>} */
  const parts = document.querySelectorAll("[data-passkey]");
  for (const part of parts) {
    const form = /** @type {HTMLFormElement} */ (part instanceof HTMLButtonElement ? part.form : part);
    const said = /** @type {HTMLElement} */ (form.querySelector("[data-passkey-said]"));
    part.addEventListener(part === form ? "submit" : "click", (event) => {
      event.preventDefault();
      said.textContent = "";
      ask(part, form).catch(() => {
        said.textContent = "Máy chưa chứng nhận được. Bấm lại, hoặc dùng mã trong ứng dụng.";
      });
    });
  }
}
