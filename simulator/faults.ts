import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { Reply } from "./http/reply";

type Spoiling = Partial<Record<"truncate" | "cut" | "bodiless" | "keepBody", true | undefined>>;

/** Faults of an answer's body need the answer. */
function spoilsWork({ truncate, cut, bodiless, keepBody }: Spoiling): boolean {
  return [truncate, cut, bodiless, keepBody].includes(true);
}

const faultSchema = z
  .strictObject({
    match: z.strictObject({
      method: z.string().optional(),
      pathPattern: z.string().default(""),
      login: z.string().optional(),
    }),
    times: z.int().min(1).default(1),
    /** Let so many matching requests through first. */
    skip: z.int().min(0).default(0),
    /** `before`: nothing is done. `after`: the work is done, the answer is spoilt. */
    phase: z.enum(["before", "after"]).optional(),
    status: z.int().min(200).max(599).optional(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.string().optional(),
    delayMs: z.number().min(0).optional(),
    /** Let the request wait until the faults are cleared. */
    hold: z.literal(true).optional(),
    drop: z.literal(true).optional(),
    truncate: z.literal(true).optional(),
    /** The right answer with half of its body, as complete as a proxy would make it look. */
    cut: z.literal(true).optional(),
    /** The right answer without its body. */
    bodiless: z.literal(true).optional(),
    /** The right body under another status (`status`). */
    keepBody: z.literal(true).optional(),
    html: z.literal(true).optional(),
  })
  .transform((fault) => ({
    ...fault,
    phase: fault.phase ?? (spoilsWork(fault) ? ("after" as const) : ("before" as const)),
  }));

export type Fault = z.infer<typeof faultSchema> & { id: number; hits: number; seen: number };

/** What is left of an answer once a fault had its way. */
export type Spoilt = { reply: Reply; drop?: true; truncate?: true };

const htmlError =
  "<!doctype html><html><head><title>Service temporarily unavailable</title></head><body><h1>503</h1></body></html>";

export function createFaults() {
  let faults: Fault[] = [];
  let held: (() => void)[] = [];
  let nextId = 1;

  function matches(fault: Fault, method: string, path: string, login: string | undefined): boolean {
    const { match } = fault;
    if (match.method && match.method.toUpperCase() !== method) return false;
    if (match.login && match.login !== login) return false;
    return new RegExp(match.pathPattern).test(path);
  }

  return {
    /** Throws ZodError for an unknown key and SyntaxError for a bad pattern. */
    add(input: unknown): Fault {
      const parsed = faultSchema.parse(input);
      new RegExp(parsed.match.pathPattern);
      const fault = { ...parsed, id: nextId++, hits: 0, seen: 0 };
      faults.push(fault);
      return fault;
    },
    list: () => faults,
    /** Takes every fault away; requests that were held go on. */
    clear: () => {
      for (const release of held) release();
      faults = [];
      held = [];
    },
    /** How long a request that meets the fault has to wait. */
    async wait(fault: Fault): Promise<void> {
      if (fault.delayMs) await setTimeout(fault.delayMs);
      if (fault.hold) await new Promise<void>((release) => held.push(release));
    },
    /** The fault that this request meets, counted. */
    next(method: string, path: string, login: string | undefined): Fault | undefined {
      for (const fault of faults.filter((f) => matches(f, method, path, login))) {
        fault.seen += 1;
        if (fault.seen <= fault.skip || fault.hits >= fault.times) continue;
        fault.hits += 1;
        return fault;
      }
      return undefined;
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;

/** The answer a fault puts in the place of the right one. */
export function spoil(fault: Fault, right: Reply): Spoilt {
  if (fault.drop) return { reply: right, drop: true };
  if (fault.html) {
    return {
      reply: {
        status: fault.status ?? 200,
        headers: { "content-type": "text/html", ...fault.headers },
        body: htmlError,
      },
    };
  }
  if (fault.cut || fault.bodiless || fault.keepBody) {
    const body = Buffer.from(right.body);
    const kept = fault.bodiless ? 0 : fault.cut ? Math.floor(body.length / 2) : body.length;
    return { reply: { ...right, status: fault.status ?? right.status, body: body.subarray(0, kept) } };
  }
  const replaced = fault.status !== undefined || fault.body !== undefined;
  const reply = replaced
    ? {
        status: fault.status ?? right.status,
        headers: {
          ...(fault.body === undefined ? {} : { "content-type": "application/json" }),
          ...fault.headers,
        },
        body: fault.body ?? "",
      }
    : { ...right, headers: { ...right.headers, ...fault.headers } };
  return fault.truncate ? { reply, truncate: true } : { reply };
}
