import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { Entries } from "@/components/ui/lists";
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
        <dl className="facts max-w-[640px]">
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
        </dl>
        {payload.fields.length > 0 ? (
          <Entries>
            {payload.fields.map((field) => (
              <li key={field.path}>
                <code>{field.path}</code> {reasons.has(field.reason) ? reasons(field.reason) : field.reason}
              </li>
            ))}
          </Entries>
        ) : null}
        <pre className="raw">{indented(payload.body)}</pre>
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
