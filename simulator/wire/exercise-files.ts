import { utcDateTime } from "../civil";
import { routeOf } from "../generate/samples";
import { recordingRateS, type Session } from "../generate/session";

const head = '<?xml version="1.0" encoding="UTF-8"?>';

/** A small but valid TCX: one lap, a heart rate every minute. */
export function tcxOf(session: Session): string {
  const points = session.heartRate.flatMap((bpm, i) =>
    i % 12 === 0
      ? [
          `<Trackpoint><Time>${timeAt(session, i)}</Time><HeartRateBpm><Value>${bpm}</Value></HeartRateBpm></Trackpoint>`,
        ]
      : [],
  );
  const sport = session.sport.running ? "Running" : session.sport.cycling ? "Biking" : "Other";
  return `${head}
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities><Activity Sport="${sport}">
<Id>${utcDateTime(session.startMs)}</Id><Lap StartTime="${utcDateTime(session.startMs)}"><TotalTimeSeconds>${session.durationMs / 1000}</TotalTimeSeconds>
<DistanceMeters>${session.distanceM ?? 0}</DistanceMeters><Calories>${session.calories}</Calories><Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod>
<Track>${points.join("")}</Track></Lap></Activity></Activities></TrainingCenterDatabase>
`;
}

/** A GPX of the route, or undefined for a session without one. */
export function gpxOf(session: Session): string | undefined {
  const route = routeOf(session);
  if (route.length === 0) return undefined;
  const points = route.map(
    (p) =>
      `<trkpt lat="${p.latitude}" lon="${p.longitude}"><time>${utcDateTime(session.startMs + p.seconds * 1000)}</time></trkpt>`,
  );
  return `${head}
<gpx version="1.1" creator="Polar simulator" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${points.join("")}</trkseg></trk></gpx>
`;
}

function timeAt(session: Session, index: number): string {
  return utcDateTime(session.startMs + index * recordingRateS * 1000);
}
