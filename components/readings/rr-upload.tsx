"use client";

import { useLocale, useTranslations } from "next-intl";
import { useActionState } from "react";
import { civil } from "@/components/format/dates";
import { whole } from "@/components/format/numbers";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Problems } from "./problems";
import type { RrState } from "./states";
import { useTooLarge } from "./too-large";

type RrUploadProps = {
  athleteId: string;
  today: string;
  upload: (before: RrState, form: FormData) => Promise<RrState>;
  /** Largest file taken, in bytes. */
  largest: number;
};

/** One recording as a text file of RR intervals, reduced at once. */
export function RrUpload({ athleteId, today, upload, largest }: RrUploadProps) {
  const t = useTranslations("readings.rr");
  const [state, action, pending] = useActionState<RrState, FormData>(upload, { kind: "idle" });
  const [tooLarge, check] = useTooLarge(largest);
  return (
    <form action={action} className="grid gap-3" aria-busy={pending} onSubmit={check}>
      <input type="hidden" name="athleteId" value={athleteId} />
      <TextField
        id="readings-rr-date"
        name="date"
        type="date"
        label={t("date")}
        defaultValue={today}
        max={today}
        required
      />
      <TextField
        id="readings-rr"
        name="file"
        type="file"
        accept=".txt,.csv,text/plain"
        label={t("file")}
        hint={t("hint")}
        required
      />
      <Button disabled={pending} className="justify-self-start">
        {t("store")}
      </Button>
      {tooLarge ? <Problems problems={tooLarge} /> : null}
      {state.kind === "refused" && !tooLarge ? <Problems problems={state.problems} /> : null}
      <div aria-live="polite">
        {state.kind === "stored" ? <Stored state={state} /> : null}
        {state.kind === "failed" ? <p>{t("failed")}</p> : null}
      </div>
    </form>
  );
}

function Stored({ state }: { state: Extract<RrState, { kind: "stored" }> }) {
  const t = useTranslations("readings.rr");
  const locale = useLocale();
  const { rmssdMs, heartRateBpm, acceptedShare, quality, beats } = state.reading;
  return (
    <p>
      {t("stored", {
        day: civil(state.date, "short", locale),
        ms: whole(rmssdMs),
        bpm: whole(heartRateBpm),
        beats,
        percent: Math.round(acceptedShare * 100),
        quality,
      })}
    </p>
  );
}
