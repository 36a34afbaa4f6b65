import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { CARD, describeInBrowser, idIn, order, usePages } from '../pages-rig.ts'

/** It is asked once more, in place. */
async function cancel(page: Page): Promise<void> {
  await page.click('#cancel')
  await page.click('#cancel-sure')
}

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
    expect(await page.locator('.timeline').textContent()).toContain('the bank or card issuer said no')
    pages.expectNoComplaints()
  })

  it('cancel an order, and show the money come back', async () => {
    const page = await pages.visitPaidOrder()

    await cancel(page)

    await page.waitForSelector('.state[data-state=refunded]')
    expect(await page.locator('#cancel').isVisible()).toBe(false)
    pages.expectNoComplaints()
  })

  it('go on where they were when the order service has been away', async () => {
    const page = await pages.visitPaidOrder()

    pages.shop.kill('services/order')
    await page.waitForSelector('.notice:visible')
    await page.waitForSelector('.notice', { state: 'hidden' })
    await cancel(page)

    await page.waitForSelector('.state[data-state=refunded]')
    await page.waitForSelector('.timeline li >> nth=5')
    expect((await page.locator('.timeline b').allTextContents()).sort().slice(-2)).toEqual([
      'Stock released',
      'Stock reserved',
    ])
  })

  it('promise no money back for an order that was cancelled before it was paid', async () => {
    await pages.shop.switch('payment-gateway', { outage: true })
    const id = await pages.shop.place()
    const page = await pages.visit(pages.shop.linkTo(id))
    await page.waitForSelector('.state[data-state=paying]')

    await cancel(page)

    await page.waitForSelector('.state[data-state=cancelled]')
    expect(await page.textContent('.about')).toBe('Cancelled before payment. Nothing was charged.')
    await page.waitForSelector('.timeline li[data-event="stock.released"]')
    await pages.shop.switch('payment-gateway', { outage: false })
  })

  it('say that a step was given up, and that it is tried again', async () => {
    const page = await pages.visitPaidOrder()
    const id = idIn(page.url())
    const write = (event: string) => {
      const letter = { letter: 'l-1', event: 'payment.captured', to: 'notification', reason: 'no such mailbox' }
      const file = new Sqlite(join(pages.shop.dataDir, 'order.db'))
      file
        .prepare(
          `INSERT INTO "TimelineEntry" ("orderId", event, service, state, at, detail) VALUES (?, ?, 'notification', 'paid', ?, ?)`,
        )
        .run(id, event, Date.now(), JSON.stringify(letter))
      file.close()
    }

    write('message.buried')

    await page.waitForSelector('.about:has-text("One step was given up")')
    expect(await page.textContent('.timeline li >> nth=3')).toMatch(/Given up.*Notification.*no such mailbox/s)
    write('message.replayed')
    await page.waitForSelector('.about:has-text("All done")')
    await page.waitForSelector('.timeline b:has-text("Sent again")')
    pages.expectNoComplaints()
  })

  it('say that there is no such order', async () => {
    const page = await pages.visit('/orders/0')

    await page.waitForSelector('h1:has-text("We cannot find that order")')
  })

  it('show an order to nobody without its key, and to whoever puts it into the address', async () => {
    const id = await pages.shop.place()
    const page = await pages.visit(`/orders/${id}`)
    await page.waitForSelector('h1:has-text("We cannot find that order")')

    await page.evaluate(`location.hash = '${pages.shop.keyOf(id)}'`)

    await page.waitForSelector('.state[data-state=paid]')
  })

  it('keep the key when the header is skipped, and in the link that is copied', async () => {
    const page = await pages.visitPaidOrder()
    const link = page.url()

    await page.locator('.skip').focus()
    await page.keyboard.press('Enter')

    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    expect(page.url()).toBe(link)
    await page.reload()
    await page.waitForSelector('.state[data-state=paid]')
    pages.expectNoComplaints()
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
