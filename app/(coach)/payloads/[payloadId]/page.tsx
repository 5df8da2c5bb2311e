import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { Foot } from "@/components/shell/foot";
import { PageTitle } from "@/components/ui/page-title";
import { AppError } from "@/lib/errors";
import { viewPayload } from "@/lib/services/payloads/store";
import { CoachHeader } from "../../coach-header";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("connections.payload"))("title") };
}

export default async function PayloadPage({ params }: { params: Promise<{ payloadId: string }> }) {
  const { payloadId } = await params;
  const t = await getTranslations("connections.payload");
  const reasons = await getTranslations("connections.reason");
  const payload = await look(payloadId);
  return (
    <>
      <CoachHeader path={`/payloads/${payloadId}`} />
      <main id="content" className="main">
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
            <ul className="entries">
              {payload.fields.map((field) => (
                <li key={field.path}>
                  <code>{field.path}</code> {reasons.has(field.reason) ? reasons(field.reason) : field.reason}
                </li>
              ))}
            </ul>
          ) : null}
          <pre className="raw">{indented(payload.body)}</pre>
        </div>
        <Foot />
      </main>
    </>
  );
}

async function look(payloadId: string) {
  try {
    return await viewPayload({ ctx: await coachContext(), input: { payloadId } });
  } catch (error) {
    if (error instanceof AppError && (error.code === "not-found" || error.code === "forbidden")) notFound();
    throw error;
  }
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
