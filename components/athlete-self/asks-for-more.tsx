import { useFormatter, useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/controls";
import { Block } from "./block";

/** A squad that asks for more than was agreed to: nothing of it is fetched before the athlete decides. */
export function AsksForMore({ lines, squad }: { lines: readonly string[]; squad: string }) {
  const t = useTranslations("me.more");
  const titles = useTranslations("consent.streams");
  const format = useFormatter();
  if (lines.length === 0) return null;
  const added = format.list(lines.map((line) => titles(`${line}.title`)));
  return (
    <Block title={t("title")}>
      <p className="text-ink-2 pb-2">{t("asks", { squad, added })}</p>
      <ButtonLink href="/me/more">{t("read")}</ButtonLink>
    </Block>
  );
}
