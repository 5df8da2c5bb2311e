-- Data repair: consents recorded before bounds and promises were written down beside the text. Running it again changes nothing.
-- What is shared begins ninety days before the day of agreement in the squad's zone ("up to 90 days back, never older"), or on that day ("from now on").
UPDATE consents c SET shares_from = (
  SELECT jsonb_object_agg(stream, ((c.accepted_at AT TIME ZONE s.time_zone)::date
    - CASE c.history WHEN 'from-now' THEN 0 ELSE 90 END)::text)
  FROM unnest(c.streams) AS stream)
FROM athletes a JOIN squads s ON s.id = a.squad_id
WHERE a.id = c.athlete_id AND c.shares_from IS NULL AND cardinality(c.streams) > 0;
--> statement-breakpoint
-- A text that kept the level to the coaches promised nothing; any other did.
UPDATE consents SET level_promised = false
WHERE level_promised AND (text LIKE '%the daily level is shown to the coaches only%'
  OR text LIKE '%only the coaches see the daily level%'
  OR text LIKE '%päivän taso näytetään vain valmentajille%');
