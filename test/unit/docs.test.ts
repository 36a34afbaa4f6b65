import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { doors } from '../../shared/doors.ts'
import {
  availableKey,
  bellChannel,
  busChannel,
  claimKey,
  guestKey,
  markKey,
  queueKey,
  settlerKey,
  signedOutKey,
  statusKey,
  tourChannel,
  tutorialKey,
  workersKey,
} from '../../shared/keys.ts'
import { routes } from '../../shared/routes.ts'

const page = readFileSync('docs/architecture.md', 'utf8')

/** The cells of a table of the page, found by its heading row. */
function table(firstHeading: string): string[][] {
  const lines = page.split('\n')
  const start = lines.findIndex((line) => line.startsWith(`| ${firstHeading} |`))
  const rows = lines.slice(start + 2)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return rows.slice(0, end).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )
}

describe('the architecture page', () => {
  it('shows the routes as they are in the code', () => {
    const shown = Object.fromEntries(
      table('event').map(([event, heard = '']) => [event, heard === '' ? [] : heard.split(', ')]),
    )
    expect(shown).toEqual(routes)
  })

  it('shows the doors as they are in the code', () => {
    const shown = table('door, with all below it').map(([door = '', owner]) => [door.replace(' alone', ''), owner])
    expect(Object.fromEntries(shown)).toEqual(doors)
  })

  it('shows every Redis key there is', () => {
    const general = (key: string) => key.replace('{order}', '{<service>}').replace('{order.1}', '{<service>.<n>}')
    const keys = [
      queueKey('order'),
      statusKey('order'),
      workersKey('order'),
      claimKey('order'),
      markKey('order'),
      settlerKey('order', 'payment').replace(':payment', ':<sender>'),
      queueKey('order.1'),
      availableKey(),
      busChannel(),
      bellChannel('order'),
      guestKey('queue'),
      guestKey('workers'),
      signedOutKey(),
      tourChannel(),
      tutorialKey('myqueue'),
      tutorialKey('message_status'),
    ].map(general)
    expect(table('key').map(([key]) => key)).toEqual(keys)
  })

  it('links to tests that exist', () => {
    const links = [...page.matchAll(/\(\.\.\/(test\/[^)]+)\)/g)].map(([, path]) => path ?? '')
    expect(links.length).toBeGreaterThan(5)
    for (const path of links) expect(readFileSync(path, 'utf8')).toMatch(/^\s*(describe|it)[.(]/m)
  })
})
