-- Recordings of more than twenty minutes are not reduced any more: a squad's rule that asks for longer ones asks for up to twenty.
UPDATE "reading_rules" SET "longest_s" = 1200, "shortest_s" = LEAST("shortest_s", 1140) WHERE "longest_s" > 1200;
