import type { Logger } from "pino";

/** Replaces next-auth's logger, which prints state values and tokens: only the kind of the error is kept. */
export function quietLogger(log: Logger) {
  return {
    error: (error: Error) => log.warn({ kind: kindOf(error), cause: causeName(error) }, "sign-in refused"),
    warn: () => {},
    debug: () => {},
  };
}

/** Class names are shortened in a build; next-auth's errors carry their kind besides. */
function kindOf(error: Error): string {
  return "type" in error && typeof error.type === "string" ? error.type : error.name;
}

function causeName(error: Error): string | undefined {
  const cause = error.cause as { err?: unknown } | undefined;
  return cause?.err instanceof Error ? `${cause.err.name}: ${cause.err.message}` : undefined;
}
