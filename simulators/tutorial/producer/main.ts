import { z } from 'zod'
import { runAlone } from '../../run.ts'
import { connect } from '../connect.ts'
import { messageShape } from '../message.ts'
import { produce } from './produce.ts'

const order = z.object({ type: z.literal('order'), message: messageShape })

// The tour tells which orders there are: a producer of its own pushes each.
await runAlone('tutorial-producer', async (config, log) => {
  const redis = connect(config, log)
  process.on('message', (told) => {
    const { data } = order.safeParse(told)
    if (data !== undefined) void produce(data.message, redis)
  })
  return { close: async () => redis.disconnect() }
})
