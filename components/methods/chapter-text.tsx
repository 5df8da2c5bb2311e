import styles from "./chapter.module.css";

/** A chapter of the method, written by us in docs/method of this installation. */
export function ChapterText({ title, html }: { title: string; html: string }) {
  return (
    <article lang="en" className={styles.chapter}>
      <h1>{title}</h1>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: written by us, in docs/method of this installation. */}
      <div dangerouslySetInnerHTML={{ __html: html }} />
    </article>
  );
}
