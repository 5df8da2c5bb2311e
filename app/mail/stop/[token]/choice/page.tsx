import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { visitorContext } from "@/app/context";
import { Main, Top } from "@/components/shell/top";
import { Button, ButtonLink } from "@/components/ui/controls";
import { Column } from "@/components/ui/page-title";
import { AppError } from "@/lib/errors";
import { readMailing } from "@/lib/services/news/subscription";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mail.stop"))("title"), robots: { index: false } };
}

export default async function StopMailsPage({ params }: Props) {
  const { token } = await params;
  const mailing = await read(token);
  const t = await getTranslations("mail.stop");
  const state = mailing ? (mailing.stopped ? "stopped" : "sent") : "ended";
  const squad = mailing?.squadName ?? "";
  const what = mailing?.what === "later-today" ? "laterToday." : "";
  return (
    <>
      <Top home="/" />
      <Main>
        <Column>
          <div>
            <h1>{t("title")}</h1>
            <p className="mt-1 text-ink-2" role="status">
              {t(`${what}${state}.lead`, { squad })}
            </p>
          </div>
          {mailing ? (
            <form action={`/mail/stop/${token}`} method="post">
              <input type="hidden" name="wish" value={mailing.stopped ? "resume" : "stop"} />
              <Button kind="primary">{t(`${what}${state}.button`)}</Button>
            </form>
          ) : (
            <ButtonLink href="/sign-in">{t("ended.way")}</ButtonLink>
          )}
        </Column>
      </Main>
    </>
  );
}

async function read(token: string) {
  try {
    return await readMailing({ ctx: await visitorContext(), input: { token } });
  } catch (error) {
    if (error instanceof AppError && error.code === "link-ended") return undefined;
    throw error;
  }
}
