/**
 * The first thing that runs: the page's worker fetches all scripts of the room in one answer, which is a quarter less
 * than each by itself, and keeps them; then the room begins from there. Without a worker they come from the server.
 */
const PATIENCE = 30000;
const { worker = "", main = "" } = document.documentElement.dataset;

/** Wait until the worker answers for this page. A page that was loaded past it (shift and reload) never gets there. */
async function controlled() {
  if (!("serviceWorker" in navigator)) return;
  const workers = navigator.serviceWorker;
  const claimed = new Promise((resolve) => workers.addEventListener("controllerchange", resolve));
  const registration = await workers.register(worker, { scope: "/phong-hop/", updateViaCache: "none" });
  if (workers.controller) return;
  const patience = registration.active ? 0 : PATIENCE;
  await Promise.race([claimed, new Promise((resolve) => setTimeout(resolve, patience))]);
}

controlled()
  .catch((error) => console.warn("worker", error))
  .then(() => import(main));
