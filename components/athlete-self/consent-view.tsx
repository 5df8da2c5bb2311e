import type { ConsentText } from "@/lib/services/consents/text";
import { Block } from "./block";

/** The consent text as it is recorded, laid out for a phone. */
export function ConsentView({ text }: { text: ConsentText }) {
  return (
    <>
      <h1>{text.title}</h1>
      <p className="text-ink-2 pb-3.5">{text.lead}</p>
      <Block title={text.shared.title}>
        <ul className="own-shared">
          {text.shared.items.map((item) => (
            <li key={item.stream}>
              <span>{item.title}</span>
              <span className="detail">{item.detail}</span>
              <span className="reach">{item.history}</span>
            </li>
          ))}
        </ul>
        <p className="own-note">{text.shared.note}</p>
      </Block>
      <Block title={text.notShared.title}>
        <ul className="own-not">
          {text.notShared.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
        <p className="own-note">{text.notShared.note}</p>
      </Block>
      {text.sections.map((section) => (
        <Block key={section.title} title={section.title}>
          {section.paragraphs.map((paragraph) => (
            <p key={paragraph} className="text-ink-2">
              {paragraph}
            </p>
          ))}
        </Block>
      ))}
    </>
  );
}
