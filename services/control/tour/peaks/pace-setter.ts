import { join } from 'node:path'
import { z } from 'zod'
import { guestFolderIn } from '../../../../shared/guest.ts'
import type { Ask } from '../../../../shared/web/ask-service.ts'
import { type Kept, keptIn } from '../../demo/kept.ts'
import { pace } from '../../pace/pace.ts'

const PATH = '/ops/pace'
const told = z.object({ paces: z.array(pace) })

const before = z.object({ perSecond: z.number().nullable() })
type Before = z.infer<typeof before>

/** What was set before, for who comes after a control that has died: payment remembers its pace over every restart. Null: untouched. */
export const paceIn = (dataDir: string): Kept<Before | null> =>
  keptIn(join(guestFolderIn(dataDir), 'pace.json'), before.nullable())

/** Sets the pace of payment, and puts back what was set before. Rejects when payment does not answer. */
export function createPaceSetter(
  ask: Ask,
  kept: Kept<Before | null>,
): { set(perSecond: number): Promise<void>; restore(): Promise<void> } {
  const tell = async (perSecond: number | null) => {
    const reply = await ask('payment', PATH, { list: 'payment', perSecond })
    if (reply?.status !== 200) throw new Error('payment does not answer')
  }
  return {
    set: async (perSecond) => {
      kept.write(kept.read() ?? (await read(ask)))
      await tell(perSecond)
    },
    restore: async () => {
      const known = kept.read()
      if (known === null) return
      await tell(known.perSecond)
      kept.write(null)
    },
  }
}

/** What the admin has set; null where what the environment says holds. */
async function read(ask: Ask): Promise<Before> {
  const { paces } = told.parse((await ask('payment', PATH))?.body)
  const found = paces.find(({ list }) => list === 'payment')
  return { perSecond: found?.isSet ? found.perSecond : null }
}
