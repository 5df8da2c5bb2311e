/** The keys that lead to a value inside an event, from an expression such as `event.data.athleteId`. */
export type EventPath = readonly string[];

/** Reads the one form of expression that the engine evaluates; undefined for any other. */
export function parsePath(expression: string): EventPath | undefined {
  return /^event(\.[A-Za-z_]\w*)+$/.test(expression) ? expression.split(".").slice(1) : undefined;
}

/** The value at a path as a text that tells different values apart. */
export function valueAt(event: object, path: EventPath): string {
  let value: unknown = event;
  for (const key of path) {
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return JSON.stringify(value) ?? "null";
}
