import pino from "pino";
import { errorWithoutValues } from "./error-without-values";

/** Process log as JSON lines. Secrets and bodies are redacted, failed queries told without their parameters. */
export function createLog(name: string): pino.Logger {
  return pino({
    name,
    serializers: { err: (error) => pino.stdSerializers.err(errorWithoutValues(error) as Error) },
    redact: {
      paths: ["*.accessToken", "*.authorization", "*.token", "*.body", "*.email", "*.password", "*.secret"],
      censor: "[redacted]",
    },
  });
}
