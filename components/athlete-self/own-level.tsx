import { useFormatter, useTranslations } from "next-intl";
import { LevelChip } from "@/components/ui/level-chip";
import type { OwnLevel as Level, OwnPage } from "@/lib/services/own-page/view-model";
import { Block, Note } from "./block";

/** The same level and the same sentence as the coach sees, unless the squad keeps it to the coaches and promised nothing else. */
export function OwnLevel({ level, today, kept }: Pick<OwnPage, "level" | "today"> & { kept: boolean }) {
  const t = useTranslations("me.page");
  const format = useFormatter();
  if (level.kind !== "day")
    return (
      <Block title={t("coachSees")}>
        <p className="text-ink-2">{t(level.kind)}</p>
        <How />
      </Block>
    );
  const date = format.dateTime(new Date(`${level.date}T12:00:00Z`), {
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  });
  return (
    <Block title={level.date === today ? t("coachSees") : t("coachSeesOn", { date })}>
      <p className="pb-2">
        <LevelChip level={level.level} grade={level.grade} />
      </p>
      <Sentence level={level} />
      {kept ? <Note>{t("levelKept")}</Note> : null}
      <How />
    </Block>
  );
}

function How() {
  const t = useTranslations("me.page");
  return (
    <p className="pt-2">
      <a className="link" href="/me/how">
        {t("how")}
      </a>
    </p>
  );
}

function Sentence({ level }: { level: Extract<Level, { kind: "day" }> }) {
  const t = useTranslations("levels");
  const own = useTranslations("me.page");
  const said = level.phrases.map((phrase) => t(phrase.key, phrase.values));
  return <p className="text-ink-2">{[...said, ...(level.calls ? [own("suggestion")] : [])].join(" ")}</p>;
}
