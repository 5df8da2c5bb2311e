import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/blocks";
import { Button, ButtonLink, TextField } from "@/components/ui/controls";
import type { AddressView } from "@/lib/services/own-page/address";
import type { OwnPage } from "@/lib/services/own-page/view-model";
import { Block, Note } from "./block";

/** A coach proposes another address: nothing changes before the athlete decides. */
export function ProposedAddress({ address }: Pick<OwnPage, "address">) {
  const t = useTranslations("me.address");
  if (!address.proposed) return null;
  return (
    <div className="pt-4">
      <Notice role="status">
        <span className="wrap-anywhere">
          {t("notice", { coach: t("somebody"), address: address.proposed })}
        </span>
        <p className="pt-2">
          <ButtonLink href="/me/address">{t("decide")}</ButtonLink>
        </p>
      </Notice>
    </div>
  );
}

/** The question a proposal puts, with both answers; `to` is where the answer goes. */
export function ProposalForm({
  proposal,
  to,
}: {
  proposal: NonNullable<AddressView["proposal"]>;
  to: string;
}) {
  const t = useTranslations("me.address");
  return (
    <form action={to} method="post">
      <p className="pb-2 wrap-anywhere">
        {t("proposed", { coach: proposal.by ?? t("somebody"), address: proposal.email })}
      </p>
      <Note below="large">{t("ends")}</Note>
      <input type="hidden" name="email" value={proposal.email} />
      <div className="grid gap-2 pb-5">
        <Button kind="primary" name="answer" value="agree">
          {t("agree")}
        </Button>
        <Button name="answer" value="refuse">
          {t("refuse")}
        </Button>
      </div>
    </form>
  );
}

type AddressFormsProps = { address: AddressView; signInAgain: boolean; refused: boolean };

/** The athlete's own address, a proposal if there is one, and a change of their own for who has just signed in. */
export function AddressForms({ address, signInAgain, refused }: AddressFormsProps) {
  const t = useTranslations("me.address");
  return (
    <>
      <p className="pb-3 wrap-anywhere">
        {address.email ? t("present", { address: address.email }) : t("none")}
      </p>
      {address.proposal ? <ProposalForm proposal={address.proposal} to="/me/address/answer" /> : null}
      <Block title={t("own")}>
        {signInAgain ? (
          <SignInAgain />
        ) : (
          <ChangeForm ends={address.proposal ? null : t("ends")} refused={refused} />
        )}
      </Block>
    </>
  );
}

function SignInAgain() {
  const t = useTranslations("me.address");
  return (
    <>
      <p className="pb-3">{t("again")}</p>
      <ButtonLink href="/me/sign-in">{t("signIn")}</ButtonLink>
    </>
  );
}

function ChangeForm({ ends, refused }: { ends: string | null; refused: boolean }) {
  const t = useTranslations("me.address");
  const errors = useTranslations("errors");
  return (
    <form action="/me/address/change" method="post" className="grid gap-3">
      <TextField
        id="email"
        name="email"
        type="email"
        label={t("email")}
        autoComplete="email"
        required
        problem={refused ? errors("address") : undefined}
      />
      {ends ? <Note>{ends}</Note> : null}
      <Button>{t("change")}</Button>
    </form>
  );
}
