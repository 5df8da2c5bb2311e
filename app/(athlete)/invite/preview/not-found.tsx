import { NothingHere } from "@/app/nothing-here";

/** The preview is the coach's, who comes from a squad. */
export default function PreviewNotFound() {
  return <NothingHere to="coach" home="/squads" />;
}
