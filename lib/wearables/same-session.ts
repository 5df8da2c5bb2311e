/** What tells sessions of one athlete apart. `itemIds` are numbers inside transactions, `hashId` the plain collection's. */
export type SessionIdentity = {
  hashId: string | null;
  itemIds: readonly number[];
  startMs: number;
  durationMs: number;
  sport: string;
  /** Empty when the channel leaves it out. */
  deviceId: string;
};

const ROUNDING_MS = 1000;

const sharesId = (a: SessionIdentity, b: SessionIdentity) =>
  (a.hashId !== null && a.hashId === b.hashId) || a.itemIds.some((id) => b.itemIds.includes(id));

function agreeOnDevice(a: SessionIdentity, b: SessionIdentity): boolean {
  return a.deviceId === b.deviceId || a.deviceId === "" || b.deviceId === "";
}

const isAsLong = (a: SessionIdentity, b: SessionIdentity) =>
  Math.abs(a.durationMs - b.durationMs) <= ROUNDING_MS;

/** Two recordings of one device that share three quarters of the time they cover are one that was edited. */
const EDITED_SHARE = 0.75;

/** As after an edit in Flow: cut at one end, or nearly the same stretch of time. */
function isEdited(a: SessionIdentity, b: SessionIdentity): boolean {
  const [endA, endB] = [a.startMs + a.durationMs, b.startMs + b.durationMs];
  if (a.startMs === b.startMs || endA === endB) return true;
  const sharedMs = Math.min(endA, endB) - Math.max(a.startMs, b.startMs);
  const coveredMs = Math.max(endA, endB) - Math.min(a.startMs, b.startMs);
  return sharedMs >= EDITED_SHARE * coveredMs;
}

/** Whether two recordings last from and to the same moments, on a device that may be the same. */
export function isSameStretch(a: SessionIdentity, b: SessionIdentity): boolean {
  return agreeOnDevice(a, b) && a.startMs === b.startMs && isAsLong(a, b);
}

/** Whether the plain collection knows them as two: it gives each session one hash. */
export const haveTwoHashes = (a: Pick<SessionIdentity, "hashId">, b: Pick<SessionIdentity, "hashId">) =>
  a.hashId !== null && b.hashId !== null && a.hashId !== b.hashId;

/**
 * How surely two recordings are one session: 0 when they are two, 3 at most. Polar gives a session a number in each
 * transaction that offers it (a new one after an edit) and a hash in the plain collection. They are one when they share
 * an id (3), or agree on device and begin together and last equally long (2), or are of one sport and as an edit leaves
 * them (1): cut at one end, or nearly the same stretch of time.
 * Recordings that merely lie over each other may be two sessions, so they stay two: a doubled session can be joined
 * later, one that was taken for another is lost. Two different hashes are two sessions, whatever their times.
 */
export function likenessOf(a: SessionIdentity, b: SessionIdentity): 0 | 1 | 2 | 3 {
  if (haveTwoHashes(a, b)) return 0;
  if (sharesId(a, b)) return 3;
  if (isSameStretch(a, b)) return 2;
  return agreeOnDevice(a, b) && a.sport === b.sport && isEdited(a, b) ? 1 : 0;
}

/** Whether two recordings are one session ({@link likenessOf}). */
export const isSameSession = (a: SessionIdentity, b: SessionIdentity) => likenessOf(a, b) > 0;

/** A version of a session as it was offered: when it was uploaded, under which ids. */
export type SessionVersion = Pick<SessionIdentity, "hashId" | "itemIds"> & { uploadedMs: number | null };

/**
 * Whether a version that arrives replaces the one that is kept, or only fills what that leaves open. The later upload
 * counts; of one upload the plain collection, which shows the session as it is now, before an item of a transaction;
 * and of two items the one with the higher number.
 */
export function isNewerVersion(incoming: SessionVersion, kept: SessionVersion): boolean {
  if (incoming.uploadedMs !== null && kept.uploadedMs !== null && incoming.uploadedMs !== kept.uploadedMs)
    return incoming.uploadedMs > kept.uploadedMs;
  if (incoming.hashId !== null) return true;
  const highest = Math.max(...incoming.itemIds);
  if (kept.itemIds.length > 0) return highest >= Math.max(...kept.itemIds);
  return kept.hashId === null;
}
