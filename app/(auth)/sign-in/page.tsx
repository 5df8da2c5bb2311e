import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { optionalCoachContext } from "@/app/context";
import { Card } from "@/components/ui/blocks";
import { Button } from "@/components/ui/controls";
import { env } from "@/lib/env";
import { demoCoach } from "@/lib/services/team/sign-in";
import { EmailForm } from "./email-form";

type Props = { searchParams: Promise<{ say?: string; next?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.signIn"))("title") };
}

export default async function SignInPage({ searchParams }: Props) {
  const { say, next } = await searchParams;
  if (await optionalCoachContext()) redirect("/squads");
  const t = await getTranslations("auth");
  const errors = await getTranslations("errors");
  return (
    <>
      <div>
        <h1>{t("signIn.title")}</h1>
        <p className="mt-1 text-ink-2">{t("signIn.lead")}</p>
      </div>
      {env().mode === "demonstration" ? <DemoSignIn /> : null}
      <EmailForm
        button={t("signIn.send")}
        next={next}
        problem={say === "bad-email" ? errors("address") : undefined}
      />
      <p className="text-ink-2">
        {t.rich("signIn.athlete", {
          link: (words) => (
            <Link className="link" href="/me/sign-in">
              {words}
            </Link>
          ),
        })}
      </p>
    </>
  );
}

async function DemoSignIn() {
  const t = await getTranslations("auth.signIn.demo");
  return (
    <Card pad="even" title={t("title")}>
      <p className="mb-3 text-ink-2">{t("text", { name: demoCoach.name })}</p>
      <form action="/api/demo/sign-in" method="post">
        <Button kind="primary">{t("button")}</Button>
      </form>
    </Card>
  );
}
