import { expect, it } from '@jest/globals'
import { holdTalk } from '../../services/control/tour/pubsub/hold-talk.ts'
import { nothing } from '../../services/control/tour/pubsub/talk-shape.ts'
import { useRedis } from '../redis-server.ts'

const redis = useRedis()

it('a talk comes to nothing at once where live cannot be killed, and takes nobody along', async () => {
  let said = 0
  const stage = {
    listeners: { tell: () => {}, heard: () => null, isGone: () => false, stop: () => {} },
    plain: { eventsUrl: '', kill: async () => {}, stop: () => {} },
    ...{ count: 1, stop: () => {} },
    say: async () => void said++,
  }
  const none = { said: 0, isOver: false, trouble: null, ours: nothing(), plain: nothing() }
  const talk = { kind: 'kill' as const, startedAt: 1, listeners: 1, ...none }
  const control = () => Promise.reject(new Error('no process is called live'))
  const deps = { demo: { control }, redis: redis.client, end: new AbortController().signal }

  await expect(holdTalk(stage, talk, 'kill1', deps)).rejects.toThrow('no process is called live')

  expect(said).toBe(1) // and not all five, with a rejection that nobody has taken meanwhile
})
