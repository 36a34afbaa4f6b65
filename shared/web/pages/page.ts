import { type Asset, assetOf } from '../assets.ts'
import type { Site } from './collection.ts'
import { footer, header } from './frame.ts'
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
  const modules = modulesOf(entryOf(html), site.textAt)
  const write = remembering((look) => {
    const framed = site.stamp(frame(html, look, [wordsAt(look), ...modules]))
    return fill(framed, (key) => textsOf(look)[key] ?? wordsIn[look.language][key])
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

function frame(html: string, look: Look, [words, ...modules]: string[]): string {
  const [, kind = ''] = /<body class="(\w+)"/.exec(html) ?? []
  const theme = look.theme === null ? '' : ` data-theme="${look.theme}"`
  const links = [words, ...modules].map((address) => `<link rel="modulepreload" href="${address}" />\n`)
  const parts: [mark: RegExp, instead: string][] = [
    [/<html[^>]*>/, `<html lang="${look.language}"${theme} data-words="${words}">`],
    [/(?=<\/head>)/, links.join('')],
    [/<header id="top"><\/header>/, `<header id="top">${header(kind, look)}</header>`],
    [/<footer id="bottom"><\/footer>/, `<footer id="bottom">${footer}</footer>`],
  ]
  return parts.reduce(put, html)
}

function put(html: string, [mark, instead]: [mark: RegExp, instead: string]): string {
  if (!mark.test(html)) throw new Error(`a page must have ${mark}`)
  return html.replace(mark, () => instead)
}

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
