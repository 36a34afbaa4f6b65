import { type Asset, assetOf } from '../assets.ts'
import type { Site } from './collection.ts'
import { framed, type Sheet } from './frame.ts'
import type { Look } from './look.ts'
import { modulesOf } from './modules.ts'
import { wordsIn } from './words.ts'

/** What is said where a file has a name of its own for it, as `{{title}}`. */
export type Texts = Record<string, string>

/** A page as it is written for one who looks at it; with `more` where it is about something of which there are many. */
export type Written = (look: Look, more?: Texts) => Asset

type Parts = {
  site: Site
  /** Where the texts are that its modules may say. */
  wordsAt(look: Look): string
  textsOf(look: Look): Texts
}

/**
 * A page from its file: in the language and the theme of who looks, with the frame around it, with `{{key}}` said, and with
 * links to all modules that it will need, or the browser would learn of them one after another.
 */
export function createPage(html: string, { site, wordsAt, textsOf }: Parts): Written {
  const sheet = sheetOf(html)
  const modules = modulesOf(entryOf(html), site.textAt)
  const write = remembering((look) => {
    const page = site.stamp(framed(sheet, look, [wordsAt(look), ...modules]))
    return fill(page, (key) => textsOf(look)[key] ?? wordsIn[look.language][key])
  })
  const whole = (text: string, more: Texts = {}) =>
    assetOf(
      'page.html',
      fill(text, (key) => more[key] ?? unknown(key)),
    )
  const known = remembering((look) => whole(write(look)))
  return (look, more) => (more === undefined ? known(look) : whole(write(look), more))
}

/** The module that a page begins with. */
export function entryOf(html: string): string {
  const [, entry] = /<script type="module" src="([^"]+)"/.exec(html) ?? []
  if (entry === undefined) throw new Error('a page has no module to begin with')
  return entry
}

/** A page's file: the lines of its head, and its body, which is what stands in the main part. */
function sheetOf(html: string): Sheet {
  const [, head, kind, attributes, main] = SHEET.exec(html) ?? []
  if (head === undefined || kind === undefined || attributes === undefined || main === undefined)
    throw new Error('a page is lines of a head, and a body that has a class')
  return { head: head.trim(), kind, attributes, main: main.trim() }
}

const SHEET = /^([\s\S]*?)<body class="(\w+)"([^>]*)>([\s\S]*)<\/body>\s*$/

/** Says what is known by its name; what is not stays as it is. */
function fill(html: string, textOf: (key: string) => string | undefined): string {
  return html.replaceAll(/\{\{([\w.]+)\}\}/g, (name, key: string) => {
    const text = textOf(key)
    return text === undefined ? name : text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  })
}

function unknown(key: string): never {
  throw new Error(`no text is called ${key}`)
}

/** There are few ways to look at a page: each is made once. */
function remembering<T>(make: (look: Look) => T): (look: Look) => T {
  const known = new Map<string, T>()
  return (look) => {
    const name = `${look.language} ${look.theme}`
    const made = known.get(name) ?? make(look)
    known.set(name, made)
    return made
  }
}
