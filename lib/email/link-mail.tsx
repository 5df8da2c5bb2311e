import { MailButton, MailFrame, MailParagraph, MailSmall } from "./frame";

export type LinkMailWords = {
  preview: string;
  title: string;
  paragraphs: string[];
  button: string;
  /** Small print: how long the link holds, and what to do if the mail was not expected. */
  small: string;
};

/** A mail whose point is one link: a sign-in, an invitation, the way back to an athlete's own page. */
export function LinkMail(props: { lang: string; href: string; words: LinkMailWords }) {
  const { words } = props;
  return (
    <MailFrame
      lang={props.lang}
      preview={words.preview}
      title={words.title}
      foot={<MailSmall>{words.small}</MailSmall>}
    >
      {words.paragraphs.map((paragraph) => (
        <MailParagraph key={paragraph}>{paragraph}</MailParagraph>
      ))}
      <MailButton href={props.href}>{words.button}</MailButton>
      <div data-skip-in-text="true" style={{ wordBreak: "break-all" }}>
        <MailSmall>{props.href}</MailSmall>
      </div>
    </MailFrame>
  );
}
