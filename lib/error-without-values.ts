type DatabaseError = Error & { code?: string; severity?: string; query?: unknown };

/**
 * An error that may be logged, kept and handed to a job engine: a failed query is told without its parameters and
 * without what PostgreSQL quotes of them, since both may be health values. Other errors are returned as they are.
 */
export function errorWithoutValues(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const failed = databaseErrorOf(error);
  if (!failed) return error;
  const reason = failed.message.replace(/: ".*"$/s, "");
  const safe = new Error(`A query failed: ${reason}${failed.code ? ` (${failed.code})` : ""}`);
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  safe.stack = [`Error: ${safe.message}`, ...frames].join("\n");
  return safe;
}

function databaseErrorOf(error: DatabaseError): DatabaseError | undefined {
  if (error.severity !== undefined && error.code !== undefined) return error;
  if (error.query === undefined) return undefined;
  return error.cause instanceof Error ? error.cause : new Error("the connection failed");
}
