/** Jest calls this after all tests on PostgreSQL. */
export default async function endPostgres() {
  await globalThis.endPostgres()
}
