import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Button } from "@/components/ui/controls";
import type { OwnPage } from "@/lib/services/own-page/view-model";
import { Block, Note } from "./block";

/** What is shared with whom since when, and how the connection does; `wait` tells of a first sync that Polar keeps waiting. */
export function SharingBlock({ page, wait }: { page: OwnPage; wait: string }) {
  const t = useTranslations("me.page");
  const format = useFormatter();
  const { sharing, timeZone } = page;
  // Agreed, and nothing connected ever: no new invitation is needed for it.
  const mayConnect = sharing.state === "not-connected" && page.consent !== null;
  const day = (at: Date) => format.dateTime(at, { dateStyle: "long", timeZone });
  const time = (at: Date) => format.dateTime(at, { dateStyle: "medium", timeStyle: "short", timeZone });
  return (
    <Block title={t("sharedWith", { team: page.teamName })}>
      {page.consent ? <Agreed consent={page.consent} since={day(page.consent.acceptedAt)} /> : null}
      {sharing.state === "connected" ? (
        <Note>
          {sharing.lastReadAt ? t("lastRead", { when: time(sharing.lastReadAt) }) : t("neverRead")} {wait}{" "}
          <Link className="link" href="/me/connected">
            {t("progress")}
          </Link>
        </Note>
      ) : (
        <p className="text-ink-2 pt-2">
          {t(mayConnect ? "notYet" : `states.${sharing.state}`, {
            when: sharing.pausedAt ? time(sharing.pausedAt) : "",
          })}{" "}
          {wait}
        </p>
      )}
      {page.deleteAfter ? <p className="pt-2">{t("deletion", { date: day(page.deleteAfter) })}</p> : null}
      {sharing.state === "needs-reconnection" || mayConnect ? (
        <form action="/me/reconnect" method="post" className="pt-3">
          <Button kind="primary">{t(mayConnect ? "connect" : "reconnect")}</Button>
        </form>
      ) : null}
      {sharing.state === "paused" ? (
        <form action="/me/pause/end" method="post" className="pt-3">
          <Button kind="primary">{t("goOn")}</Button>
        </form>
      ) : null}
      {sharing.state === "consent-missing" ? (
        <p className="pt-3">
          <a className="link" href="https://account.polar.com">
            {t("openPolar")}
          </a>
        </p>
      ) : null}
    </Block>
  );
}

function Agreed({ consent, since }: { consent: NonNullable<OwnPage["consent"]>; since: string }) {
  const t = useTranslations("me.page");
  const lines = useTranslations("consent.streams");
  const format = useFormatter();
  const named = format.list(consent.lines.map((line) => lines(`${line}.title`)));
  return (
    <p className="text-ink-2">
      {t("lines", { lines: named, date: since })} {consent.history === "from-now" ? t("fromNow") : ""}{" "}
      <Link className="link" href="/me/shared">
        {t("details")}
      </Link>
    </p>
  );
}
