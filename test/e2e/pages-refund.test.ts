import { expect, it } from '@jest/globals'
import { describeInBrowser, usePages } from '../pages-rig.ts'
import { until } from '../until.ts'

describeInBrowser('the admin', () => {
  const pages = usePages()

  it('refunds a part of what was paid, and then the rest', async () => {
    const id = await pages.shop.place()
    await pages.shop.reaches('paid', id)
    const page = await pages.enterRoom()
    await page.click('.views a[href="#/orders"]')
    await page.click(`.orders a[href^="/orders/${id}"]`)

    await page.fill('#refund input[name=amount]', '5,50')
    await page.fill('#refund input[name=reason]', 'a scratch')
    await page.click('#refund button')

    await page.waitForSelector('.about:has-text("€5.50 of €18.00 went back to you.")')
    expect(await page.textContent('[data-service=payment] .word')).toBe('partly refunded')
    await page.goBack()
    await page.waitForSelector('.orders .sum small:has-text("€5.50 refunded")')
    await page.goForward()
    await until(async () => (await page.inputValue('#refund input[name=amount]')) === '12.50')
    await page.click('#refund button')
    await page.waitForSelector('.state[data-state=refunded]')
    expect(await page.locator('#refund').isVisible()).toBe(false)
    const refunds = (await pages.shop.ledger()).filter(({ kind, orderId }) => kind === 'refund' && orderId === id)
    expect(refunds.map(({ amountCents }) => amountCents)).toEqual([550, 1_250])
    pages.expectNoComplaints()
  })

  it('refunds nothing that is no amount, or too much', async () => {
    const id = await pages.shop.place()
    await pages.shop.reaches('paid', id)
    await pages.enterRoom()
    const page = await pages.goOn(`/orders/${id}`)

    for (const amount of ['18.01', '0', 'all']) {
      await page.fill('#refund input[name=amount]', amount)
      await page.click('#refund button')
      await page.waitForSelector('#refund .failure:has-text("at most €18.00")')
    }

    expect(await pages.shop.stateOf(id)).toBe('paid')
  })
})
