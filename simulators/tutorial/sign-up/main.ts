import { join } from 'node:path'
import { z } from 'zod'
import { runAlone } from '../../run.ts'
import { openPost } from './post.ts'
import { openDesk } from './sign-up.ts'

const customer = z.object({ name: z.string(), email: z.string(), phone: z.string(), password: z.string() })
const wish = z.object({ type: z.literal('sign-up'), id: z.string(), way: z.enum(['serial', 'parallel']), customer })

await runAlone('tutorial-sign-up', async (config) => {
  const { signUp, close } = openDesk(join(config.DATA_DIR, 'tutorial'), openPost(config))
  process.on('message', (told) => {
    const { data } = wish.safeParse(told)
    if (data === undefined) return
    const answer = (error?: unknown) =>
      process.send?.({ type: 'told', id: data.id, error: error === undefined ? null : String(error) })
    signUp(data.way, data.customer).then(() => answer(), answer)
  })
  return { close: async () => close() }
})
