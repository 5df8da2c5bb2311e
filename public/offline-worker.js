// Shows a sentence of ours when a page is opened without a network. It keeps that one page and nothing else.
const CACHE = "restday-offline";
// The reader's language and theme, and the version: with any of them the address of this file changes.
const PAGE = `/offline${self.location.search}`;

self.addEventListener("install", (event) => event.waitUntil(keepPage()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { method, mode } = event.request;
  if (mode === "navigate" && method === "GET") event.respondWith(openPage(event));
});

async function keepPage() {
  const page = await fetch(PAGE, { cache: "reload", credentials: "omit" });
  if (!page.ok || page.redirected) throw new Error(`The offline page answered ${page.status}`);
  await (await caches.open(CACHE)).put(PAGE, page);
  await self.skipWaiting();
}

async function takeOver() {
  const cache = await caches.open(CACHE);
  const kept = await cache.keys();
  const old = kept.filter(({ url }) => url !== new URL(PAGE, self.location.origin).href);
  await Promise.all(old.map((request) => cache.delete(request)));
  // Pages are asked for while the worker still starts.
  await self.registration.navigationPreload?.enable();
}

// The preloaded answer is the answer: asking again would ask twice for what counts once, such as the return from Polar.
async function openPage(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(PAGE)) ?? Response.error();
  }
}
