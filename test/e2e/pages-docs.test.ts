import { expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { describeInBrowser, graveFindings, usePages } from '../pages-rig.ts'
import { until } from '../until.ts'

const pages = usePages({ WITHOUT: '' })

/** The docs, with the endpoints of all services; of one that has just started they come a moment later. */
async function read(look?: Parameters<typeof pages.visit>[1]): Promise<Page> {
  const page = await pages.visit('/docs', look)
  await page.waitForSelector('.try button')
  return page
}

const statusOf = async (page: Page, id: string) => {
  await page.waitForSelector(`#${id} [data-status]`)
  return page.getAttribute(`#${id} [data-status]`, 'data-status')
}

const MOST = 90 // endpoints that there are at least, of all services

describeInBrowser('the docs', () => {
  it('have a place for each endpoint of every service, to which its link leads', async () => {
    const counted = async () => {
      const { paths } = await pages.shop.get<{ paths: Record<string, object> }>('/openapi.json')
      return Object.values(paths).flatMap((methods) => Object.keys(methods)).length
    }
    const count = await until(async () => {
      const now = await counted()
      return now > MOST && now // who is not up yet cannot tell what it answers
    })
    const page = await read()
    const ids = await page.$$eval('.docs-text article', (all) => all.map(({ id }) => id))

    expect(ids.length).toBe(count)
    for (const id of ids) {
      await page.click(`#contents a[href="#${id}"]`)
      await page.waitForSelector(`#${id}:target`)
      await page.waitForSelector(`#contents a[href="#${id}"][aria-current]`)
    }
    pages.expectNoComplaints()
  }, 120_000)

  it('ask this very shop: at once what only looks, and what orders when that was read', async () => {
    const page = await read({ motion: 'reduce' })
    await page.click('#get-products .try button')
    expect(await statusOf(page, 'get-products')).toBe('200')

    await page.click('#post-orders .try button')
    expect(await page.isVisible('#post-orders [data-status]')).toBe(false)
    expect(await page.textContent('#post-orders .trial-note')).toContain('really happens')
    await page.click('#post-orders .trial button[type=submit]')
    expect(await statusOf(page, 'post-orders')).toBe('201')

    const { id } = JSON.parse((await page.textContent('#post-orders [data-status]'))?.replace(/^[^{]*/, '') ?? '{}')
    await pages.shop.reaches('paid', id)
    await page.click('#get-orders-id .try button') // it knows which order, and its key
    expect(await page.inputValue('#get-orders-id-try-id')).toBe(id)
    expect(await statusOf(page, 'get-orders-id')).toBe('200')
    pages.expectNoComplaints()
  })

  it('say in the words of the page what is wrong with what was sent', async () => {
    const page = await read({ locale: 'zh-CN', motion: 'reduce' })
    await page.click('#post-orders .try button')
    await page.fill('#post-orders-try-body', '{"items": []}')
    await page.click('#post-orders .trial button[type=submit]')

    expect(await statusOf(page, 'post-orders')).toBe('422')
    expect(await page.textContent('#post-orders [data-status]')).toContain('请求内容无效')
  })

  it('show what only the admin may see to a browser that has entered the control room', async () => {
    const page = await pages.enterRoom({ motion: 'reduce' })
    await page.goto(`${new URL(page.url()).origin}/docs`)
    await page.click('#get-admin-queues .try button')

    expect(await statusOf(page, 'get-admin-queues')).toBe('200')
  })

  it.each([
    ['light', 'en-GB', 1280],
    ['dark', 'en-GB', 320],
    ['light', 'zh-CN', 320],
    ['dark', 'zh-CN', 1280],
  ] as const)('are for everybody: %s, %s, %i px', async (scheme, locale, width) => {
    const page = await read({ scheme, locale, width, motion: 'reduce' })
    await page.click('#get-products .try button')
    await statusOf(page, 'get-products')

    expect(await graveFindings(page)).toEqual([])
    await pages.expectNoSidewaysScrolling()
    pages.expectNoComplaints()
  })

  it('have their list at hand on a phone, which goes away when something was chosen', async () => {
    const page = await read({ width: 320, height: 720, motion: 'reduce' })
    await page.click('.contents-button')
    await page.click('#contents a[href="#get-events"]')

    await page.waitForSelector('#contents', { state: 'hidden' })
    await page.waitForSelector('#get-events:target')
    pages.expectNoComplaints()
  })

  it('can be read without scripts', async () => {
    const answer = await fetch(`${pages.shop.urlOf('order')}/docs`, { headers: { 'accept-language': 'zh' } })
    const page = await answer.text()

    expect(page).toContain('<article id="post-orders">')
    expect(page).toContain('201 Created')
    expect(page).toContain('错误一览')
  })
})
