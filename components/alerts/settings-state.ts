export type SettingsField =
  | "name"
  | "timeZone"
  | "mailTime"
  | "nightsSharePercent"
  | "latestMinutes"
  | "baselineDays"
  | "form";

/** What came of sending the settings: as they were entered, and the field that is wrong. */
export type SettingsState = {
  kind: "untouched" | "saved" | "refused";
  field: SettingsField | null;
  entered: {
    name: string;
    timeZone: string;
    mailTime: string;
    nightsSharePercent: string;
    latestMinutes: string;
    baselineDays: string;
    baselineMethod: string;
    loadKind: string;
    loadRisePercent: string;
    drift: boolean;
    athletesSeeLevel: boolean;
  };
};
