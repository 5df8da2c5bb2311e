import type { Sql, TransactionSql } from "postgres";

/**
 * A transaction that changes which runs are open or hold a slot. They go one after another:
 * counting slots then needs no further care, and no two of them can wait for each other's rows.
 */
export async function exclusively(sql: Sql, work: (tx: TransactionSql) => Promise<void>): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('restday engine'))`;
    await work(tx);
  });
}
