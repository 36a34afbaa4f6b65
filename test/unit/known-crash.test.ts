import { AssertionError } from 'node:assert'
import { describe, expect, it } from '@jest/globals'
import { isPausedRead } from '../../chaos/known-crash.ts'

describe('what a run of chaos goes on after', () => {
  it('is the assertion of a connection that ends while its reading is paused', () => {
    expect(isPausedRead(asThrownBy('Parser.finish', 'Socket.onHttpSocketEnd'))).toBe(true)
  })

  it('is nothing else that nobody catches', () => {
    expect(isPausedRead(asThrownBy('Parser.execute', 'Socket.onHttpSocketReadable'))).toBe(false)
    expect(isPausedRead(new Error('Parser.finish onHttpSocketEnd'))).toBe(false)
  })
})

function asThrownBy(...functions: string[]): AssertionError {
  const error = new AssertionError({ message: 'falsy' })
  error.stack = functions.map((name) => `    at ${name} (undici:1:1)`).join('\n')
  return error
}
