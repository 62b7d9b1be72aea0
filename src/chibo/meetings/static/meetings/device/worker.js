/**
 * The worker of /phong-hop/: the page and all that it needs lie on the device, of one version. A classic script: module
 * workers came with Chrome 91 and Safari 15. The server puts three names in front: VERSION, SHELL and FILES
 * (chibo.meetings.device.shell).
 *
 * A newer version waits until no page of the room is open, so that nothing changes under a meeting; where no meeting
 * waits on the device the page sends "take-over".
 */
(() => {
  const worker = /** @type {any} */ (self);
  const { VERSION, SHELL, FILES } = /** @type {{VERSION: string, SHELL: string, FILES: string[]}} */ (worker.CHIBO);
  const PREFIX = "phong-hop-";
  const CACHE = PREFIX + VERSION;
  const HASHED = /\.[0-9a-f]{12}\.[a-z0-9]+$/;

  /** A file whose name holds its digest may come from the browser's own cache: the page has just loaded it.
   * @param {string} address */
  const request = (address) =>
    new Request(address, { credentials: "omit", cache: HASHED.test(address) ? "default" : "reload" });

  /** @param {Cache} cache @param {string} address */
  async function fetchInto(cache, address) {
    const response = await fetch(request(address));
    // A redirect would be kept silently, and fail offline.
    if (!response.ok || response.redirected) throw new Error(`${response.status} ${address}`);
    await cache.put(address, response);
  }

  async function install() {
    const cache = await caches.open(CACHE);
    await Promise.all([SHELL, ...FILES].map((address) => fetchInto(cache, address)));
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
    else if (FILES.indexOf(pathname) >= 0) event.respondWith(answer(event.request, pathname));
  });
  worker.addEventListener("message", (/** @type {any} */ event) => {
    if (event.data === "take-over") worker.skipWaiting();
  });
})();
