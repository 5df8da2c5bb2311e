import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Fragment } from "react";
import { civil, clock, clockOrDay } from "@/components/format/dates";
import { wordFor } from "@/components/format/word";
import { Code } from "@/components/ui/blocks";
import { Button } from "@/components/ui/controls";
import { ScrollBox } from "@/components/ui/scroll-box";
import type { ConnectionsView, ConnectionView } from "@/lib/services/squads/connections";
import { StreamWord } from "./stream-word";

type Act = (form: FormData) => Promise<void>;
type TableProps = {
  view: ConnectionsView;
  athletes: readonly ConnectionView[];
  sync?: Act | undefined;
  /** Owners see raw payloads, and the ledger behind each mark. */
  operates: boolean;
};

/** Athletes by streams: a mark and the time of the last completed transaction; problems first. */
export function ConnectionsTable({ view, athletes, sync, operates }: TableProps) {
  const t = useTranslations("connections");
  return (
    <ScrollBox className="mx-(--margin) overflow-x-auto" look="card" label={t("caption")}>
      <table className="[&_:is(td,th)]:h-8.5 [&_:is(td,th)]:border-line [&_:is(td,th)]:border-b [&_:is(td,th)]:px-2 [&_:is(td,th)]:text-cell [&_tbody_th]:text-[0.8125rem] [&_th:first-child]:pl-3.5 [&_tr:target]:bg-hover">
        <caption className="sr-only">{t("caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("athlete")}</th>
            <th scope="col">{t("state")}</th>
            {view.columns.map((stream) => (
              <th key={stream} scope="col">
                {wordFor(t, `stream.${stream}`) ?? stream}
              </th>
            ))}
            <th scope="col" className="num">
              {t("action")}
            </th>
          </tr>
        </thead>
        <tbody>
          {athletes.map((athlete) => (
            <Fragment key={athlete.athleteId}>
              <AthleteRow athlete={athlete} view={view} sync={sync} operates={operates} />
              {athlete.quarantined.length > 0 ? (
                <tr className="bg-hover">
                  <td colSpan={view.columns.length + 3}>
                    <Quarantined athlete={athlete} showRaw={operates} />
                  </td>
                </tr>
              ) : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function statusOf({ remedy, status }: ConnectionView) {
  return remedy === "quiet" || remedy === "paused" ? remedy : status;
}

const pausedSince = ({ pausedOn }: ConnectionView, locale: string) =>
  pausedOn === null ? "" : civil(pausedOn, "short", locale);

function AthleteRow({
  athlete,
  view,
  sync,
  operates,
}: Omit<TableProps, "athletes"> & { athlete: ConnectionView }) {
  const t = useTranslations("connections");
  const locale = useLocale();
  return (
    <tr id={athlete.athleteId}>
      <th scope="row" className="whitespace-nowrap font-[550] text-ink">
        <Link href={`/athletes/${athlete.athleteId}`} prefetch={false}>
          {athlete.name}
        </Link>
      </th>
      <td className={athlete.status === "active" ? "text-ink-2" : "font-semibold text-ink"}>
        {t(`status.${statusOf(athlete)}`)}
      </td>
      {athlete.streams.map((stream, i) => (
        <td key={view.columns[i]}>
          {stream === null ? (
            <span className="text-ink-3">{t("notShared")}</span>
          ) : (
            <StreamMark
              stream={stream}
              view={view}
              ledger={operates ? `/operate/athletes/${athlete.athleteId}?stream=${stream.stream}` : null}
            />
          )}
        </td>
      ))}
      <td className="num">
        {athlete.remedy === "none" ? null : (
          <span className="text-ink-2">
            {t(`remedy.${athlete.remedy}`, { day: pausedSince(athlete, locale) })}
          </span>
        )}
        {sync && statusOf(athlete) === "active" ? (
          <form action={sync} className="ml-2 inline-block">
            <input type="hidden" name="athleteId" value={athlete.athleteId} />
            <input type="hidden" name="squadId" value={view.squad.id} />
            <Button type="submit" size="small" aria-label={t("syncOf", { name: athlete.name })}>
              {t("sync")}
            </Button>
          </form>
        ) : null}
      </td>
    </tr>
  );
}

/** The mark of one stream: its shape says the state, its word or time says it again. */
function StreamMark({
  stream,
  view,
  ledger,
}: {
  stream: NonNullable<ConnectionView["streams"][number]>;
  view: ConnectionsView;
  ledger: string | null;
}) {
  const t = useTranslations("connections");
  const errors = useTranslations("errors.code");
  const { provider, account } = stream;
  const errorWords = (code: string) =>
    errors(errors.has(code) ? code : "internal", { detail: "", provider, account });
  const locale = useLocale();
  const { timeZone } = view.squad;
  const at =
    stream.lastSuccessAtMs === null
      ? null
      : clockOrDay(stream.lastSuccessAtMs, { timeZone, date: view.today, locale });
  const words = [
    stream.state === "open" && stream.openSinceMs !== null
      ? t("openSince", { at: clock(stream.openSinceMs, timeZone) })
      : (at ?? t("never")),
    stream.state === "quarantined" ? t("quarantinedCount", { n: stream.quarantined }) : "",
    stream.state === "refused" ? t("mark.refused") : "",
  ]
    .filter(Boolean)
    .join(" · ");
  return (
    <StreamWord
      state={stream.state}
      title={stream.errorCode === null ? undefined : errorWords(stream.errorCode)}
    >
      {ledger ? (
        <Link className="underline-offset-3 hover:underline" href={ledger} prefetch={false}>
          {words}
        </Link>
      ) : (
        <span>{words}</span>
      )}
    </StreamWord>
  );
}

function Quarantined({ athlete, showRaw }: { athlete: ConnectionView; showRaw: boolean }) {
  const t = useTranslations("connections");
  const locale = useLocale();
  return (
    <div className="grid gap-1 px-1.5 pt-2.5 pb-3">
      <p>
        <b>{t("quarantine.title", { n: athlete.quarantined[0]?.ofAthlete ?? 0 })}</b> {t("quarantine.text")}
      </p>
      <ul>
        {athlete.quarantined.slice(0, 6).map((entry) => (
          <li key={entry.id}>
            {wordFor(t, `stream.${entry.stream}`) ?? entry.stream} <Code ground="sub">{entry.path}</Code>{" "}
            {wordFor(t, `reason.${entry.reason}`) ?? entry.reason}{" "}
            <span className="text-ink-3">
              ({t("quarantine.parser", { version: entry.parserVersion })},{" "}
              {clockOrDay(entry.quarantinedAtMs, { timeZone: "UTC", date: "", locale })})
            </span>{" "}
            {showRaw ? (
              <Link className="link" href={`/payloads/${entry.payloadId}`} prefetch={false}>
                {t("quarantine.raw")}
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
      {showRaw ? (
        <p className="text-ink-3">
          {t.rich("quarantine.again", {
            operation: (words) => (
              <Link className="link" href="/operate" prefetch={false}>
                {words}
              </Link>
            ),
          })}
        </p>
      ) : null}
    </div>
  );
}
