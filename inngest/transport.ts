export type Transport = {
  fetch: typeof globalThis.fetch;
  /** Sends the requests of the client somewhere else from now on. */
  redirect(target: typeof globalThis.fetch): void;
};

/** Where a client's requests go: to an Inngest server, until the embedded engine takes them over. */
export function createTransport(): Transport {
  let target: typeof globalThis.fetch = (...request) => globalThis.fetch(...request);
  return {
    fetch: (...request) => target(...request),
    redirect(next) {
      target = next;
    },
  };
}
