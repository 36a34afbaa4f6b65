import { expect, it } from '@jest/globals'
import { CARD, describeInBrowser, order, usePages } from '../pages-rig.ts'

describeInBrowser('the shop and the order page', () => {
  const pages = usePages()

  it('show an order being placed and paid, without a reload, with its mails and its curl', async () => {
    const page = await pages.visitShop()

    await order(page, CARD.pays)

    await page.waitForSelector('.state[data-state=paid]')
    expect(await page.locator('.timeline b').allTextContents()).toEqual([
      'Order placed',
      'Stock reserved',
      'Payment captured',
    ])
    expect(await page.evaluate('performance.getEntriesByType("navigation")[0].type')).toBe('navigate')
    await page.waitForSelector('.mails details >> nth=1')
    await page.click('.mails summary >> nth=1')
    expect(await page.locator('.mails .verbatim').nth(1).textContent()).toContain('OL-1')
    expect(await page.locator('.curl code').textContent()).toContain('"sku":"MUG-001"')
    pages.expectNoComplaints()
  })

  it('show a declined card, and why', async () => {
    const page = await pages.visitShop()

    await order(page, CARD.declined)

    await page.waitForSelector('.state[data-state=declined]')
    expect(await page.locator('[data-service=payment]').getAttribute('data-look')).toBe('bad')
    expect(await page.locator('.timeline').textContent()).toContain('generic_decline')
    pages.expectNoComplaints()
  })

  it('cancel an order, and show the money come back', async () => {
    const page = await pages.visitPaidOrder()

    await page.click('#cancel')

    await page.waitForSelector('.state[data-state=refunded]')
    expect(await page.locator('#cancel').isVisible()).toBe(false)
    pages.expectNoComplaints()
  })

  it('go on where they were when the order service has been away', async () => {
    const page = await pages.visitPaidOrder()

    pages.shop.kill('services/order')
    await page.waitForSelector('.notice:visible')
    await page.waitForSelector('.notice', { state: 'hidden' })
    await page.click('#cancel')

    await page.waitForSelector('.state[data-state=refunded]')
    expect(await page.locator('.timeline li').count()).toBe(5)
  })

  it('say that there is no such order', async () => {
    const page = await pages.visit('/orders/0')

    await page.waitForSelector('h1:has-text("There is no such order.")')
  })

  it('can be used with the keyboard alone', async () => {
    const page = await pages.visitShop()

    await page.locator('.card .add').first().focus()
    await page.keyboard.press('Enter')
    await page.locator('input[name=email]').focus()
    await page.keyboard.press('Enter')

    await page.waitForSelector('.state[data-state=paid]')
    pages.expectNoComplaints()
  })
})
