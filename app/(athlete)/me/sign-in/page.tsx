import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Block, Note } from "@/components/athlete-self/block";
import { OwnMain } from "@/components/athlete-self/own-main";
import { Say } from "@/components/athlete-self/say";
import { Button, TextField } from "@/components/ui/controls";

type Props = { searchParams: Promise<{ say?: string; error?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.signIn"))("title") };
}

export default async function AthleteSignInPage({ searchParams }: Props) {
  const { say, error } = await searchParams;
  const t = await getTranslations("me.signIn");
  const errors = await getTranslations("errors");
  return (
    <OwnMain next="/me/sign-in" home="/">
      <Say what={error ? "start-again" : say} />
      <h1>{t("title")}</h1>
      <p className="text-ink-2 pb-4">{t("lead")}</p>
      <Block title={t("byMail")}>
        <form action="/me/sign-in/link" method="post" className="grid gap-3">
          <TextField
            id="email"
            name="email"
            type="email"
            label={t("email")}
            autoComplete="email"
            required
            problem={say === "bad-email" ? errors("address") : undefined}
          />
          <Button kind="primary">{t("send")}</Button>
        </form>
      </Block>
      <Block title={t("byPolar")}>
        <form action="/me/sign-in/polar" method="post" className="grid gap-2">
          <Button>{t("polar")}</Button>
          <Note>{t("polarHint")}</Note>
        </form>
      </Block>
      <Note>
        {t.rich("coach", {
          link: (words) => (
            <Link className="link" href="/sign-in">
              {words}
            </Link>
          ),
        })}
      </Note>
    </OwnMain>
  );
}
