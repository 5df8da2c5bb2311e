/** What a request may cost before anybody knows who sends it. */
export type Limits = {
  /** Largest body in bytes, by the beginning of its path; the first that fits counts. */
  bodies: readonly { path: string; bytes: number }[];
  /** Bytes of all bodies that are on their way at one moment. */
  bodiesAtOnceBytes: number;
  /** Time for a request to arrive: its head, and all of it. */
  headMs: number;
  requestMs: number;
};

const kB = 1_024;
const MB = 1_024 * kB;

/**
 * Nothing that Restday's own pages send is larger than a megabyte; Polar's notices are some hundred bytes. What an
 * Inngest server posts carries the results of a run's steps.
 */
export const productLimits: Limits = {
  bodies: [
    { path: "/api/webhooks/", bytes: 64 * kB },
    { path: "/api/inngest", bytes: 8 * MB },
    { path: "/", bytes: MB },
  ],
  bodiesAtOnceBytes: 64 * MB,
  headMs: 20_000,
  requestMs: 60_000,
};

/** The largest body in bytes that may come for a path. */
export function largestBody(limits: Limits, path: string): number {
  return limits.bodies.find((limit) => path.startsWith(limit.path))?.bytes ?? 0;
}
