/**
 * The worker of /phong-hop/: the page and all that it needs lie on the device, of one version. A classic script: module
 * workers came with Chrome 91 and Safari 15. The server puts its facts in front (chibo.meetings.device.shell): VERSION,
 * the page SHELL, FILES one by one, and SCRIPTS, one answer with all modules.
 *
 * A newer version waits until no page of the room is open, so that nothing changes under a meeting. It never skips that:
 * a page that loads while one worker takes over from the other has been seen to wait for ever.
 */
(() => {
  const worker = /** @type {any} */ (self);
  const { VERSION, SHELL, FILES, SCRIPTS } =
    /** @type {{VERSION: string, SHELL: string, FILES: string[], SCRIPTS: string}} */ (worker.CHIBO);
  const PREFIX = "phong-hop-";
  const CACHE = PREFIX + VERSION;
  const HASHED = /\.[0-9a-f]{12}\.[a-z0-9]+$/;

  /** What was fetched for the device. What the page has just loaded is in the browser's own cache: a file whose name holds
   * its digest comes from there, anything else once the server has confirmed it. A redirect would be kept silently, and
   * fail offline.
   * @param {string} address */
  async function fetched(address) {
    const response = await fetch(
      new Request(address, { credentials: "omit", cache: HASHED.test(address) ? "default" : "no-cache" }),
    );
    if (!response.ok || response.redirected) throw new Error(`${response.status} ${address}`);
    return response;
  }

  /** @param {Cache} cache */
  async function keepScripts(cache) {
    const { version, files } = await (await fetched(SCRIPTS)).json();
    if (version !== VERSION) throw new Error(`${version} in place of ${VERSION}`); // the server was renewed in between
    const headers = { "Content-Type": "text/javascript; charset=utf-8" };
    const put = (/** @type {any} */ [address, text]) => cache.put(address, new Response(text, { headers }));
    await Promise.all(Object.entries(files).map(put));
  }

  async function install() {
    const cache = await caches.open(CACHE);
    const put = async (/** @type {string} */ address) => cache.put(address, await fetched(address));
    await Promise.all([keepScripts(cache), ...[SHELL, ...FILES].map(put)]);
  }

  async function activate() {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
    await worker.clients.claim();
  }

  /** @param {Request} asked @param {string} address */
  async function answer(asked, address) {
    const kept = await (await caches.open(CACHE)).match(address);
    return kept || fetch(asked);
  }

  worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
  worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate()));
  worker.addEventListener("fetch", (/** @type {any} */ event) => {
    const { pathname, origin } = new URL(event.request.url);
    if (event.request.method !== "GET" || origin !== worker.location.origin) return;
    if (event.request.mode === "navigate" && pathname === SHELL) event.respondWith(answer(event.request, SHELL));
    else if (pathname.startsWith("/static/")) event.respondWith(answer(event.request, pathname));
  });
})();
