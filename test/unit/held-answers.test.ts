import { EventEmitter } from 'node:events'
import { describe, expect, it } from '@jest/globals'
import { holdAnswers } from '../../shared/web/held-answers.ts'
import type { Response } from '../../shared/web/http.ts'

describe('an answer that a session holds', () => {
  it('is held once, however many things it tells, and let go when it closes', () => {
    const res = Object.assign(new EventEmitter(), { ends: 0, end: () => void res.ends++ })
    const held = holdAnswers<string>()

    for (let topic = 0; topic < 20; topic++) held.hold('hers', res as unknown as Response, 60_000)
    expect(res.listenerCount('close')).toBe(1)
    held.hangUp((session) => session === 'hers')
    res.emit('close')
    held.hangUp(() => true)

    expect(res.ends).toBe(1)
  })
})
