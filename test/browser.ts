import { existsSync } from 'node:fs'
import { type Browser as Chromium, type ConsoleMessage, chromium, type Page } from 'playwright-core'

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const QUIET = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
]
const PATIENCE_MS = 30_000

/** The Chromium of this machine, if there is one. */
export const program = PROGRAMS.find((path) => existsSync(path))

export type Look = {
  width?: number
  height?: number
  scheme?: 'light' | 'dark'
  locale?: string
  motion?: 'reduce'
} & { touch?: true }

/** Starts Chromium, for many visits. */
export const startChromium = (): Promise<Chromium> =>
  chromium.launch({ executablePath: program ?? 'chromium', args: QUIET })

/** A visit with nothing kept from the one before, with all that its pages complain about. */
export class Browser {
  readonly complaints: string[] = []
  readonly page: Page

  static async open(chromium: Chromium, look: Look = {}): Promise<Browser> {
    const { width = 1360, height = 900, scheme = 'light', locale = 'en-GB', motion, touch = false } = look
    const context = await chromium.newContext({
      viewport: { width, height },
      colorScheme: scheme,
      reducedMotion: motion ?? 'no-preference',
      locale,
      hasTouch: touch, // its pointer is a finger
      isMobile: touch,
    })
    return new Browser(await context.newPage())
  }

  private constructor(page: Page) {
    this.page = page
    page.setDefaultTimeout(PATIENCE_MS)
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(complaintIn(message)))
    page.on('pageerror', (error) => this.complaints.push(String(error)))
  }

  /** How far the page can be scrolled sideways (px). */
  sidewaysPx(): Promise<number> {
    return this.page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
  }

  async close(): Promise<void> {
    await this.page.context().close()
  }
}

/** What is complained of, and where: of an answer the text says only its status. */
const complaintIn = (message: ConsoleMessage) => `${message.text()} (${message.location().url})`
