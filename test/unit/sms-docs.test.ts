import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { allWell } from '../../simulators/sms-gateway/switches.ts'

const page = readFileSync('docs/sms.md', 'utf8')
const statesInCode = /type SmsState = (.*)/.exec(readFileSync('services/notification/sms.ts', 'utf8'))?.[1] ?? ''
const rowsUnder = (heading: string) => {
  const rows = page.slice(page.indexOf(`| ${heading} |`)).split('\n\n')[0] ?? ''
  return [...rows.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
}

describe('the page about SMS', () => {
  it('has every state of an SMS', () => {
    expect(rowsUnder('state')).toEqual([...statesInCode.matchAll(/'(\w+)'/g)].map(([, state]) => state))
  })

  it('has every switch of the gateway', () => {
    expect(rowsUnder('switch')).toEqual(Object.keys(allWell()))
  })
})
