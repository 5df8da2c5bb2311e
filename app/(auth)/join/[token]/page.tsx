import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { visitorContext } from "@/app/context";
import { Button, TextField } from "@/components/ui/controls";
import { AppError } from "@/lib/errors";
import { viewCoachInvitation } from "@/lib/services/team/join";
import { LinkEnded } from "../../link-ended";

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ problem?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.team"))("title"), robots: { index: false } };
}

export default async function JoinPage({ params, searchParams }: Props) {
  const { token } = await params;
  const { problem } = await searchParams;
  const invited = await read(token);
  const t = await getTranslations("auth.join");
  if (!invited) return <LinkEnded of="coach" />;
  return (
    <>
      <div>
        <h1>{t("title", invited)}</h1>
        <p className="mt-1 text-ink-2">{t("lead", invited)}</p>
      </div>
      <form action={`/join/${token}/accept`} method="post" className="grid gap-3">
        <TextField
          id="name"
          name="name"
          label={t("name")}
          autoComplete="name"
          required
          maxLength={80}
          problem={problem === "name" ? t("badName") : undefined}
        />
        <Button kind="primary">{t("button", invited)}</Button>
      </form>
    </>
  );
}

async function read(token: string) {
  try {
    return await viewCoachInvitation({ ctx: await visitorContext(), input: { token } });
  } catch (error) {
    if (error instanceof AppError && error.code === "link-ended") return undefined;
    throw error;
  }
}
