import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ANSWERS_FILE, type Recorded, readAnswers } from '../../shared/web/docs/answers.ts'
import { Asker } from '../answers/ask.ts'
import { maskAll } from '../answers/mask.ts'
import { TOKEN, walk } from '../answers/walk.ts'
import { Shop } from '../shop.ts'

const hasTools = ['bash', 'curl'].every((name) => spawnSync(name, ['--version']).status === 0)
const describeWithTools = hasTools ? describe : describe.skip
const WALK_MS = 240_000

/** `npm run answers` writes what the docs show. */
const isWriting = process.env.WRITE_ANSWERS === '1'

describeWithTools('the answers that the docs show', () => {
  let shop: Shop
  let asker: Asker
  let fresh: Record<string, Recorded>

  beforeAll(async () => {
    shop = await Shop.open({ ADMIN_TOKEN: TOKEN })
    asker = await Asker.open(shop.urlOf('order'))
    await walk(shop, asker)
    fresh = maskAll(asker.answers, shop.urlOf('order'))
    if (isWriting) writeFileSync(ANSWERS_FILE, `${JSON.stringify(fresh, null, 1)}\n`)
  }, WALK_MS)

  afterAll(async () => {
    asker?.close()
    await shop?.close()
  })

  it('are there for every endpoint, and none is a refusal', () => {
    const shown = [...asker.endpoints.values()].filter(({ group }) => group !== 'tour') // which its page alone asks
    const lacking = shown.map(({ id }) => id).filter((id) => (fresh[id]?.status ?? 599) >= 400)

    expect(lacking.map((id) => [id, fresh[id]])).toEqual([])
  })

  it('are as a whole shop still answers to these very commands', () => {
    const kept = readAnswers()

    for (const [id, answer] of Object.entries(fresh)) expect([id, outlineOf(kept[id])]).toEqual([id, outlineOf(answer)])
  })
})

function outlineOf(answer: Recorded | undefined): object | undefined {
  if (answer === undefined) return undefined
  const { status, type, body } = answer
  return { status, type, fields: typeof body === 'object' && body !== null ? Object.keys(body).toSorted() : null }
}
