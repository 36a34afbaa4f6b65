import { expect, it } from '@jest/globals'
import { Redis } from 'ioredis'
import type { Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { queueKey } from '../../shared/keys.ts'
import { eventNames, queuesOf } from '../../shared/routes.ts'
import { samples } from '../event-samples.ts'
import { describeInBrowser, graveFindings, usePages } from '../pages-rig.ts'
import { PREFIX } from '../redis-server.ts'
import { until } from '../until.ts'

const PHONE = { width: 375, height: 812 }

describeInBrowser('the page of events', () => {
  const pages = usePages()
  const rate = (page: Page, event: string) => page.locator(`.row[data-event="${event}"] .per-s`).textContent()
  /** As the admin, from the room. */
  const enter = async (look = {}) => {
    const page = await pages.enterRoom(look)
    await page.click('a.to-events')
    await page.waitForSelector('.pulse[data-look=live]')
    return page
  }

  it('shows the whole table to anyone, and what goes on to nobody', async () => {
    await pages.shop.place()
    const page = await pages.visit('/events')
    await page.waitForSelector('.pulse[data-look=locked]')

    expect(await page.locator('.row .what').allTextContents()).toEqual([...eventNames])
    const receivers = (event: string) => page.locator(`.event[id="${event}"] tbody tr`)
    for (const event of eventNames) expect(await receivers(event).count()).toBe(queuesOf(event).length)
    expect(await page.locator('.newest').count()).toBe(0)
    expect((await page.locator('.per-s').allTextContents()).join('')).toBe('')
    await pages.expectNoSidewaysScrolling()
  })

  it('moves while orders run, and shows the newest without an address', async () => {
    const page = await enter()
    await until(async () => (await rate(page, 'order.placed'))?.startsWith('0.0'), { what: 'a rate to be known' })

    await pages.shop.placeMany(10, { name: 'Grace Hopper' })

    for (const event of ['order.placed', 'stock.reserved', 'payment.captured'])
      await page.waitForSelector(`.row.moving[data-event="${event}"]`)
    await page.click('.event[id="order.placed"] .newest summary')
    const sample = await page.locator('.event[id="order.placed"] .newest pre').textContent()
    expect(sample).toContain('OL-10000')
    expect(sample).not.toMatch(/Grace|Hopper|@/)
    await until(async () => (await rate(page, 'order.placed'))?.startsWith('0.0'), { what: 'the rate to fall again' })
    pages.expectNoComplaints()
  })

  it('shows what waits while a worker is stopped, and a dead letter at whom it was for', async () => {
    const page = await enter()
    const redis = new Redis(pages.shop.redisUrl(), { keyPrefix: `${PREFIX}:` })
    const customer = { name: 'Ada', email: 'nobody' }
    const data = { ...samples['order.placed'], customer }
    const about = {
      id: uuidv7(),
      stamp: Date.now(),
      name: 'order.placed',
      subject: uuidv7(),
      at: Date.now(),
      attempt: 1,
    }
    await redis.lpush(queueKey('notification'), JSON.stringify({ ...about, data }))
    await redis.quit()
    await pages.shop.demo({ action: 'stop', name: 'payment' })
    await pages.shop.place()

    const card = (event: string, queue: string) => `.event[id="${event}"] tr[data-queue="${queue}"]`
    await page.waitForSelector(`${card('order.placed', 'notification')} .dead.some`)
    await page.waitForSelector('.row[data-event="order.placed"] .ear .dead')
    await page.waitForSelector(`${card('stock.reserved', 'payment')} .in-list:has-text("1")`)
    await pages.shop.demo({ action: 'start', name: 'payment' })
    await page.waitForSelector(`${card('stock.reserved', 'payment')} .in-list:has-text("0")`)
    pages.expectNoComplaints()
  })

  it.each([
    ['light', 'en-GB', 'Events'],
    ['dark', 'zh-CN', '事件'],
  ] as const)('fits a phone and has no grave findings, %s and in %s', async (scheme, locale, title) => {
    const page = await enter({ ...PHONE, locale, scheme })
    await page.waitForSelector(`h1:has-text("${title}")`)
    await page.click('.event[id="order.placed"] .carries summary')
    await pages.expectNoSidewaysScrolling()
    expect(await graveFindings(page)).toEqual([])
  })
})
