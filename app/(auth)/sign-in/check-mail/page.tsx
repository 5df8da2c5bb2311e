import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { env } from "@/lib/env";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.checkMail"))("title") };
}

export default async function CheckMailPage() {
  const t = await getTranslations("auth.checkMail");
  const { mode, MAILBOX_PORT } = env();
  return (
    <>
      <h1>{t("title")}</h1>
      <p className="text-ink-2">{t("text")}</p>
      {mode === "demonstration" ? (
        <p className="text-ink-2">
          {t.rich("demo", {
            link: (words) => (
              <a className="link" href={`http://localhost:${MAILBOX_PORT}`}>
                {words}
              </a>
            ),
          })}
        </p>
      ) : null}
      <p className="text-ink-2">
        {t.rich("again", {
          link: (words) => (
            <Link className="link" href="/sign-in">
              {words}
            </Link>
          ),
        })}
      </p>
    </>
  );
}
