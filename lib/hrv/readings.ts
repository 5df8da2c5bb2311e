/** Where a morning reading came from: a synced session, an uploaded recording, a line of an uploaded table. */
export const READING_ORIGINS = ["rr-session", "rr-file", "csv"] as const;
export type ReadingOrigin = (typeof READING_ORIGINS)[number];

/** Those that a person uploaded and may take away again. */
export const UPLOADED_ORIGINS = ["rr-file", "csv"] as const satisfies readonly ReadingOrigin[];

/** What a reading is worth; `unknown` where only the RMSSD was given. A rejected one is kept and shown, and is no reading. */
export const READING_QUALITIES = ["good", "poor", "rejected", "unknown"] as const;
export type ReadingQuality = (typeof READING_QUALITIES)[number];

/** What is uploaded: a table of readings, or one recording of RR intervals. */
export const UPLOAD_KINDS = ["table", "recording"] as const;

/** Whether an uploaded recording was read. */
export const UPLOAD_STATES = ["waiting", "read", "failed"] as const;
