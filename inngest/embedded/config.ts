import { z } from "zod";

/**
 * The part of a function's configuration that the embedded engine understands, as the SDK states it in a sync
 * (docs/SDK_SPEC.md of inngest/inngest, section 4.3).
 */
const limit = z.number().int().min(0);
const concurrencyEntry = z.strictObject({
  limit,
  key: z.string().optional(),
  scope: z.literal("fn").optional(),
});

const functionSchema = z.strictObject({
  id: z.string(),
  name: z.string().optional(),
  triggers: z.array(
    z.strictObject({
      cron: z.string().optional(),
      event: z.string().optional(),
      expression: z.string().optional(),
    }),
  ),
  steps: z.strictObject({
    step: z.object({ retries: z.object({ attempts: z.number().int().min(0).max(20) }).optional() }),
  }),
  concurrency: z.union([limit, concurrencyEntry, z.array(concurrencyEntry).max(2)]).optional(),
  singleton: z.strictObject({ key: z.string().optional(), mode: z.literal("skip") }).optional(),
  throttle: z
    .strictObject({
      limit: limit.min(1),
      period: z.string(),
      key: z.string().optional(),
      burst: z.number().int().min(0).optional(),
    })
    .optional(),
});

export const syncSchema = z.object({ functions: z.array(z.record(z.string(), z.unknown())) });

export type FunctionConfig = z.infer<typeof functionSchema>;
export type ParsedConfig = { config: FunctionConfig } | { problems: string[] };

function featureOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => [...issue.path, key].join("."));
  return [issue.path.join(".")];
}

/** Reads one function's configuration; what the engine cannot honour becomes a problem naming function and feature. */
export function parseFunctionConfig(raw: Record<string, unknown>): ParsedConfig {
  const parsed = functionSchema.safeParse(raw);
  if (parsed.success) return { config: parsed.data };
  const features = [...new Set(parsed.error.issues.flatMap(featureOf))];
  return { problems: features.map((feature) => unsupported(String(raw.id), feature)) };
}

export function unsupported(functionId: string, feature: string): string {
  return `Function "${functionId}" uses ${feature}, which the embedded job engine does not support.`;
}
