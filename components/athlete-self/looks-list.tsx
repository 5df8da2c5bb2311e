import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { Look, OwnPage } from "@/lib/services/own-page/view-model";
import { Block } from "./block";

/** Who looked at what, and when; times in the squad's zone. */
export function LooksList({ looks, timeZone }: { looks: Look[]; timeZone: string }) {
  const t = useTranslations("me.page");
  const format = useFormatter();
  const when = (at: Date) =>
    format.dateTime(at, {
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      timeZone,
    });
  return (
    <ul className="[&>li>:first-child]:flex-[1_1_9rem] [&>li>:last-child]:text-ink-3 [&>li]:flex [&>li]:flex-wrap [&>li]:gap-x-3 [&>li]:border-line [&>li]:border-b [&>li]:py-[7px] [&>li]:text-[0.875rem] [&>li]:leading-[1.1875rem]">
      {looks.map((look) => (
        <li key={look.id}>
          <span>
            {look.who.kind === "person" ? look.who.name : t(look.who.kind)}, {t(`what.${look.what}`)}
          </span>
          <time dateTime={look.lookedAt.toISOString()}>{when(look.lookedAt)}</time>
        </li>
      ))}
    </ul>
  );
}

/** The latest looks, with the way to all of them. */
export function LooksBlock({ looks, timeZone }: { looks: OwnPage["looks"]; timeZone: string }) {
  const t = useTranslations("me.page");
  return (
    <Block title={t("looks")}>
      {looks.total === 0 ? (
        <p className="text-ink-2">{t("noLooks")}</p>
      ) : (
        <>
          <LooksList looks={looks.latest} timeZone={timeZone} />
          <p className="pt-2">
            <Link className="link" href="/me/looks">
              {t("allLooks", { count: looks.total })}
            </Link>
          </p>
        </>
      )}
    </Block>
  );
}
