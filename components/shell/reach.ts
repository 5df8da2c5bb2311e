let reached = true;
let lostAtMs: number | null = null;
const listeners = new Set<() => void>();

function settle(): void {
  const isLost = !reached || !navigator.onLine;
  if (isLost === (lostAtMs !== null)) return;
  lostAtMs = isLost ? Date.now() : null;
  for (const listener of listeners) listener();
}

/** Told by whoever asks the server from time to time: whether it answered. */
export function noteAnswer(answered: boolean): void {
  reached = answered;
  settle();
}

/** Follows whether the server can be reached; for `useSyncExternalStore`. */
export function followReach(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("online", settle);
  window.addEventListener("offline", settle);
  settle();
  return () => {
    listeners.delete(listener);
    window.removeEventListener("online", settle);
    window.removeEventListener("offline", settle);
  };
}

/** When the server was lost, epoch ms; null while it answers. */
export function lostAt(): number | null {
  return lostAtMs;
}
