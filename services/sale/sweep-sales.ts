import { every, type Loop } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import type { Logger } from '../../shared/logger.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { ADMIT_MAX, admit, hasNext } from './admit-entries.ts'
import type { Client } from './db.ts'
import { drawLine } from './draw-line.ts'
import { endDue } from './over.ts'
import { readUnended } from './read-sales.ts'
import { mayAdmit, type Sale } from './sale.ts'

const SWEEP_MS = 250

type Deps = { publish: Publish<Client>; read: Client; log: Logger }

/** Does what time brings to sales: four times a second, and at the start. */
export function sweeping(health: Health, deps: Deps): Loop {
  return every(SWEEP_MS, 'sales.sweep', health, createSweep(deps))
}

/** Ends what is over, draws what is to be drawn, lets in whom no message lets in. While nothing is due it only reads. */
function createSweep({ publish, read, log }: Deps): () => Promise<void> {
  const draw = async ({ id: subject, seed }: Sale) => {
    if (await drawLine({ publish, read }, subject, seed ?? '', Date.now())) log.info({ subject }, 'sale.drawn')
  }
  const admitAll = async ({ id }: Sale) => {
    while (await hasNext(read, id)) {
      const admitted = await publish((tx, emit) => admit(tx, id, Date.now(), emit))
      if (admitted < ADMIT_MAX) return
    }
  }
  return async () => {
    const going = await readUnended(read)
    if (going.some((sale) => sale.endsAt <= Date.now())) await publish((tx, emit) => endDue(tx, Date.now(), emit))
    for (const sale of going.filter((sale) => isToDraw(sale, Date.now()))) await draw(sale)
    for (const sale of await readUnended(read)) if (mayAdmit(sale, Date.now())) await admitAll(sale)
  }
}

function isToDraw({ drawsAt, drawnAt, endsAt }: Sale, now: number): boolean {
  return drawsAt !== null && drawsAt <= now && drawnAt === null && now < endsAt
}
