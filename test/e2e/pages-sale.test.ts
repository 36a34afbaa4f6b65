import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { describeInBrowser, graveFindings, idIn, usePages } from '../pages-rig.ts'
import { until } from '../until.ts'

type Ticket = { ticket: string; key: string; number: number }
type Sale = { id: string; state: string; held: number; bought: number; joined: number }

const SECOND_MS = 1_000

const CROWD_MS = 90_000

describeInBrowser('the pages of a sale', () => {
  const pages = usePages()

  /** Announces a sale at the API, open at once. */
  const announce = async (wish: object): Promise<string> => {
    const usual = { kind: 'flash', sku: 'LMP-001', units: 2, priceCents: 4_400, payWithinMs: 60 * SECOND_MS }
    const endsAt = Date.now() + 300 * SECOND_MS
    const { id } = await pages.shop.admin<Sale>('sales', { ...usual, endsAt, ...wish })
    await until(async () => (await saleOf(id)).state === 'open', { what: 'the sale to open' })
    return id
  }
  const saleOf = (id: string) => pages.shop.get<Sale>(`/api/sales/${id}`)
  /** Joins as somebody else. */
  const joinAs = async (sale: string, name: string): Promise<Ticket> => {
    const asked = { buyer: `secret-of-${name}`.padEnd(16, '-'), email: `${name}@example.com` }
    const answer = await pages.shop.send(`/api/sales/${sale}/entries`, asked)
    expect(answer.status).toBe(202)
    return JSON.parse(await answer.text())
  }
  const pay = async ({ ticket }: Ticket) => {
    await pages.shop.reaches('reserved', ticket)
    expect((await pages.shop.pay(ticket)).ok).toBe(true)
  }
  const enter = async (page: Page, email: string) => {
    await page.fill('#email', email)
    await page.click('.join button[type=submit]')
  }

  it('let the admin announce one, whoever joins it pay when it is their turn, and have what they paid', async () => {
    const page = await pages.visit('/sale')
    await page.click('.backstage summary')
    await page.fill('.door input', 'token-of-the-test')
    await page.click('.door button')
    await page.fill('#units', '1')
    await page.fill('#opensInS', '12')
    await page.click('.announce button[type=submit]')

    await page.waitForURL(/\/sale\/[\w-]+$/)
    await page.waitForSelector('.countdown:has-text("Opens in")')
    expect(await page.getAttribute('.join button', 'aria-disabled')).toBe('true')
    await page.waitForSelector('.join button:has-text("Take a ticket")')
    await enter(page, 'ada@example.com')
    await page.click('.pay-link')
    await page.waitForURL(/\/orders\/[\w-]+#[\w-]{22}$/)
    await page.click('.pay-form button')
    await page.waitForSelector('.state[data-state=paid]')
    await page.click('.from-sale')

    await page.waitForSelector('.turn[data-of=bought]')
    await page.waitForSelector('.sale-state[data-why=soldOut]')
    expect(pages.browser?.complaints.filter((line) => !line.includes('401'))).toEqual([]) // the door was knocked at
  })

  it('tell whoever waits how many stand before them, and that all is sold only once all is paid', async () => {
    const id = await announce({ units: 2 })
    const winners = [await joinAs(id, 'grace'), await joinAs(id, 'linus')]
    const next = await joinAs(id, 'radia')
    const page = await pages.visit(`/sale/${id}`)
    let asked = 0
    page.on('request', (request) => {
      if (/\/entries\/[\w-]+$/.test(request.url())) asked++
    })
    await enter(page, 'ada@example.com')

    await page.waitForSelector('.place .before:text-is("1")')
    await page.waitForSelector('.units [data-part=held] dd:text-is("2")')
    await page.fill('#talkName', 'Ada')
    await page.fill('#talkText', 'Is it <b>my</b> turn yet?')
    await page.click('.say button')
    await page.waitForSelector('.talk-lines li:has-text("Ada Is it <b>my</b> turn yet?")')
    expect(await page.textContent('.sale-state')).toBe('Nothing free at the moment')
    const [first, second] = winners
    if (first === undefined || second === undefined) throw new Error('nobody has won')
    await pay(first)
    await page.waitForSelector('.units [data-part=bought] dd:text-is("1")')
    await pages.shop.reaches('reserved', second.ticket)
    expect(asked).toBe(1) // all else the page computes
    await pages.shop.cancel(second.ticket)
    await page.waitForSelector('.place .before:text-is("0")')
    expect(await page.locator('text=Sold out').count()).toBe(0)
    await pay(next)

    await page.waitForSelector('.said-of-mine[data-of=refused]:has-text("Sold out")')
    await page.click('.draw-check button')
    await page.waitForSelector('.check-said:has-text("All 4 places agree.")')
    expect(await page.textContent('.check-said')).toContain('Nobody was let in before their turn.')
    pages.expectNoComplaints()
  })

  it('show the hash of a seed before lots are drawn, and let anybody recompute every place after', async () => {
    const id = await announce({ units: 1, order: 'draw', drawsAt: Date.now() + 20 * SECOND_MS })
    for (const name of ['grace', 'linus', 'radia']) await joinAs(id, name)
    const page = await pages.visit(`/sale/${id}`, { locale: 'zh-CN', scheme: 'dark', width: 390, height: 844 })
    await enter(page, 'ada@example.com')

    await page.waitForSelector('.place:has-text("您已参加抽签。")')
    expect(await page.textContent('.seed code >> nth=0')).toMatch(/^[0-9a-f]{64}$/)
    await page.waitForSelector('.draw-check button:enabled')
    await page.click('.draw-check button')

    await page.waitForSelector('.check-said:has-text("种子与事先公布的哈希一致。")')
    expect(await page.textContent('.check-said')).toContain('全部 4 个位置一致。')
    expect(await page.textContent('.check-said')).toContain('重新计算出的您的位置')
    await pages.expectNoSidewaysScrolling()
    pages.expectNoComplaints()
  })

  it('say how many a group still lacks, and that money comes back where it does not come together', async () => {
    const id = await announce({ kind: 'group', units: 2 })
    const page = await pages.visit(`/sale/${id}`)
    await enter(page, 'ada@example.com')
    await page.click('.pay-link')
    await page.click('.pay-form button')
    await page.waitForSelector('.state[data-state=paid]')
    const order = idIn(page.url())
    await page.click('.from-sale')
    await page.waitForSelector('.missing:has-text("1 of 2 still missing.")')
    await pages.shop.admin(`sales/${id}/end`, {})

    await page.waitForSelector('.sale-state[data-why=failed]')
    await page.waitForSelector('.said-of-mine[data-of=called-off]')
    await pages.shop.reaches('refunded', order)
  })

  it(
    'send a crowd of which some never pay, and note every ticket that it gets',
    async () => {
      const id = await announce({ units: 8, payWithinMs: 4 * SECOND_MS })
      const shop = await pages.visitShop()
      await shop.waitForSelector(`.sale-offer[href="/sale/${id}"]`)
      const page = await pages.goOn('/control?token=token-of-the-test').then(() => pages.goOn(`/sale/${id}`))
      await page.click('.backstage summary')
      await page.click('[data-crowd="100"]')

      await page.waitForSelector('.sale-state[data-why=soldOut]', { timeout: CROWD_MS })
      await page.waitForSelector('.crowd-progress[data-over=true]')
      const path = join(pages.shop.dataDir, 'demo-tickets.jsonl')
      const told = await until(() => existsSync(path) && ticketsIn(path, id), { what: 'the tickets to be noted' })
      expect(new Set(told.map(({ ticket }) => ticket)).size).toBe(100)
      expect(told.length).toBeGreaterThan(100) // some came twice
      expect(new Set(told.map(({ ticket, email }) => `${email} ${ticket}`)).size).toBe(100)
      expect(await saleOf(id)).toMatchObject({ joined: 100, bought: 8, held: 0 })
    },
    2 * CROWD_MS,
  )

  it.each(['light', 'dark'] as const)(
    'have no serious findings of axe-core in the %s theme, and fit 320 px',
    async (scheme) => {
      const id = await announce({ units: 1 })
      await joinAs(id, 'grace')
      const page = await pages.visit('/sale', { scheme, width: 320, height: 640 })
      await page.waitForSelector('.sale-card')
      expect(await graveFindings(page)).toEqual([])
      await pages.goOn(`/sale/${id}`)
      await page.waitForSelector('.join')
      expect(await graveFindings(page)).toEqual([])
      await enter(page, 'ada@example.com')
      await page.waitForSelector('.place')

      expect(await graveFindings(page)).toEqual([])
      await pages.expectNoSidewaysScrolling()
    },
  )
})

type Noted = { sale: string; ticket: string; email: string }

function ticketsIn(path: string, sale: string): Noted[] {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean)
  return lines.map((line): Noted => JSON.parse(line)).filter((told) => told.sale === sale)
}
