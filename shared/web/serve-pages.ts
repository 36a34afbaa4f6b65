import type { Language } from '../customer-events.ts'
import { type Asset, type Files, readAssets, readLibraries } from './assets.ts'
import { type Express, Problem, REFUSAL_PAGE, type Request, type Response } from './http.ts'
import { addMade, type Collection, collect, readAddress, type Site, siteOf } from './pages/collection.ts'
import { lookOf } from './pages/look.ts'
import { modulesOf } from './pages/modules.ts'
import { createPage, entryOf, type Texts } from './pages/page.ts'
import { createPutMain } from './pages/put-main.ts'
import { refusalsOn } from './pages/refusals.ts'
import { type Effort, sendPacked } from './pages/send-packed.ts'
import { groupsIn, type Words, wordsFor, wordsIn } from './pages/words.ts'

// Everything comes from this very server: nothing is fetched elsewhere, and nothing that is not a file here runs.
const POLICY = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'", "form-action 'self'"],
  ...["base-uri 'none'", "frame-ancestors 'none'", "manifest-src 'self'"],
].join('; ')

const DISCREET = { 'Referrer-Policy': 'no-referrer' } // nobody else is told which order was looked at
const OF_PAGES = { ...DISCREET, 'Content-Security-Policy': POLICY }
const OF_FILES = { ...DISCREET, 'Content-Security-Policy': "default-src 'self'" } // one of them is a worker

/** Sends one page to whoever asks. */
export type Page = (req: Request, res: Response) => Promise<void>

/** Pages by the names of their files. */
export type Pages = {
  /** `textsIn` tells what is said where the file has a name of its own for it, for one file may be several pages. */
  (file: string, textsIn?: TextsIn): Page
  /** A page whose main part is HTML that is made elsewhere, in the language of who looks. */
  around(file: string): (req: Request, res: Response, mainIn: (language: Language) => string) => Promise<void>
  /** A page for each of many things: `texts` are those of the one that is asked for. */
  ofMany(file: string): (req: Request, res: Response, texts: Texts) => Promise<void>
}

type TextsIn = (language: Language) => Texts

/**
 * Serves what the pages of a service consist of: what all pages share (`shared/web/public`) under `/assets`, and the
 * service's own (`services/<name>/public`) under `/<name>/assets`. Returns its pages.
 */
export function serveAssets(app: Express, name: string): Pages {
  const common = readAssets('shared/web')
  const files = readAssets(`services/${name}`)
  const shared = collect('/assets/', new Map([...withoutPages(common), ...readLibraries()]))
  const own = collect(`/${name}/assets/`, withoutPages(files), [shared])
  serveAll(app, shared)
  serveAll(app, own)
  app.get('/favicon.ico', (_req, res) => void res.redirect(301, '/assets/mark.svg'))
  const pages = pagesOf(createWriting(name, new Map([...common, ...files]), { own, site: siteOf([shared, own]) }))
  app.set(REFUSAL_PAGE, refusalsOn(pages('nothing.html'), pages('away.html')))
  return pages
}

type Written = ReturnType<typeof createPage>
type Writing = (file: string, textsIn?: TextsIn) => Written

/** Makes a page of a file: with the addresses of all that it loads, and the words that it may say. */
function createWriting(name: string, files: Files, { own, site }: { own: Collection; site: Site }): Writing {
  const groupsOf = groupsOn(site)
  return (file, textsIn = () => ({})) => {
    const html = files.get(file)?.body.toString()
    if (html === undefined) throw new Error(`services/${name}/public has no ${file}`)
    const wordsOf = addWords(own, file, groupsOf(entryOf(html)))
    return createPage(html, {
      site,
      wordsAt: (look) => wordsOf(look.language),
      textsOf: (look) => textsIn(look.language),
    })
  }
}

function pagesOf(writing: Writing): Pages {
  const page = (file: string, textsIn?: TextsIn): Page => {
    const written = writing(file, textsIn)
    return (req, res) => send(req, res, written(lookOf(req)))
  }
  return Object.assign(page, {
    around: (file: string) => {
      const written = writing(file)
      const putMain = createPutMain()
      return (req: Request, res: Response, mainIn: (language: Language) => string) => {
        const look = lookOf(req)
        return send(req, res, putMain(written(look), mainIn(look.language)), 'once') // whoever asks by a new name has it packed anew
      }
    },
    ofMany: (file: string) => {
      const written = writing(file)
      return (req: Request, res: Response, texts: Texts) => send(req, res, written(lookOf(req), texts), 'once')
    },
  })
}

const send = (req: Request, res: Response, page: Asset, effort?: Effort) =>
  sendPacked(req, res.set(OF_PAGES), page, effort)

const withoutPages = (files: Files) => new Map([...files].filter(([path]) => !path.endsWith('.html')))

/** Finds the groups of words of all modules of a page; what one of them says is looked for once, for most are of many pages. */
function groupsOn({ textAt }: Site): (entry: string) => ReadonlySet<string> {
  const found = new Map<string, string[]>()
  const groupsAt = (address: string) => {
    const groups = found.get(address) ?? groupsIn(textAt(address) ?? '')
    found.set(address, groups)
    return groups
  }
  return (entry) => new Set(modulesOf(entry, textAt, true).flatMap(groupsAt))
}

/**
 * Adds a module for each language, of all that the modules of a page may say; returns where they are. The digest of what it
 * says is in its name: another version of this server may choose other words from the very same files.
 */
function addWords(own: Collection, file: string, groups: ReadonlySet<string>): (language: Language) => string {
  const add = (words: Words, language: Language) => {
    const text = `export const words = ${JSON.stringify(wordsFor(groups, words))}\n`
    return own.base + addMade(own, `words/${file.replace('html', language)}`, text)
  }
  const addresses = { en: add(wordsIn.en, 'en'), zh: add(wordsIn.zh, 'zh') }
  return (language) => addresses[language]
}

/** What is asked for by its version is kept for ever; else `no-cache`: it is asked for again each time, mostly in vain. */
function serveAll(app: Express, { base, version, plain, stamped }: Collection): void {
  app.get(`${base}*path`, async (req, res) => {
    const said = readAddress(req.path.slice(base.length))
    const isKept = said.version === version
    const asset = (isKept ? stamped : plain).get(said.file)
    if (asset === undefined) throw new Problem(404, 'Not found', `There is no file ${req.path}.`)
    res.set({ ...OF_FILES, 'Cache-Control': isKept ? 'public, max-age=31536000, immutable' : 'no-cache' })
    await sendPacked(req, res, asset)
  })
}
