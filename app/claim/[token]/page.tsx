import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import SignInLayout from "@/app/(auth)/layout";
import { LinkEnded } from "@/app/(auth)/link-ended";
import { visitorContext } from "@/app/context";
import { Notice } from "@/components/ui/blocks";
import { Button, TextField } from "@/components/ui/controls";
import { AppError } from "@/lib/errors";
import { viewOwnerClaim } from "@/lib/services/team/join";

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ problem?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.claim"))("title"), robots: { index: false } };
}

export default async function ClaimPage({ params, searchParams }: Props) {
  const { token } = await params;
  const { problem } = await searchParams;
  const t = await getTranslations("auth.claim");
  const common = await getTranslations("auth");
  const errors = await getTranslations("errors");
  if (!(await isOpen(token))) return <SignInLayout>{<LinkEnded of="owner" />}</SignInLayout>;
  return (
    <SignInLayout>
      <div>
        <h1>{t("title")}</h1>
        <p className="mt-1 text-ink-2">{t("lead")}</p>
      </div>
      {problem && problem !== "email" ? (
        <Notice role="alert">{t("problem", { field: problem })}</Notice>
      ) : null}
      <form action={`/claim/${token}/use`} method="post" className="grid gap-3">
        <TextField id="name" name="name" label={t("name")} autoComplete="name" required maxLength={80} />
        <TextField
          id="email"
          name="email"
          type="email"
          label={common("email")}
          autoComplete="email"
          required
          problem={problem === "email" ? errors("address") : undefined}
        />
        <TextField id="teamName" name="teamName" label={t("teamName")} required maxLength={80} />
        <Button kind="primary">{t("button")}</Button>
      </form>
    </SignInLayout>
  );
}

async function isOpen(token: string): Promise<boolean> {
  try {
    await viewOwnerClaim({ ctx: await visitorContext(), input: { token } });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "link-ended") return false;
    throw error;
  }
}
