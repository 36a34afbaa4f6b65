import type { Client } from './db.ts'

const ORDER = /^OL-\d{7,15}$/
const LOOKED_MAX = 200 // lines among which the other name is sought

/** What lines call one and the same thing: some have the id of an order, some its number, most both. */
export type Names = { subject: string | null; order: string | null }

/** Both names of what is called `name`, as far as there are lines that have both. */
export async function namesOf(read: Client, name: string): Promise<Names> {
  const upper = name.toUpperCase()
  if (ORDER.test(upper)) return { subject: await subjectOf(read, upper), order: upper }
  return { subject: name, order: await orderOf(read, name) }
}

/** In lines of order `subject` is always an order's id; in those of a mail server it is a mail's. */
async function subjectOf(read: Client, order: string): Promise<string | null> {
  const [row] = await read.$queryRaw<{ subject: string }[]>`
    SELECT subject FROM (SELECT seq, service, subject FROM "Line" WHERE "order" = ${order} ORDER BY seq LIMIT ${LOOKED_MAX}) AS lines
    WHERE service = 'order' AND subject IS NOT NULL ORDER BY seq LIMIT 1`
  return row?.subject ?? null
}

async function orderOf(read: Client, subject: string): Promise<string | null> {
  const [row] = await read.$queryRaw<{ order: string }[]>`
    SELECT "order" FROM (SELECT seq, "order" FROM "Line" WHERE subject = ${subject} ORDER BY seq LIMIT ${LOOKED_MAX}) AS lines
    WHERE "order" IS NOT NULL ORDER BY seq LIMIT 1`
  return row?.order ?? null
}
