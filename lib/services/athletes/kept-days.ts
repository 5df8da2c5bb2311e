/** Days for which the data of an athlete who stopped stay before a job deletes them; the consent text promises it. */
export const KEPT_DAYS = 30;
