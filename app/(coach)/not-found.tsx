import { NothingHere } from "@/app/nothing-here";

export default function CoachNotFound() {
  return <NothingHere to="coach" home="/squads" />;
}
