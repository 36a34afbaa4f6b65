import { z } from 'zod'
import type { Ask } from '../../../../shared/web/ask-service.ts'
import { pace } from '../../pace/pace.ts'

const PATH = '/ops/pace'
const told = z.object({ paces: z.array(pace) })

/** Sets the pace of payment, and puts back what was set before. Rejects when payment does not answer. */
export function createPaceSetter(ask: Ask): { set(perSecond: number): Promise<void>; restore(): Promise<void> } {
  let before: { perSecond: number | null } | null = null // null: untouched
  const tell = async (perSecond: number | null) => {
    const reply = await ask('payment', PATH, { list: 'payment', perSecond })
    if (reply?.status !== 200) throw new Error('payment does not answer')
  }
  return {
    set: async (perSecond) => {
      before ??= await read(ask)
      await tell(perSecond)
    },
    restore: async () => {
      if (before === null) return
      await tell(before.perSecond)
      before = null
    },
  }
}

/** What the admin has set; null where what the environment says holds. */
async function read(ask: Ask): Promise<{ perSecond: number | null }> {
  const { paces } = told.parse((await ask('payment', PATH))?.body)
  const found = paces.find(({ list }) => list === 'payment')
  return { perSecond: found?.isSet ? found.perSecond : null }
}
