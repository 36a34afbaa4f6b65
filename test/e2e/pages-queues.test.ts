import { expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { describeInBrowser, graveFindings, usePages } from '../pages-rig.ts'
import { ORDERS_ALONE } from '../shop.ts'
import { until } from '../until.ts'

const poisoned = z.object({ order: z.object({ id: z.string(), number: z.string() }) })

describeInBrowser('what is in the lists and on disk', () => {
  const pages = usePages(ORDERS_ALONE)
  const goTo = async (page: Page, hash: string) => {
    await page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
  }

  it('is looked into: a queue is paused, its messages and who knows of them are seen, and it goes on', async () => {
    const page = await pages.enterRoom()
    await goTo(page, '#/queue/payment')
    await page.click('[data-verb=pause]')
    await page.waitForSelector('.queue-view .notice:visible')
    const id = await pages.shop.place()

    await page.click('[data-list=payment] summary')

    await page.waitForSelector('.story li:has-text("number 1 from the front")')
    await page.waitForSelector('.story li:has-text("outbox: pushed once")')
    expect(await page.textContent('[data-list=payment] pre')).toContain('"totalCents"')
    expect(await graveFindings(page)).toEqual([])
    await page.click('[data-verb=resume]')
    await pages.shop.reaches('paid', id)
    await page.waitForSelector('#waiting .empty:visible')
    pages.expectNoComplaints()
  })

  it('shows how a queue went, and fits a phone', async () => {
    const page = await pages.enterRoom({ width: 320, height: 640, scheme: 'dark', locale: 'zh-CN' })
    await goTo(page, '#/queue/order')
    await page.waitForSelector('[data-chart=waiting] path.strong[d^=M]', { state: 'attached' })
    await pages.expectNoSidewaysScrolling()
    await goTo(page, '#/letters')
    await page.waitForSelector('#dead .empty:visible')
    await pages.expectNoSidewaysScrolling()
    await goTo(page, '#/search?q=OL-1000001')
    await page.waitForSelector('.hits [data-kind=order]')
    await pages.expectNoSidewaysScrolling()
    expect(await graveFindings(page)).toEqual([])
    pages.expectNoComplaints()
  })

  it('finds an order by its number, and leads to its page', async () => {
    const id = await pages.shop.place()
    const page = await pages.enterRoom()
    await goTo(page, '#/search')
    await page.fill('#search input', 'OL-1000001')
    await page.press('#search input', 'Enter')

    await page.click('.hits [data-kind=order] a')

    await page.waitForURL(/\/orders\//)
    expect(id).toBeTruthy()
    pages.expectNoComplaints()
  })

  it('has poison that can be replayed: its handler fails 8 times, the gateway is repaired, and the order is paid', async () => {
    const page = await pages.enterRoom()
    const { order } = poisoned.parse(await (await pages.shop.demo({ action: 'poison' })).json())
    await goTo(page, '#/letters')
    await page.click(`.letters summary:has-text("failed 8 times")`, { timeout: 60_000 })
    expect(await page.textContent('.letters details[open] pre')).toContain(order.id)

    await pages.shop.demo({ action: 'repair' })
    await page.click('.letters details[open] .actions button >> nth=0')

    await pages.shop.reaches('paid', order.id)
    await page.waitForSelector('#dead .empty:visible')
    pages.expectNoComplaints()
  })

  it('has what is no message: it is edited with its faults at the field, or deleted with a reason that stays', async () => {
    const page = await pages.enterRoom()
    await pages.shop.demo({ action: 'garbage', name: 'inventory' })
    await goTo(page, '#/letters')
    await page.click('.letters summary:has-text("unknown event")')
    const open = page.locator('.letters details[open]')

    await open.locator('button[aria-expanded] >> nth=0').click()
    await open.locator('input[name=reason]').fill('a test')
    await open.locator('form button').click()
    await open.locator('.failure code:has-text("body.name")').waitFor()
    await open.locator('button.danger').click()
    await open.locator('form input[name=reason]').fill('nobody said it')
    await open.locator('form button').click()

    await until(async () => (await page.locator('.letters summary:has-text("unknown event")').count()) === 0)
    await goTo(page, '#/letters?state=closed')
    await page.click('.letters summary:has-text("unknown event")')
    await page.waitForSelector('.letters details[open] :text("nobody said it")')
    expect(pages.browser?.complaints).toEqual([expect.stringContaining('422')]) // of the edited message
  })
})
