import { useTranslations } from "next-intl";
import { elapsed } from "@/components/format/dates";
import { whole } from "@/components/format/numbers";
import { wordFor } from "@/components/format/word";
import { Card, Entries } from "@/components/ui/blocks";
import type { OperationView } from "@/lib/services/operation/view";
import { type Act, HiddenForm } from "./hidden-form";
import { Acts, Remedy, WideTable } from "./parts";
import { useWhen } from "./when";

type Props = { view: OperationView; settle: Act; nowMs: number };

/** Who runs the jobs, what runs and waits, and what gave up with what to do about it. */
export function JobsCard({ view, settle, nowMs }: Props) {
  const t = useTranslations("operate.jobs");
  return (
    <Card title={t("title")} titleId="jobs-title">
      <Engine view={view} nowMs={nowMs} />
      <Failures view={view} settle={settle} />
      {view.owed ? <OwedWork owed={view.owed} nowMs={nowMs} /> : null}
      {view.runs && view.runs.length > 0 ? <Runs view={view} runs={view.runs} /> : null}
    </Card>
  );
}

/** The engine, whether it works, and what waits for it: of the whole installation. */
function Engine({ view, nowMs }: Pick<Props, "view" | "nowMs">) {
  const t = useTranslations("operate.jobs");
  const when = useWhen(view);
  const { operation, engine, jobs } = view;
  if (!operation || !jobs) return null;
  const oldest = operation.oldestWaitingMs === null ? null : elapsed(operation.oldestWaitingMs, nowMs);
  const at = jobs.lastWorkAt === null ? "" : when(new Date(jobs.lastWorkAt));
  return (
    <>
      <p className={jobs.worker === "ok" ? undefined : "font-semibold text-ink"}>
        {t(`worker.${jobs.worker}`, { at })}
      </p>
      <Remedy>
        <b>{t(`engine.${engine}`)}</b> {t(`engineText.${engine}`)}{" "}
        {oldest === null
          ? t("outboxEmpty")
          : t("outbox", { n: operation.waiting, oldest: t(`ago.${oldest.unit}`, { n: oldest.count }) })}
      </Remedy>
    </>
  );
}

function Failures({ view, settle }: { view: OperationView; settle: Act }) {
  const t = useTranslations("operate.jobs");
  const when = useWhen(view);
  if (view.failures.length === 0) return <p className="text-ink-3">{t("noFailures")}</p>;
  return (
    <Entries>
      {view.failures.map((failure) => {
        const fields = { failureId: failure.id };
        return (
          <li
            key={failure.id}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-3 phone:grid-cols-1"
          >
            <div>
              <b>{wordFor(t, `names.${failure.functionId}`) ?? failure.functionId}</b>{" "}
              <span className="text-ink-3">{t("gaveUp", { at: when(failure.failedAt) })}</span>
              <p className="wrap-anywhere">{failure.error}</p>
              <p className="text-ink-2">
                {wordFor(t, `remedies.${failure.functionId}`) ?? t("remedies.other")}
              </p>
            </div>
            <Acts>
              {failure.canRunAgain ? (
                <HiddenForm act={settle} fields={{ ...fields, how: "again" }}>
                  {t("again")}
                </HiddenForm>
              ) : null}
              <HiddenForm act={settle} fields={{ ...fields, how: "dealt-with" }}>
                {t("dealtWith")}
              </HiddenForm>
            </Acts>
          </li>
        );
      })}
    </Entries>
  );
}

/** What was asked for and is not done, kind by kind: most of it is gone within seconds. */
function OwedWork({ owed, nowMs }: { owed: NonNullable<OperationView["owed"]>; nowMs: number }) {
  const t = useTranslations("operate.jobs");
  if (owed.length === 0) return <p className="text-ink-3">{t("owed.none")}</p>;
  const ago = (ms: number) => {
    const { unit, count } = elapsed(ms, nowMs);
    return t(`ago.${unit}`, { n: count });
  };
  return (
    <WideTable title={t("owed.caption")}>
      <thead>
        <tr>
          <th scope="col">{t("owed.work")}</th>
          <th scope="col" className="num">
            {t("owed.count")}
          </th>
          <th scope="col" className="num">
            {t("owed.oldest")}
          </th>
          <th scope="col">{t("owed.what")}</th>
        </tr>
      </thead>
      <tbody>
        {owed.map((one) => (
          <tr key={one.event}>
            <th scope="row">{t(`owed.names.${one.event.replaceAll(/[/.]/g, "-")}`)}</th>
            <td className="num">{whole(one.count)}</td>
            <td className="num">{ago(one.oldestAtMs)}</td>
            <td className={`min-w-50 max-w-[62ch] ${one.isLate ? "font-semibold text-ink" : "text-ink-3"}`}>
              {t(one.isLate ? "owed.late" : "owed.soon", { n: one.timesAgain })}
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}

function Runs({ view, runs }: { view: OperationView; runs: NonNullable<OperationView["runs"]> }) {
  const t = useTranslations("operate.jobs");
  const when = useWhen(view);
  const columns = ["running", "waiting", "sleeping", "finishedToday", "failedWeek"] as const;
  return (
    <WideTable title={t("caption")}>
      <thead>
        <tr>
          <th scope="col">{t("job")}</th>
          {columns.map((name) => (
            <th key={name} scope="col" className="num">
              {t(`columns.${name}`)}
            </th>
          ))}
          <th scope="col" className="num">
            {t("columns.last")}
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.functionId}>
            <th scope="row">{wordFor(t, `names.${run.functionId}`) ?? run.functionId}</th>
            {columns.map((name) => (
              <td key={name} className={run[name] === 0 ? "num text-ink-3" : "num"}>
                {whole(run[name])}
              </td>
            ))}
            <td className="num">{run.lastEndedAtMs === null ? "–" : when(run.lastEndedAtMs)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
