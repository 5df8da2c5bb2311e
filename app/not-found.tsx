import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/controls";

export default function NotFound() {
  const t = useTranslations("errors");
  return (
    <main id="content" className="mx-auto grid max-w-[640px] justify-items-start gap-4 px-(--margin) py-12">
      <h1>{t("missing.title")}</h1>
      <p className="text-ink-2">{t("missing.text")}</p>
      <ButtonLink href="/">{t("missing.start")}</ButtonLink>
    </main>
  );
}
