"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button, TextField } from "@/components/ui/controls";
import { Preview } from "./preview";
import { Failed, Problems } from "./problems";
import type { TableState } from "./states";
import { useTooLarge } from "./too-large";

type TableUploadProps = {
  athleteId: string;
  upload: (before: TableState, form: FormData) => Promise<TableState>;
  /** Largest file taken, in bytes. */
  largest: number;
};

/** A table of readings: chosen, looked at with its columns matched, then stored. */
export function TableUpload({ athleteId, upload, largest }: TableUploadProps) {
  const t = useTranslations("readings.table");
  const [state, action, pending] = useActionState<TableState, FormData>(upload, { kind: "idle" });
  const [tooLarge, check] = useTooLarge(largest);
  const preview = state.kind === "preview" ? state.preview : null;
  return (
    <form action={action} className="grid gap-3" aria-busy={pending} onSubmit={check}>
      <input type="hidden" name="athleteId" value={athleteId} />
      {preview ? (
        <Preview key={JSON.stringify(preview.columns)} preview={preview} pending={pending} />
      ) : (
        <>
          <TextField
            id="readings-table"
            name="file"
            type="file"
            accept=".csv,.txt,.tsv,text/csv,text/plain"
            label={t("file")}
            hint={t("hint")}
            required
          />
          <Button name="do" value="preview" disabled={pending} className="justify-self-start">
            {t("look")}
          </Button>
        </>
      )}
      {tooLarge ? <Problems problems={tooLarge} /> : null}
      {state.kind === "refused" && !tooLarge ? <Problems problems={state.problems} /> : null}
      <div aria-live="polite">
        {state.kind === "stored" ? <p>{t("stored", { n: state.stored, same: state.unchanged })}</p> : null}
        {state.kind === "failed" ? <Failed state={state} /> : null}
      </div>
    </form>
  );
}
