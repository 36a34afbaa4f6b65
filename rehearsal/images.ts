import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { FOLDER } from './folder.ts'
import { run, show } from './run.ts'

const imageConfig = z.object({
  Env: z.array(z.string()).optional(),
  Entrypoint: z.array(z.string()).nullish(),
  Cmd: z.array(z.string()).nullish(),
  WorkingDir: z.string().optional(),
  User: z.string().optional(),
  StopSignal: z.string().default('SIGTERM'),
  Volumes: z.record(z.string(), z.unknown()).nullish(),
})
export type ImageConfig = z.infer<typeof imageConfig>

const STAND_INS = join('rehearsal', 'stand-ins')
const BASE = 'docker.io/library/debian:bookworm-slim'
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt'
const NPMRC = '/usr/local/etc/npmrc' // of the Node in the images: npm there reaches what npm here reaches
const BUILD = ['bud', '--isolation', 'chroot', '--layers', '--pull-never']
const OURS = 'rehearsal-'
const PATIENCE_MS = 20 * 60_000

/** Runs buildah with images of its own: those of the machine are neither used nor changed. */
const storage = [
  '--root',
  join(FOLDER, 'images'),
  '--runroot',
  join(FOLDER, 'images-run'),
  '--storage-driver',
  'overlay',
]
const buildah = (...args: string[]) => run('buildah', [...storage, ...args], PATIENCE_MS)
const showBuildah = (...args: string[]) => show('buildah', [...storage, ...args])

/** Builds the Dockerfile as it is, by a builder that reads it as Docker's does, on stand-ins for what it begins `FROM`. */
export async function buildOurs(image: string): Promise<void> {
  const begun = readFileSync('Dockerfile', 'utf8').matchAll(/^FROM (\S+)/gm)
  for (const from of new Set([...begun].map(([, name = '']) => name))) await ensureStandIn(from)
  await showBuildah(...BUILD, '--tag', fullName(image), '.')
}

/** Makes the image that stands in for one of others, unless it is there: no registry is asked for the real one. */
export async function ensureStandIn(image: string): Promise<void> {
  const [, name = ''] = /([\w-]+):[^/]+$/.exec(image) ?? []
  const file = join(STAND_INS, `${name}.Dockerfile`)
  if (!existsSync(file)) throw new Error(`nothing stands in for the image ${image}: ${file} is missing`)
  await ensureBase()
  const context = name === 'node' ? await fetchNode(image) : STAND_INS
  await showBuildah(...BUILD, '--quiet', '--file', file, '--tag', fullName(image), context)
}

async function ensureBase(): Promise<void> {
  if (await isThere(BASE)) return
  const root = join(FOLDER, 'debian')
  rmSync(root, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  console.log('rehearsal: making a Debian, which takes some minutes the first time')
  await run('debootstrap', ['--variant=minbase', '--include=ca-certificates', 'bookworm', root], PATIENCE_MS)
  if (existsSync(CERTIFICATES)) cpSync(CERTIFICATES, join(root, CERTIFICATES))
  writeFileSync(join(root, NPMRC), `cafile=${CERTIFICATES}\nregistry=${await registry()}\n`)
  await keepAsImage(root)
  rmSync(root, { recursive: true })
}

async function keepAsImage(root: string): Promise<void> {
  const container = (await buildah('from', 'scratch')).trim()
  const mounted = (await buildah('mount', container)).trim()
  await run('cp', ['--archive', `${root}/.`, mounted], PATIENCE_MS)
  await buildah('config', '--cmd', 'bash', container)
  await buildah('commit', '--rm', container, BASE)
}

const registry = async () => (await run('npm', ['config', 'get', 'registry'])).trim()
const isThere = (image: string) => buildah('inspect', '--type', 'image', image).then(Boolean, () => false)

/** Node of the version that the image's name has, and its npm: both are packages of npm's, too. */
async function fetchNode(image: string): Promise<string> {
  const [, version = ''] = /:(\d+)/.exec(image) ?? []
  const folder = join(FOLDER, `node-${version}`)
  if (existsSync(join(folder, 'node_modules', 'npm'))) return folder
  const packages = [`node-${process.platform}-${process.arch}@${version}`, 'npm@11']
  await run('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', ...packages], PATIENCE_MS)
  return folder
}

/** Removes the roots that this rehearsal, or an earlier one, has made; those of builds that go on stay. */
export async function removeRoots(): Promise<void> {
  const names = (await buildah('containers', '--format', '{{.ContainerName}}')).split('\n')
  const ours = names.filter((name) => name.startsWith(OURS))
  if (ours.length > 0) await buildah('rm', ...ours)
}

/** A container's own root, made of an image, and what the image says of how it is run. */
export async function rootFrom(image: string, name: string): Promise<{ root: string; config: ImageConfig }> {
  const container = (await buildah('from', '--pull-never', '--name', OURS + name, fullName(image))).trim()
  const root = (await buildah('mount', container)).trim()
  const told = JSON.parse(await buildah('inspect', '--type', 'image', fullName(image)))
  return { root, config: imageConfig.parse(told.OCIv1.config) }
}

/** As engines complete it: `redis:7` is `docker.io/library/redis:7`. */
function fullName(image: string): string {
  return `docker.io/${image.includes('/') ? '' : 'library/'}${image}`
}
