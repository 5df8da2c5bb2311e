import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { ChapterList } from "@/components/methods/chapter-list";
import { ChapterText } from "@/components/methods/chapter-text";
import { Top } from "@/components/shell/top";
import { CHAPTERS, type Chapter, readChapter } from "@/lib/method/read-chapter";

type Props = { params: Promise<{ chapter: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { chapter } = await params;
  const t = await getTranslations("shell.methods");
  return CHAPTERS.some((one) => one === chapter) ? { title: t(`chapter.${chapter as Chapter}`) } : {};
}

export default async function ChapterPage({ params }: Props) {
  const { chapter } = await params;
  const [t, locale, read] = [
    await getTranslations("shell.methods"),
    await getLocale(),
    await readChapter(chapter),
  ];
  if (!read) notFound();
  return (
    <>
      <Top home="/" />
      <main id="content" className="mx-auto grid max-w-[760px] gap-5 px-(--margin) py-10 phone:py-6">
        <p>
          <Link className="link" href="/methods">
            {t("title")}
          </Link>
        </p>
        {locale.startsWith("en") ? null : <p className="text-ink-2">{t("englishOnly")}</p>}
        <ChapterText title={read.title} html={read.html} />
        <ChapterList current={chapter as Chapter} />
      </main>
    </>
  );
}
