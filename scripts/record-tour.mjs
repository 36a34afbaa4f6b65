import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { chromium } from 'playwright-core'
import { animated } from './record/apng.mjs'

/*
 * Records station 0 of the tour, as somebody takes it, as an animated image:
 *   npm start                                        # in one terminal
 *   node scripts/record-tour.mjs <url> <admin token> [docs/tour-loop.png]
 */

const SIZE = { width: 1280, height: 720 }
const LIMIT_BYTES = 2 * 1024 * 1024
const PATIENCE_MS = 30_000

const [url, token, path = 'docs/tour-loop.png'] = process.argv.slice(2)
if (url === undefined || token === undefined) throw new Error('usage: record-tour.mjs <url> <admin token> [file]')

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const page = await (
  await browser.newContext({ viewport: SIZE, colorScheme: 'light', locale: 'en-GB', reducedMotion: 'reduce' })
).newPage()
page.setDefaultTimeout(PATIENCE_MS)
const frames = []
/** Takes a picture that is looked at for so long. */
const take = async (/** @type {number} */ ms) => void frames.push({ png: await page.screenshot(), ms })

await page.goto(`${url}/control?token=${encodeURIComponent(token)}`)
await page.goto(`${url}/tour#loop`)
await page.waitForSelector('.main-deed:enabled')
await take(1_200)
await page.click('.main-deed')
await page.waitForSelector('.guide[data-phase=guess]')
await take(2_000)
await breakBoth('popped', 'late')
await breakBoth('answer', 'nothing')
await browser.close()

const image = animated(frames)
if (image.length > LIMIT_BYTES) throw new Error(`${image.length} bytes are more than ${LIMIT_BYTES}`)
mkdirSync(dirname(path), { recursive: true })
writeFileSync(path, image)
console.log(`${path}: ${frames.length} pictures, ${Math.round(image.length / 1024)} KB`)

/** Says what will come of it, breaks, watches, and repairs what stays broken. */
async function breakBoth(/** @type {string} */ kind, /** @type {string} */ guess) {
  if (await page.isVisible('.again')) await page.click('.again')
  await page.check(`input[name=break][value=${kind}]`)
  await page.check(`input[name=guess][value=${guess}]`)
  await take(1_000)
  await page.click('[data-key=k]')
  await page.waitForSelector('.guide:not([data-phase=guess])')
  const known = page.locator(`.matrix tr[data-break=${kind}] td:not([data-fate=open])`)
  for (let looks = 0; looks < 20 && (await known.count()) < 2; looks++) {
    await take(400)
    await page.waitForTimeout(250)
  }
  await page.waitForFunction(
    `document.querySelectorAll('.matrix tr[data-break=${kind}] td[data-fate=open]').length === 0`,
  )
  await take(2_500)
  if (await page.isVisible('[data-key=r]')) await page.click('[data-key=r]')
  await page.waitForSelector('.guide[data-phase=seen]')
  await take(3_000)
}
