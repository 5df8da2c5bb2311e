import { useLocale, useTranslations } from "next-intl";
import { Brand } from "@/components/shell/brand";
import { Button } from "@/components/ui/controls";
import { languageOf, languages } from "@/i18n/locales";

/** Top of the athlete's pages: the name, and the other languages. `next` is the page to come back to. */
export function AthleteHeader({ next, home = "/me" }: { next: string; home?: string }) {
  const t = useTranslations("me");
  const current = languageOf(useLocale());
  return (
    <header className="flex min-h-13 items-center justify-between gap-3 border-line border-b bg-surface px-5 [--control-size:0.875rem] [--target:36px]">
      <Brand href={home} />
      <form action="/preferences" method="post" aria-label={t("language")} className="flex gap-2">
        <input type="hidden" name="next" value={next} />
        {languages()
          .filter(({ code }) => code !== current)
          .map(({ code, name }) => (
            <Button key={code} name="locale" value={code} lang={code}>
              {name}
            </Button>
          ))}
      </form>
    </header>
  );
}
