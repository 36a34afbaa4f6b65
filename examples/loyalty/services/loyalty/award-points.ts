import type { Handler } from '../../shared/handler.ts'
import { type Columns, insert } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

type Award = { orderId: string; points: number }

const columns: Columns<Award> = ['orderId', 'points']
const CENTS_PER_POINT = 100

/** On `payment.captured`: a point for each whole euro. */
export const awardPoints: Handler<'payment.captured', Client> = {
  says: 'points.awarded',
  apply: (tx, batch) =>
    book(
      tx,
      batch.map(({ message }) => awardFor(message, 1)),
    ),
}

/** On `payment.refunded`: takes them back, whichever of the two comes first. */
export const takePointsBack: Handler<'payment.refunded', Client> = {
  says: 'points.taken_back',
  apply: (tx, batch) =>
    book(
      tx,
      batch.map(({ message }) => awardFor(message, -1)),
    ),
}

function awardFor({ subject, data }: { subject: string; data: { totalCents: number } }, sign: 1 | -1): Award {
  return { orderId: subject, points: sign * Math.floor(data.totalCents / CENTS_PER_POINT) }
}

async function book(tx: Client, awards: Award[]): Promise<void> {
  await tx.$executeRaw`
    ${insert('Award', columns, awards)}
    ON CONFLICT ("orderId") DO UPDATE SET points = "Award".points + excluded.points`
}
