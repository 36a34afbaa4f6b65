import { join } from 'node:path'
import { z } from 'zod'
import { runAlone } from '../../run.ts'
import { openBank } from '../bank.ts'
import { connect } from '../connect.ts'
import { consume } from './consume.ts'

const loseAnswer = z.object({ type: z.literal('loseAnswer') })

await runAlone('tutorial-consumer', async (config, log) => {
  const redis = connect(config, log)
  const bank = openBank(join(config.DATA_DIR, 'tutorial'))
  process.on('message', (told) => {
    if (loseAnswer.safeParse(told).success) bank.loseNextAnswer()
  })
  let isEnding = false
  consume(redis, bank.charge).catch((error) => {
    if (!isEnding) throw error // nobody catches it: this is how the tutorial's consumer ends
  })
  return {
    close: async () => {
      isEnding = true
      redis.disconnect()
    },
  }
})
