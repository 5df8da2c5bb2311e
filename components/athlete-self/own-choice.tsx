import { useTranslations } from "next-intl";
import { Button, ButtonLink } from "@/components/ui/button";
import type { OwnPage } from "@/lib/services/athlete-page/view-model";
import { Block } from "./block";

/** Download, pause, stop and delete, sign out. */
export function OwnChoice({ state }: { state: OwnPage["sharing"]["state"] }) {
  const t = useTranslations("me.page");
  const stopped = state === "stopped";
  return (
    <Block title={t("choice")}>
      <div className="grid gap-2">
        {stopped ? null : <ButtonLink href="/me/readings">{t("readings")}</ButtonLink>}
        <a className="button" href="/me/export" download>
          {t("download")}
        </a>
        <p className="own-note mb-2">{t("downloadHolds")}</p>
        {stopped || state === "not-connected" ? null : (
          <ButtonLink href="/me/pause">{t(state === "paused" ? "goOn" : "pause")}</ButtonLink>
        )}
        <ButtonLink href="/me/leave">{t(stopped ? "deleteNow" : "stop")}</ButtonLink>
      </div>
      {stopped ? null : <p className="own-note">{t("stopHint")}</p>}
      <form action="/me/sign-out" method="post" className="pt-3">
        <Button kind="plain">{t("signOut")}</Button>
      </form>
    </Block>
  );
}
