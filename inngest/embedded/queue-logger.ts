import { Logger } from "graphile-worker";

export type EngineLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** graphile-worker's own words: errors and warnings reach the log, the rest is about every single job. */
export function queueLogger(log?: EngineLog): Logger {
  return new Logger(() => (level, message) => {
    if (level === "error") log?.error({ source: "queue" }, message);
    if (level === "warning") log?.warn({ source: "queue" }, message);
  });
}
