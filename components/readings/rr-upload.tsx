"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button, TextField } from "@/components/ui/controls";
import { Failed, Problems } from "./problems";
import { Recording } from "./recording";
import type { RrState } from "./states";
import { useTooLarge } from "./too-large";

type RrUploadProps = {
  athleteId: string;
  today: string;
  /** What became of the latest recording of this hour. */
  latest: RrState;
  upload: (before: RrState, form: FormData) => Promise<RrState>;
  look: (athleteId: string, uploadId: string) => Promise<RrState>;
  /** Largest file taken, in bytes. */
  largest: number;
};

/** One recording as a text file of RR intervals; a job reads it, and what came of it appears below. */
export function RrUpload({ athleteId, today, latest, upload, look, largest }: RrUploadProps) {
  const t = useTranslations("readings.rr");
  const [state, action, pending] = useActionState<RrState, FormData>(upload, latest);
  const [tooLarge, check] = useTooLarge(largest);
  return (
    <div className="grid gap-3">
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
          accept=".txt,.csv,.tsv,.hrm,text/plain,text/csv"
          label={t("file")}
          hint={t("hint")}
          required
        />
        <Button disabled={pending} className="justify-self-start">
          {t("store")}
        </Button>
      </form>
      {tooLarge ? <Problems problems={tooLarge} /> : null}
      {state.kind === "refused" && !tooLarge ? <Problems problems={state.problems} /> : null}
      <div aria-live="polite" className="grid gap-3">
        {state.kind === "failed" ? <Failed state={state} /> : null}
        {state.kind === "upload" ? (
          <Recording
            key={`${state.upload.id}-${state.upload.state}`}
            athleteId={athleteId}
            upload={state.upload}
            look={look}
            choose={action}
          />
        ) : null}
      </div>
    </div>
  );
}
