import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { Code, Entries, Facts } from "@/components/ui/blocks";
import { PageTitle } from "@/components/ui/page-title";
import { viewPayload } from "@/lib/services/payloads/store";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("connections.payload"))("title") };
}

export default async function PayloadPage({ params }: { params: Promise<{ payloadId: string }> }) {
  const { payloadId } = await params;
  const t = await getTranslations("connections.payload");
  const reasons = await getTranslations("connections.reason");
  const payload = await viewPayload({ ctx: await coachContext(), input: { payloadId } }).catch(nearestPage);
  return (
    <>
      <PageTitle title={t("title")} lead={t("lead")} />
      <div className="grid gap-4 px-(--margin) py-4">
        <Facts className="max-w-[640px] grid-cols-[72px_minmax(0,1fr)]">
          <dt>{t("athlete")}</dt>
          <dd>
            <Link className="link" href={`/athletes/${payload.athleteId}`}>
              {payload.athleteName}
            </Link>
          </dd>
          <dt>{t("resource")}</dt>
          <dd>
            {payload.stream} · {payload.resource} · {payload.providerKey}
          </dd>
          <dt>{t("fetched")}</dt>
          <dd>{payload.fetchedAt.toISOString()}</dd>
          <dt>SHA-256</dt>
          <dd className="break-all">{payload.sha256}</dd>
        </Facts>
        {payload.fields.length > 0 ? (
          <Entries>
            {payload.fields.map((field) => (
              <li key={field.path}>
                <Code>{field.path}</Code> {reasons.has(field.reason) ? reasons(field.reason) : field.reason}
              </li>
            ))}
          </Entries>
        ) : null}
        <pre className="wrap-anywhere whitespace-pre-wrap rounded-chip bg-sub p-3 font-code text-[0.75rem] leading-[1.0625rem]">
          {indented(payload.body)}
        </pre>
      </div>
    </>
  );
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
