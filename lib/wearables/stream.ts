import type { Delivery } from "./connection";
import type { ValueKind } from "./normalised";

/** Names a stream; no two providers name one alike, so that a consent, a payload and a state name their stream alone. */
export type StreamId = string;

/** A row of a provider's table of streams: what is fetched, how, how often, how far back, under which consent line. */
export type Stream = {
  id: StreamId;
  /** A companion is consented to with its main stream and has no consent line of its own. */
  partOf: StreamId | null;
  delivery: Delivery;
  /** What is asked, as in the provider's documentation; `{…}` stands for values. */
  endpoints: readonly string[];
  /** What makes the stream due: the provider's notice, the athlete's morning, its main stream having brought news, or the day. */
  cadence: "on-notice" | "morning" | "after-main" | "daily";
  /** Streams whose news change what this one says: it is read again after them. */
  restsOn?: readonly StreamId[];
  /** Requests of a cycle with news, without the items of a transaction. */
  requestsPerCycle: number;
  /** Days the provider offers at connection, whether these include days before the connection, and what the text calls them. */
  history: { days: number; beforeConnection: boolean; countedIn: "nights" | "days" };
  choice: "default" | "optional";
  /** Key of the stream's line in the consent text (`messages/<locale>/consent.json`, `streams.<key>`). */
  consentKey: string;
  /** What its payloads are read as: streams that bring the same fill the same rows. */
  brings: ValueKind;
};

/** The streams people agree to: companions come with theirs. */
export function mainStreams<T extends Stream>(table: readonly T[]): readonly T[] {
  return table.filter((stream) => stream.partOf === null);
}

/** What a morning brings. */
export function morningStreams(table: readonly Stream[]): readonly Stream[] {
  return table.filter((stream) => stream.cadence === "morning");
}

/** The streams a consent names, with their companions, in the order of syncing. Unknown names are left out. */
export function streamsOf(table: readonly Stream[], consented: readonly string[]): readonly Stream[] {
  return table.filter((stream) => consented.includes(stream.partOf ?? stream.id));
}

/** The streams that hold the details of a main stream, or stand in for it. */
export function companionsOf(table: readonly Stream[], stream: Stream): StreamId[] {
  return table.filter((other) => other.partOf === stream.id).map((other) => other.id);
}

/** The streams that are read again once a stream, or a companion of it, brought something new. */
export function followersOf(table: readonly Stream[], stream: Stream): StreamId[] {
  const main = stream.partOf ?? stream.id;
  return table.filter((other) => other.restsOn?.includes(main)).map((other) => other.id);
}
