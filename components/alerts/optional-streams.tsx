import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/blocks";
import { Button } from "@/components/ui/controls";
import type { OptionalStream } from "@/lib/services/consents/optional";
import { CheckLine } from "./check-line";

const NAMED = 5;

type OptionalStreamsProps = {
  squadId: string;
  streams: readonly OptionalStream[];
  /** Absent for those who may only read: they see the same boxes, closed. */
  save: ((form: FormData) => Promise<void>) | undefined;
};

/** Kinds of data that a squad asks for only if it wants them: what each is for, and who agreed. */
export function OptionalStreams({ squadId, streams, save }: OptionalStreamsProps) {
  const t = useTranslations("alerts.optional");
  const titles = useTranslations("consent.streams");
  return (
    <Card pad="even" title={<span id="optional-title">{t("title")}</span>}>
      <p className="text-ink-2 pb-3">{t("lead")}</p>
      <form action={save} className="grid gap-3">
        <input type="hidden" name="squadId" value={squadId} />
        <fieldset className="grid gap-3" disabled={save === undefined} aria-labelledby="optional-title">
          {streams.map((kind) => (
            <CheckLine
              key={kind.stream}
              name="stream"
              value={kind.stream}
              defaultChecked={kind.isAsked}
              hint={
                <>
                  {t(`use.${kind.consentKey}`)} <Agreed kind={kind} />
                </>
              }
              hintId={`optional-${kind.stream}`}
            >
              {titles(`${kind.consentKey}.title`)}
            </CheckLine>
          ))}
        </fieldset>
        <p className="text-cell text-ink-3">{t("effect")}</p>
        {save ? (
          <div>
            <Button type="submit">{t("save")}</Button>
          </div>
        ) : null}
      </form>
    </Card>
  );
}

function Agreed({ kind: { isAsked, agreed, of } }: { kind: OptionalStream }) {
  const t = useTranslations("alerts.optional");
  if (!isAsked && agreed.length === 0) return null;
  return t("agreed", {
    n: agreed.length,
    of,
    names: agreed.slice(0, NAMED).join(", "),
    more: Math.max(0, agreed.length - NAMED),
  });
}
