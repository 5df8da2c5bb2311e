"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Table } from "@/components/ui/blocks";
import { Button, TextArea } from "@/components/ui/controls";
import { CopyLink } from "./copy-link";
import { LanguageField, type MailLanguages } from "./language-field";
import type { InviteManyState } from "./states";

type InviteManyProps = {
  squadId: string;
  languages: MailLanguages;
  invite: (before: InviteManyState, form: FormData) => Promise<InviteManyState>;
};

/** Invites everybody on a pasted list or column, after a look at what was understood. */
export function InviteMany({ squadId, languages, invite }: InviteManyProps) {
  const t = useTranslations("squad.invite");
  const [state, action, pending] = useActionState(invite, { kind: "idle" });
  // A form forgets its choices after each answer.
  const chosen = state.kind === "preview" ? state.language : languages.chosen;
  const list = state.kind === "preview" || state.kind === "refused" ? state.list : "";
  return (
    <form action={action} className="grid gap-3">
      <input type="hidden" name="squadId" value={squadId} />
      <TextArea
        key={state.kind}
        id="invite-list"
        name="list"
        label={t("list")}
        hint={t("listHint")}
        required
        defaultValue={list}
        problem={state.kind === "refused" ? t(`code.${state.code}`) : undefined}
      />
      <LanguageField key={chosen} id="invite-many-language" languages={{ ...languages, chosen }} />
      {state.kind === "preview" ? <Preview lines={state.lines} /> : null}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" kind="primary" name="do" value="send" disabled={pending}>
          {t("sendMany")}
        </Button>
        <Button type="submit" name="do" value="preview" disabled={pending}>
          {t("preview")}
        </Button>
      </div>
      <div aria-live="polite">{state.kind === "sent" ? <Sent state={state} /> : null}</div>
    </form>
  );
}

type Lines = Extract<InviteManyState, { kind: "preview" }>["lines"];

function Preview({ lines }: { lines: Lines }) {
  const t = useTranslations("squad.invite");
  return (
    <Table caption={t("previewCaption")}>
      <thead>
        <tr>
          <th scope="col">{t("name")}</th>
          <th scope="col">{t("email")}</th>
          <th scope="col">{t("group")}</th>
          <th scope="col">{t("state")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.line}-${line.name}`}>
            <th scope="row">{line.name || t("line", { n: line.line })}</th>
            <td>{line.email ?? "–"}</td>
            <td>{line.groupName ?? "–"}</td>
            <td>{line.problem === null ? t("fine") : <Wrong line={line} problem={line.problem} />}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Wrong({ line, problem }: { line: Lines[number]; problem: NonNullable<Lines[number]["problem"]> }) {
  const t = useTranslations("squad.invite");
  return (
    <>
      <b>{t(`problem.${problem}`)}</b>{" "}
      <span className="text-ink-3">
        {t("line", { n: line.line })}: <span translate="no">{line.raw}</span>
      </span>
    </>
  );
}

function Sent({ state }: { state: Extract<InviteManyState, { kind: "sent" }> }) {
  const t = useTranslations("squad.invite");
  return (
    <div className="grid gap-2">
      <p>{t("invitedMany", { n: state.invited.length })}</p>
      {state.invited.map(({ athleteId, name, link }) => (
        <div key={athleteId} className="grid gap-1">
          <span>{name}</span>
          <CopyLink link={link} name={name} />
        </div>
      ))}
      {state.left.length > 0 ? (
        <>
          <p>{t("left", { n: state.left.length })}</p>
          <Preview lines={state.left} />
        </>
      ) : null}
    </div>
  );
}
