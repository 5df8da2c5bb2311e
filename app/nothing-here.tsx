import { useTranslations } from "next-intl";
import { Top } from "@/components/shell/top";
import { ButtonLink } from "@/components/ui/controls";

/** What coaches or athletes see whose address leads nowhere, or to what is not theirs to see: no difference is told. */
export function NothingHere({ to, home }: { to: "coach" | "athlete"; home: string }) {
  const t = useTranslations("errors.missing");
  return (
    <>
      <Top home={home} />
      <main id="content" className="mx-auto grid max-w-[640px] justify-items-start gap-4 px-(--margin) py-12">
        <h1>{t("title")}</h1>
        <p className="text-ink-2">{t(`${to}.text`)}</p>
        <p className="text-ink-2">{t(`${to}.next`)}</p>
        <ButtonLink href={home} kind="primary">
          {t(`${to}.way`)}
        </ButtonLink>
      </main>
    </>
  );
}
