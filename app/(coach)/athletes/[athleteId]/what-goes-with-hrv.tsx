import { CorrelationsCard } from "@/components/analysis/correlations-card";
import { ReadingsCard } from "@/components/readings/readings-card";
import type { Context } from "@/lib/context";
import { viewCorrelations } from "@/lib/services/analysis/drivers";
import { viewReadings } from "@/lib/services/readings/view";

/** The athlete page's correlations, and below them how far the morning readings are. */
export async function WhatGoesWithHrv({ ctx, athleteId }: { ctx: Context; athleteId: string }) {
  const [correlations, readings] = await Promise.all([
    viewCorrelations({ ctx, input: { athleteId } }),
    viewReadings({ ctx, input: { athleteId } }),
  ]);
  return (
    <div className="grid gap-4">
      <CorrelationsCard view={correlations} href={`/athletes/${athleteId}/with`} />
      <ReadingsCard view={readings} />
    </div>
  );
}
