import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const QUIET = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
]
const PATIENCE_MS = 30_000

/** The Chromium of this machine, if there is one. */
export const program = PROGRAMS.find((path) => existsSync(path))

export type Look = { width?: number; height?: number; scheme?: 'light' | 'dark'; locale?: string; motion?: 'reduce' }

/** A browser of the test's own, with nothing kept from before, and with all that its pages complain about. */
export class Browser {
  readonly complaints: string[] = []
  readonly page: Page
  readonly #context: BrowserContext
  readonly #folder: string

  static async open(look: Look = {}): Promise<Browser> {
    const { width = 1360, height = 900, scheme = 'light', locale = 'en-GB', motion } = look
    const folder = mkdtempSync(join(tmpdir(), 'orderline-chromium-'))
    const context = await chromium.launchPersistentContext(folder, {
      executablePath: program ?? 'chromium',
      args: QUIET,
      viewport: { width, height },
      colorScheme: scheme,
      reducedMotion: motion ?? 'no-preference',
      locale,
    })
    return new Browser(context, folder, context.pages()[0] ?? (await context.newPage()))
  }

  private constructor(context: BrowserContext, folder: string, page: Page) {
    this.#context = context
    this.#folder = folder
    this.page = page
    page.setDefaultTimeout(PATIENCE_MS)
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text()))
    page.on('pageerror', (error) => this.complaints.push(String(error)))
  }

  /** How far the page can be scrolled sideways (px). */
  sidewaysPx(): Promise<number> {
    return this.page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
  }

  async close(): Promise<void> {
    await this.#context.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
