import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { invitedContext, visitorContext } from "@/app/context";
import { Note } from "@/components/athlete-self/block";
import { ConsentView } from "@/components/athlete-self/consent-view";
import { HistoryChoice } from "@/components/athlete-self/history-choice";
import { Answers, OwnMain } from "@/components/athlete-self/own-main";
import { Say } from "@/components/athlete-self/say";
import { Button, ButtonLink, TextField } from "@/components/ui/controls";
import { AppError } from "@/lib/errors";
import { noteOpening, viewInvitation } from "@/lib/services/invitations/answer";

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ say?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.invite"))("pageTitle"), robots: { index: false } };
}

export default async function InvitationPage({ params, searchParams }: Props) {
  const { token } = await params;
  const { say } = await searchParams;
  const view = await read(token);
  if (!view) return <InvitationEnded token={token} />;
  if (view.signInFirst) return <SignInFirst token={token} say={say} />;
  // Scanners of mail and previews of links do not navigate as a browser does; they have opened nothing.
  if ((await headers()).get("sec-fetch-dest") === "document")
    await noteOpening({ ctx: await visitorContext(), input: { token } });
  const t = await getTranslations("me.invite");
  const errors = await getTranslations("errors");
  const until = (await getFormatter()).dateTime(view.expiresAt, { day: "numeric", month: "long" });
  return (
    <OwnMain next={`/invite/${token}`} home="/">
      <Say what={say} />
      <ConsentView text={view.text} />
      <form
        action={`/invite/${token}/accept`}
        method="post"
        id="accept"
        className="border-line border-t py-3.5"
      >
        <input type="hidden" name="textVersion" value={view.textVersion} />
        <HistoryChoice />
        {view.address === undefined ? null : (
          <div className="pt-4">
            <TextField
              id="email"
              name="email"
              type="email"
              label={t("address")}
              hint={t("addressHint")}
              autoComplete="email"
              defaultValue={view.address}
              problem={say === "bad-email" ? errors("address") : undefined}
            />
          </div>
        )}
        <Note>{t("acceptHint")}</Note>
      </form>
      <Answers>
        <Button kind="primary" form="accept">
          {t("accept")}
        </Button>
        <form action={`/invite/${token}/decline`} method="post">
          <Button>{t("decline")}</Button>
        </form>
      </Answers>
      <Note>{t("until", { date: until })}</Note>
    </OwnMain>
  );
}

/** A coach has the link too, so somebody with a page of their own answers signed in. */
async function SignInFirst({ token, say }: { token: string; say: string | undefined }) {
  const t = await getTranslations("me.invite.signInFirst");
  return (
    <OwnMain next={`/invite/${token}`} home="/">
      <Say what={say} />
      <h1>{t("title")}</h1>
      <p className="text-ink-2 pb-4">{t("text")}</p>
      <ButtonLink href="/me/sign-in" kind="primary">
        {t("button")}
      </ButtonLink>
    </OwnMain>
  );
}

async function InvitationEnded({ token }: { token: string }) {
  const t = await getTranslations("me.invite.ended");
  return (
    <OwnMain next={`/invite/${token}`} home="/">
      <h1>{t("title")}</h1>
      <p className="text-ink-2">
        {t.rich("text", {
          link: (words) => (
            <Link className="link" href="/me/sign-in">
              {words}
            </Link>
          ),
        })}
      </p>
    </OwnMain>
  );
}

async function read(token: string) {
  try {
    const input = { token, locale: await getLocale() };
    const ctx = await invitedContext();
    return await viewInvitation({ ctx, input });
  } catch (error) {
    if (error instanceof AppError && error.code === "link-ended") return undefined;
    throw error;
  }
}
