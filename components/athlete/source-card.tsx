import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { civil, clock, clockOrDay } from "@/components/format/dates";
import { Card, Facts, Remark, Table } from "@/components/ui/blocks";
import type { AthleteView } from "@/lib/services/athletes/view";
import { type ChooseSource, SourceChoice } from "./source-choice";

/** Which readings are scored, how complete they are, and what came when. */
export function SourceCard({ view, choose }: { view: AthleteView; choose?: ChooseSource | undefined }) {
  const t = useTranslations("athlete.source");
  const locale = useLocale();
  const valid = view.days.filter((day) => day.valid).length;
  const suspect = view.days.filter((day) => day.suspect).length;
  const missing = view.days.filter((day) => day.rmssdMs === null).length;
  const device = view.devices[0];
  const { source } = view;
  return (
    <Card title={t("title")} titleId="sync-title" id="sync">
      <Facts>
        <dt>{t("scored")}</dt>
        <dd>
          {source.since === null
            ? t(source.current)
            : t("since", { source: t(source.current), day: civil(source.since, "day", locale) })}
        </dd>
        <dt>{t("standing")}</dt>
        <dd>{t("standingText", source.counts)}</dd>
        {source.current === "nightly" ? (
          <>
            <dt>{t("device")}</dt>
            <dd>
              {device
                ? t("deviceText", { id: device.deviceId, since: civil(device.since, "day", locale) })
                : "–"}
            </dd>
          </>
        ) : null}
        <dt>{t("quality")}</dt>
        <dd>{t("nightsText", { valid, suspect, missing })}</dd>
      </Facts>
      <SourceChoice view={view} choose={choose} />
      <Failures view={view} />
      <SyncLog view={view} />
      <p className="pt-2">
        <Link
          className="link"
          href={`/squads/${view.squad.id}/connections#${view.athlete.id}`}
          prefetch={false}
        >
          {t("connections")}
        </Link>
      </p>
    </Card>
  );
}

function Failures({ view }: { view: AthleteView }) {
  const t = useTranslations("athlete.source");
  const streams = useTranslations("connections.stream");
  return view.streams
    .filter((stream) => stream.errorCode !== null)
    .map(({ stream, failures, nextDueAtMs }) => (
      <Remark key={stream} role="note">
        {t("failed", {
          stream: streams.has(stream) ? streams(stream) : stream,
          n: failures,
          next: nextDueAtMs === null ? "–" : clock(nextDueAtMs, view.squad.timeZone),
        })}
      </Remark>
    ));
}

function SyncLog({ view }: { view: AthleteView }) {
  const t = useTranslations("athlete.source");
  const streams = useTranslations("connections.stream");
  const locale = useLocale();
  if (view.sync.length === 0) return <p className="text-ink-3">{t("nothing")}</p>;
  return (
    <Table caption={t("log")}>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t("when")}</th>
          <th scope="col">{t("stream")}</th>
          <th scope="col">{t("outcome")}</th>
        </tr>
      </thead>
      <tbody>
        {view.sync.map((entry) => (
          <tr key={entry.id}>
            <td className="text-ink-3">
              {clockOrDay(entry.openedAtMs, { timeZone: view.squad.timeZone, date: view.today, locale })}
            </td>
            <th scope="row">{streams.has(entry.stream) ? streams(entry.stream) : entry.stream}</th>
            <td className="num">
              {entry.storedCount === 0 && entry.state === "committed"
                ? t("unchanged")
                : t("entry", { n: entry.storedCount, state: t(`state.${entry.state}`) })}
              {entry.quarantinedCount > 0 ? ` · ${t("quarantined", { n: entry.quarantinedCount })}` : ""}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
