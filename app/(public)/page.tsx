import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { optionalAthleteContext, optionalCoachContext } from "@/app/context";
import { Foot } from "@/components/shell/foot";
import { Top } from "@/components/shell/top";
import { Button, ButtonLink } from "@/components/ui/controls";
import { LevelChip } from "@/components/ui/level-chip";
import { env } from "@/lib/env";
import { LEVELS } from "@/lib/readiness/types";

export default async function StartPage() {
  if (await optionalCoachContext()) redirect("/squads");
  if (await optionalAthleteContext()) redirect("/me");
  const t = await getTranslations("shell.start");
  return (
    <>
      <Top home="/" />
      <main id="content" className="mx-auto grid max-w-[760px] gap-6 px-(--margin) py-12 phone:py-6">
        <div className="grid gap-3">
          <h1>{t("title")}</h1>
          <p className="max-w-[62ch] text-lead text-ink-2">{t("lead")}</p>
        </div>
        <div className="flex flex-wrap gap-3">
          {env().mode === "demonstration" ? (
            <form action="/api/demo/sign-in" method="post">
              <Button type="submit" kind="primary">
                {t("demo")}
              </Button>
            </form>
          ) : null}
          <ButtonLink href="/sign-in" kind={env().mode === "demonstration" ? "default" : "primary"}>
            {t("coach")}
          </ButtonLink>
          <ButtonLink href="/me/sign-in">{t("athlete")}</ButtonLink>
        </div>
        <dl className="grid gap-2">
          {LEVELS.map((level) => (
            <div key={level} className="grid grid-cols-[130px_minmax(0,1fr)] gap-3">
              <dt>
                <LevelChip level={level} />
              </dt>
              <dd className="text-ink-2">{t(`level.${level}`)}</dd>
            </div>
          ))}
        </dl>
        <Foot />
      </main>
    </>
  );
}
