import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { CHAPTERS, type Chapter } from "@/lib/method/read-chapter";

/** The chapters of the full method; the one that is open is marked. */
export async function ChapterList({ current }: { current?: Chapter }) {
  const t = await getTranslations("shell.methods");
  return (
    <nav aria-label={t("chapters")}>
      <ul className="flex flex-wrap gap-x-4 gap-y-1.5">
        {CHAPTERS.map((chapter) => (
          <li key={chapter}>
            <Link
              className="link inline-block py-1 aria-[current=page]:font-semibold aria-[current=page]:no-underline"
              href={`/methods/${chapter}`}
              aria-current={chapter === current ? "page" : undefined}
              prefetch={false}
            >
              {t(`chapter.${chapter}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
