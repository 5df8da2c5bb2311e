import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ChapterList } from "@/components/methods/chapter-list";
import { Top } from "@/components/shell/top";
import { RULE_VERSION } from "@/lib/readiness/rule-version";

/** What the page says in short, and the chapter that has it in full. */
const SECTIONS = [
  ["reading", "series"],
  ["baseline", "baseline"],
  ["load", "load"],
  ["levels", "rules"],
  ["context", "context"],
  ["chance", "false-alarms"],
  ["missing", "evidence"],
  ["limits", "limits"],
] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.methods"))("title") };
}

export default async function MethodsPage() {
  const t = await getTranslations("shell.methods");
  return (
    <>
      <Top home="/" />
      <main id="content" className="mx-auto grid max-w-[680px] gap-5 px-(--margin) py-10 phone:py-6">
        <h1>{t("title")}</h1>
        <p className="text-ink-2">{t("lead", { version: RULE_VERSION })}</p>
        {SECTIONS.map(([section, chapter]) => (
          <section key={section} id={section} className="grid gap-1">
            <h2>{t(`${section}.title`)}</h2>
            <p className="text-ink-2">
              {t(`${section}.text`)}{" "}
              <Link className="link" href={`/methods/${chapter}`} prefetch={false}>
                {t("inFull", { chapter: t(`chapter.${chapter}`) })}
              </Link>
            </p>
          </section>
        ))}
        <section className="grid gap-2">
          <h2>{t("chapters")}</h2>
          <p className="text-ink-2">{t("chaptersText")}</p>
          <ChapterList />
        </section>
      </main>
    </>
  );
}
