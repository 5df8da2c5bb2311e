import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button, ButtonAnchor, ButtonLink } from "@/components/ui/controls";
import type { OwnPage } from "@/lib/services/own-page/view-model";
import { Block, Note } from "./block";

/** Address, download, pause, stop and delete, sign out: all of it whatever is connected. */
export function OwnChoice({ page }: { page: Pick<OwnPage, "sharing" | "address" | "consent"> }) {
  const t = useTranslations("me.page");
  const { state } = page.sharing;
  const { email } = page.address;
  const stopped = state === "stopped";
  const nothingToPause = stopped || (state === "not-connected" && page.consent === null);
  return (
    <Block title={t("choice")}>
      <p className="pb-3 wrap-anywhere">
        {email ? t("address", { address: email }) : t("noAddress")}{" "}
        <Link className="link" href="/me/address">
          {t("changeAddress")}
        </Link>
      </p>
      <div className="grid gap-2">
        {stopped ? null : <ButtonLink href="/me/readings">{t("readings")}</ButtonLink>}
        <ButtonAnchor href="/me/export" download>
          {t("download")}
        </ButtonAnchor>
        <Note below="small">{t("downloadHolds")}</Note>
        {nothingToPause ? null : (
          <ButtonLink href="/me/pause">{t(state === "paused" ? "goOn" : "pause")}</ButtonLink>
        )}
        <ButtonLink href="/me/leave">{t(stopped ? "deleteNow" : "stop")}</ButtonLink>
      </div>
      {stopped || state === "not-connected" ? null : <Note>{t("stopHint")}</Note>}
      <form action="/me/sign-out" method="post" className="pt-3">
        <Button kind="plain">{t("signOut")}</Button>
      </form>
    </Block>
  );
}
