import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { coachAuth } from "@/app/api/auth/coach-auth";
import { optionalCoachContext } from "@/app/context";
import { ownPath } from "@/app/own-path";
import { Button } from "@/components/ui/controls";
import { currentTime } from "@/lib/clock";
import { EmailForm } from "../../email-form";

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ next?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.link"))("title"), robots: { index: false } };
}

/** Where a mailed link leads. Looking at it uses nothing up; the button does. */
export default async function SignInLinkPage({ params, searchParams }: Props) {
  const { token } = await params;
  const next = ownPath((await searchParams).next, "/squads");
  const t = await getTranslations("auth.link");
  if (await coachAuth().isOpen({ token, now: currentTime() }))
    return (
      <>
        <h1>{t("title")}</h1>
        <p className="text-ink-2">{t("text")}</p>
        <form action={`/sign-in/link/${token}/use`} method="post">
          <input type="hidden" name="next" value={next} />
          <Button kind="primary">{t("button")}</Button>
        </form>
      </>
    );
  if (await optionalCoachContext()) redirect(next);
  return (
    <>
      <div role="alert">
        <h1>{t("ended.title")}</h1>
        <p className="mt-1 text-ink-2">{t("ended.text")}</p>
      </div>
      <EmailForm button={t("ended.button")} next={next} />
    </>
  );
}
