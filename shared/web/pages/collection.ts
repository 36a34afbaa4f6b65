import { type Asset, assetOf, digestOf, type Files } from '../assets.ts'
import { withoutComments } from './without-comments.ts'

/**
 * Files that are served below one address, `base`, and change together. `plain` they are as they were written; `stamped`
 * each address in them is that of a version, and so is their own: what stands there never changes, and may be kept for ever; they
 * have no comments.
 */
export type Collection = { base: string; version: string; plain: Files; stamped: Files }

/** Finds what stands at a plain address; and tells the address at which it may be kept for ever. */
export type Site = { textAt(address: string): string | undefined; stamp(text: string): string }

/**
 * One version for all: modules name each other by relative paths, and it is in the address above all of them. What is made of
 * `others` has another version when those have.
 */
export function collect(base: string, files: Files, others: Collection[] = []): Collection {
  const contents = [...files].map(([path, { etag }]) => path + etag).sort()
  const version = `v-${digestOf([...contents, ...others.map((one) => one.version)].join()).slice(0, 12)}`
  const stamp = stamping([...others, { base, version }])
  const stamped = new Map([...files].map(([path, asset]) => [path, stampedAsset(path, asset, stamp)]))
  return { base, version, plain: files, stamped }
}

export function siteOf(collections: Collection[]): Site {
  const textAt = (address: string) => {
    const home = collections.find(({ base }) => address.startsWith(base))
    return home?.plain.get(address.slice(home.base.length))?.body.toString()
  }
  return { textAt, stamp: stamping(collections) }
}

/** Adds a module that was made of the others, so that the version of all stays as it is; returns its path, which has its own. */
export function addMade({ plain, stamped }: Collection, name: string, text: string): string {
  const path = `${name}.${digestOf(text).slice(0, 12)}.js`
  const made = assetOf(path, text)
  plain.set(path, made)
  stamped.set(path, made)
  return path
}

/** Which version an address asks for, if it asks for one, and which file. */
export function readAddress(path: string): { version: string | undefined; file: string } {
  const [, version, file = ''] = /^(?:(v-[\w-]{12})\/)?(.*)$/.exec(path) ?? []
  return { version, file }
}

function stampedAsset(path: string, asset: Asset, stamp: (text: string) => string): Asset {
  if (!/\.(js|css)$/.test(path)) return asset
  return assetOf(path, stamp(withoutComments(asset.body.toString())))
}

/** Every address of theirs that stands in quotes gets its version. */
function stamping(collections: Pick<Collection, 'base' | 'version'>[]): (text: string) => string {
  const versions = new Map(collections.map(({ base, version }) => [base, version]))
  return (text) =>
    text.replace(ADDRESS, (base) => {
      const version = versions.get(base)
      return version === undefined ? base : `${base}${version}/`
    })
}

const ADDRESS = /(?<=["'`(])\/(?:\w+\/)?assets\//g
