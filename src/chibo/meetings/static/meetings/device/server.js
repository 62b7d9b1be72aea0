/**
 * Asking the server. It answers in JSON alone; a page in its place (a sign-in, a proxy's) is no answer.
 *
 * @typedef {{status: number, json: any, tag: string, now: number | null}} Answer  now: the server's clock, to the second
 */
const PATIENCE = 15000;

/** There is no way to the server now. */
export class NoNetwork extends Error {}

/** The token that a form of this sign-in carries; it changes with every sign-in. */
export function csrfToken() {
  const found = /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie);
  return found ? decodeURIComponent(found[1]) : "";
}

/** Where a meeting's room answers devices. @param {string} meeting */
export function roomPath(meeting) {
  return `/cuoc-hop/${meeting}/phong/`;
}

/** Ask, and wait fifteen seconds at most.
 * @param {string} path @param {{body?: any, tag?: string}} [what] body: sent as JSON by POST; tag: what is known already
 * @returns {Promise<Answer>}
 * Rejects with NoNetwork where nothing came, or something that is no JSON. */
export async function ask(path, { body, tag } = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  /** @type {{[name: string]: string}} */
  const headers = { Accept: "application/json" };
  if (body !== undefined) Object.assign(headers, { "Content-Type": "application/json", "X-CSRFToken": csrfToken() });
  if (tag) headers["If-None-Match"] = tag;
  try {
    const response = await fetch(path, {
      method: body === undefined ? "GET" : "POST",
      body: body === undefined ? undefined : JSON.stringify(body),
      headers,
      redirect: "error",
      cache: "no-store",
      credentials: "same-origin",
      signal: stop.signal,
    });
    return await read(response);
  } catch (error) {
    throw error instanceof NoNetwork ? error : new NoNetwork(String(error));
  } finally {
    clearTimeout(timer);
  }
}

/** @param {Response} response @returns {Promise<Answer>} */
async function read(response) {
  const { status, headers } = response;
  const date = Date.parse(headers.get("Date") || "");
  const rest = { status, tag: headers.get("ETag") || "", now: Number.isNaN(date) ? null : date };
  if (status === 304) return { ...rest, json: null };
  if (!(headers.get("Content-Type") || "").startsWith("application/json")) {
    if (status >= 500) return { ...rest, json: null };
    throw new NoNetwork(`${status} without JSON`);
  }
  return { ...rest, json: await response.json() };
}
