import type pg from 'pg'

/** The one number that a question is answered with. */
export async function numberIn(client: pg.Client, question: string): Promise<number> {
  const { rows } = await client.query<unknown[]>({ text: question, rowMode: 'array' })
  return Number(rows[0]?.[0])
}
