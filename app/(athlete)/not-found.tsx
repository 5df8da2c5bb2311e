import { NothingHere } from "@/app/nothing-here";

export default function AthleteNotFound() {
  return <NothingHere to="athlete" home="/me" />;
}
