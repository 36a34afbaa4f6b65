import { expect, it } from '@jest/globals'
import { CARD, describeInBrowser, idIn, order, usePages } from '../pages-rig.ts'
import { until } from '../until.ts'

const PAY_WITHIN_MS = 5_000

describeInBrowser('the time to pay', () => {
  const pages = usePages({ PAY_WITHIN_MS: String(PAY_WITHIN_MS) })
  const available = async () => {
    const { products } = await pages.shop.get<{ products: { available: number }[] }>('/api/products?skus=MUG-001')
    return products[0]?.available
  }

  it('is over for a customer who closes the page of the bank: the goods are for sale again', async () => {
    const page = await pages.visitShop()
    const before = await available()
    await order(page, CARD.asksToConfirm)
    const address = page.url()
    await page.click('#challenge')
    await page.waitForSelector('button[value=confirm]')
    await until(async () => (await available()) === Number(before) - 1, { what: 'the goods to be set aside' })
    await page.goto('about:blank')

    await pages.shop.reaches('expired', idIn(address))

    await until(async () => (await available()) === before, { what: 'the goods to be back' })
    await page.goto(address)
    await page.waitForSelector('.timeline li[data-event="stock.released"]')
    expect(await page.textContent('.about')).toContain('It was not paid in time. Nothing was charged')
    expect(await page.textContent('.timeline')).toContain('not confirmed in time')
    const ledger = await pages.shop.ledger()
    expect(ledger.map(({ kind }) => kind)).toContain('cancel')
    expect(ledger.map(({ kind }) => kind)).not.toContain('charge')
  })

  it('ends before the eyes of whoever only looks at it', async () => {
    const page = await pages.visitShop()
    await order(page, 'later')
    await page.waitForSelector('.pay-form')

    await page.waitForSelector('.state[data-state=expired]')

    expect(await page.locator('.pay-panel').isVisible()).toBe(false)
    expect(await page.textContent('[data-service=payment] .word')).toBe('not paid')
    expect(await page.textContent('[data-service=order] .word')).toBe('expired')
    pages.expectNoComplaints()
  })
})
