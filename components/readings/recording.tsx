"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { civil } from "@/components/format/dates";
import { whole } from "@/components/format/numbers";
import { Notice } from "@/components/ui/blocks";
import { Button, SelectField } from "@/components/ui/controls";
import type { QualityReason } from "@/lib/hrv/morning-reading";
import type { ReadRecording, UploadOutcome } from "@/lib/services/readings/recordings";
import type { Upload } from "@/lib/services/readings/uploads";
import { Problems } from "./problems";
import type { RrState } from "./states";

type RecordingProps = {
  athleteId: string;
  upload: Upload;
  look: (athleteId: string, uploadId: string) => Promise<RrState>;
  choose: (form: FormData) => void;
};

const ASK_AGAIN_MS = 1000;
/** What lying still with a moist strap would mend. */
const OF_THE_STRAP: ReadonlySet<QualityReason> = new Set([
  "artefacts",
  "estimates-differ",
  "gaps",
] satisfies QualityReason[]);

/** What became of an uploaded recording; while it waits it is asked for again. */
export function Recording({ athleteId, upload, look, choose }: RecordingProps) {
  const t = useTranslations("readings.rr");
  const locale = useLocale();
  const [now, setNow] = useState(upload);
  const [from, setFrom] = useState(upload);
  // Another answer of the form, a chosen column for instance, begins anew, even where it says the same of the same file.
  if (from !== upload) {
    setFrom(upload);
    setNow(upload);
  }
  useEffect(() => {
    if (now.state !== "waiting") return;
    const timer = setTimeout(async () => {
      const state = await look(athleteId, now.id).catch(() => null);
      // A new object even where nothing changed, so that it is asked for again.
      setNow(state?.kind === "upload" ? state.upload : { ...now });
    }, ASK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [athleteId, look, now]);
  const day = civil(now.date, "short", locale);
  if (now.state === "waiting") return <p>{t("waiting", { day })}</p>;
  if (now.state !== "read") return <p role="alert">{t("failed")}</p>;
  const outcome: UploadOutcome = now.outcome;
  if (outcome.kind === "reading") return <Result day={day} reading={outcome.reading} />;
  if (outcome.headings.length === 0) return <Problems problems={outcome.problems} />;
  return <ColumnChoice athleteId={athleteId} uploadId={now.id} headings={outcome.headings} choose={choose} />;
}

function Result({ day, reading }: { day: string; reading: ReadRecording }) {
  const t = useTranslations("readings.rr");
  const { rmssdMs, heartRateBpm, acceptedShare, coverage, quality, beats, reasons, column } = reading;
  const figures = {
    day,
    ms: whole(rmssdMs),
    bpm: whole(heartRateBpm),
    beats,
    percent: Math.round(acceptedShare * 100),
    quality,
  };
  const Box = quality === "rejected" ? Notice : "div";
  return (
    <Box>
      <p>{quality === "rejected" ? t("rejected", { day, beats }) : t("stored", figures)}</p>
      {reasons.length > 0 ? (
        <ul>
          {reasons.map((reason) => (
            <li key={reason}>
              {t(`reason.${reason}`, {
                percent: Math.round(100 - acceptedShare * 100),
                missing: Math.max(0, Math.round(100 - (coverage ?? 1) * 100)),
              })}
            </li>
          ))}
        </ul>
      ) : null}
      {quality === "rejected" && reasons.some((reason) => OF_THE_STRAP.has(reason)) ? (
        <p>{t("recordAgain")}</p>
      ) : null}
      {column === null ? null : <p className="text-ink-3">{t("column", { column })}</p>}
    </Box>
  );
}

type ChoiceProps = {
  athleteId: string;
  uploadId: string;
  headings: readonly string[];
  choose: (form: FormData) => void;
};

function ColumnChoice({ athleteId, uploadId, headings, choose }: ChoiceProps) {
  const t = useTranslations("readings");
  const columns = headings.map((heading, at) => ({ at, heading }));
  return (
    <Notice role="note">
      <form action={choose} className="grid gap-3">
        <p className="font-semibold text-ink">{t("rr.ask")}</p>
        <input type="hidden" name="athleteId" value={athleteId} />
        <input type="hidden" name="uploadId" value={uploadId} />
        <SelectField id="readings-rr-column" name="column" label={t("rr.choose")} required>
          {/* A guess would be read as intervals and stored: the person says which column it is. */}
          <option value="">{t("column.choose")}</option>
          {columns.map(({ at, heading }) => (
            <option key={at} value={at}>
              {heading || t("column.unnamed", { n: at + 1 })}
            </option>
          ))}
        </SelectField>
        <Button className="justify-self-start">{t("rr.readColumn")}</Button>
      </form>
    </Notice>
  );
}
