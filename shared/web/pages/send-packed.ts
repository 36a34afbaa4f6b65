import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Asset } from '../assets.ts'
import type { Request, Response } from '../http.ts'

/** What is kept is packed as well as can be, in 12 ms a file; what is sent once, in less than one. */
export type Effort = 'once' | 'kept'
const QUALITY = { once: 5, kept: 11 }

/** The smallest first. */
const PACKINGS = [
  { name: 'br', pack: packBrotli },
  { name: 'gzip', pack: (body: Buffer) => promisify(gzip)(body) },
]

/** What has been packed is kept for as long as what it was made of: it is done once, when somebody first asks for it. */
const packed = new WeakMap<Asset, Map<string, Promise<Buffer>>>()

/** Sends a file as small as the one who asks can read it; or only that it is still the one they have. */
export async function sendPacked(req: Request, res: Response, asset: Asset, effort: Effort = 'kept'): Promise<void> {
  const { body, etag, encoding } = await fitFor(req, asset, effort)
  res.set({ ETag: etag, ...(encoding && { 'Content-Encoding': encoding }) }).vary('Accept-Encoding')
  if (res.statusCode === 200 && req.get('if-none-match')?.includes(etag)) res.status(304).end()
  else res.type(asset.type).send(body)
}

type Fit = { body: Buffer; etag: string; encoding?: string }

async function fitFor(req: Request, asset: Asset, effort: Effort): Promise<Fit> {
  const packing = PACKINGS.find(({ name }) => req.acceptsEncodings(name) === name)
  if (packing === undefined) return asset
  const body = await packedOf(asset, packing, effort)
  if (body.length >= asset.body.length) return asset
  return { body, etag: asset.etag.replace(/"$/, `.${packing.name}"`), encoding: packing.name }
}

function packedOf(asset: Asset, { name, pack }: (typeof PACKINGS)[number], effort: Effort): Promise<Buffer> {
  const known = packed.get(asset) ?? new Map<string, Promise<Buffer>>()
  const made = known.get(name) ?? pack(asset.body, effort)
  packed.set(asset, known.set(name, made))
  return made
}

/** The window is as large as most files: the usual one of 4 MB has to be laid out for each, which takes six times as long. */
function packBrotli(body: Buffer, effort: Effort): Promise<Buffer> {
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: QUALITY[effort],
    [constants.BROTLI_PARAM_LGWIN]: 16,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  }
  return promisify(brotliCompress)(body, { params })
}
