-- Error codes name what happened, not the provider it happened with. Safe to repeat: a repaired code matches no more.
UPDATE "stream_states" SET "error_code" = 'provider-' || substr("error_code", length('polar-') + 1)
WHERE "error_code" IN ('polar-unauthorised', 'polar-consent-missing', 'polar-busy', 'polar-failed', 'polar-empty', 'polar-withholds', 'polar-lapses');
