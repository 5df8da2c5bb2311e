import { createHash } from "node:crypto";

/** Raised when the meaning of the consent text changes, so that earlier consents can be told apart at a glance. */
const EDITION = 3;

/** The version of a consent text: its edition, and a fingerprint of every word of it. */
export function textVersionOf(plainText: string): string {
  return `${EDITION}.${createHash("sha256").update(plainText).digest("hex").slice(0, 16)}`;
}
