/** Which episode a verdict is about. */
export function VerdictFields(of: { athleteId: string; openedOn: string; squadId: string }) {
  return (
    <>
      <input type="hidden" name="athleteId" value={of.athleteId} />
      <input type="hidden" name="openedOn" value={of.openedOn} />
      <input type="hidden" name="squadId" value={of.squadId} />
    </>
  );
}
