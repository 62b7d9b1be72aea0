/**
 * Passkeys: asks the browser for one and sends what it answers. Pages work without this file, by codes.
 *
 * What it looks for in the markup:
 *   form[data-passkey=create|get]   data-question holds the question as JSON; a field named "credential" takes the answer
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

/** @param {HTMLFormElement} form  Ask, put the answer into the form, send it. */
async function ask(form) {
  const question = JSON.parse(form.dataset.question || "").publicKey;
  const { found, ...response } = await (form.dataset.passkey === "create" ? create(question) : get(question));
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
  /** @type {NodeListOf<HTMLFormElement>} */
  const forms = document.querySelectorAll("form[data-passkey]");
  for (const form of forms) {
    const said = /** @type {HTMLElement} */ (form.querySelector("[data-passkey-said]"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      said.textContent = "";
      ask(form).catch(() => {
        said.textContent = "Máy chưa chứng nhận được. Bấm lại, hoặc dùng mã trong ứng dụng.";
      });
    });
  }
}
