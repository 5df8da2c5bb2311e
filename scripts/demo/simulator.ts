import { z } from "zod";

const athletesSchema = z.object({
  timeZone: z.string(),
  athletes: z.array(
    z.object({ login: z.string(), firstName: z.string(), lastName: z.string(), email: z.email() }),
  ),
});

export type SimulatedAthlete = z.infer<typeof athletesSchema>["athletes"][number];

/** The people of the simulator's scenario who have a Polar account. */
export async function readScenario(simulatorUrl: string) {
  const response = await fetch(`${simulatorUrl}/_sim/athletes`, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`The Polar simulator answered ${response.status}`);
  return athletesSchema.parse(await response.json());
}
