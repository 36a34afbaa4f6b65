import { expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { CARD, describeInBrowser, graveFindings, order, usePages } from '../pages-rig.ts'
import { until } from '../until.ts'

/** In the page. */
const WORDS_LOADED = `performance.getEntriesByType('resource')
  .map(({ name }) => new URL(name).pathname).filter((path) => path.includes('/words/'))`
const PHONE = { width: 375, height: 812 }

describeInBrowser('the pages', () => {
  const pages = usePages()

  it('speak Chinese where the browser does, and remember what was chosen', async () => {
    const page = await pages.visitShop({ locale: 'zh-CN' })
    await page.waitForSelector('.card h2:has-text("粗陶杯")')
    expect(await page.evaluate(WORDS_LOADED)).toEqual([expect.stringMatching(/words\/shop\.zh\.[\w-]+\.js$/)])

    await page.click('#language')

    await page.waitForSelector('.card h2:has-text("Stoneware mug")')
    await page.reload()
    await page.waitForSelector('.card h2:has-text("Stoneware mug")')
    expect(await page.getAttribute('html', 'lang')).toBe('en')
    pages.expectNoComplaints()
  })

  it('are dark where the system is, and remember what was chosen', async () => {
    const page = await pages.visitShop({ scheme: 'dark' })
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
    const dark = await background()

    await page.click('#theme')

    const light = await background()
    expect(light).not.toBe(dark)
    await page.reload()
    expect(await background()).toBe(light)
  })

  it('fit a phone of 375 px without sideways scrolling', async () => {
    const page = await pages.visitShop(PHONE)
    await pages.expectNoSidewaysScrolling()
    await order(page, CARD.pays)
    await page.waitForSelector('.mails details')
    await pages.expectNoSidewaysScrolling()

    const room = await pages.enterRoom(PHONE)
    await pages.expectNoSidewaysScrolling()
    await room.click('.views a[href="#/log"]')
    await room.waitForSelector('.log-lines li')
    await pages.expectNoSidewaysScrolling()

    const logs = await pages.goOn('/logs')
    await logs.waitForSelector('.log-lines li')
    await logs.waitForSelector('.steps li')
    await pages.expectNoSidewaysScrolling()
  })

  it('move nothing for whoever wants less motion', async () => {
    const moving = (page: Page) =>
      page.evaluate<string[]>(
        "document.getAnimations().filter((one) => one.playState === 'running').map((one) => one.animationName ?? one.transitionProperty)",
      )
    const id = await pages.shop.place({ method: CARD.pays })
    const still = await pages.visit(pages.shop.linkTo(id), { motion: 'reduce' })
    await still.waitForSelector('.state[data-state=paid]')
    expect(await moving(still)).toEqual([])

    const room = await pages.enterRoom({ motion: 'reduce' })
    await room.click('[data-place="100"]')
    await room.waitForSelector('.stop.moving')
    expect(await moving(room)).toEqual([])

    await room.emulateMedia({ reducedMotion: 'no-preference' })
    await until(async () => (await moving(room)).includes('flow'), { what: 'the picture to move for everybody else' })
  })

  it.each(['light', 'dark'] as const)('have no serious findings of axe-core in the %s theme', async (scheme) => {
    const shop = await pages.visitShop({ scheme })
    await shop.click('.card .add >> nth=0')
    expect(await graveFindings(shop)).toEqual([])
    await shop.click('.card .tell >> nth=0')
    expect(await graveFindings(shop)).toEqual([])

    expect(await graveFindings(await pages.visitPaidOrder({ scheme }))).toEqual([])

    const room = await pages.enterRoom({ scheme })
    await room.click('text=Push 4 broken messages')
    await room.waitForSelector('.views a[href="#/letters"] b')
    expect(await graveFindings(room)).toEqual([])
    await room.click('.views a[href="#/letters"]')
    await room.waitForSelector('.letters summary >> nth=3')
    expect(await graveFindings(room)).toEqual([])

    const logs = await pages.goOn('/logs?q=order.placed')
    await logs.waitForSelector('.log-lines .msg')
    await logs.click('.log-lines .msg >> nth=0')
    expect(await graveFindings(logs)).toEqual([])
  })

  it.each(['light', 'dark'] as const)(
    'ask for money without serious findings of axe-core in the %s theme, and on 320 px',
    async (scheme) => {
      for (const way of ['later', CARD.asksToConfirm, CARD.declined]) {
        const page = await pages.visitShop({ scheme, width: 320, height: 640 })
        await order(page, way)
        await page.waitForSelector('.pay-panel')
        await page.waitForSelector('.mails details')

        expect(await graveFindings(page)).toEqual([])
        await pages.expectNoSidewaysScrolling()
      }
      pages.expectNoComplaints()
    },
  )
})
