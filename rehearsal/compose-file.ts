import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { fillInAll, type Variables } from './fill-in.ts'

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 }
const duration = z
  .string()
  .regex(/^\d+(ms|s|m)$/)
  .transform((text) => Number.parseInt(text, 10) * (UNIT_MS[text.replace(/^\d+/, '')] ?? 0))

const healthcheck = z.strictObject({
  test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()),
  interval: duration.default(30_000),
  timeout: duration.default(30_000),
  retries: z.number().default(3),
  start_period: duration.default(0),
})

const place = z.strictObject({ ipv4_address: z.ipv4().optional(), aliases: z.array(z.string()).default([]) })

/** What a service may say. What is not here is not rehearsed, and so is refused rather than left out. */
const service = z.strictObject({
  image: z.string(),
  build: z.literal('.').optional(),
  init: z.boolean().default(false),
  user: z.string().optional(),
  command: z.union([z.string().transform(words), z.array(z.string())]).optional(),
  environment: z.record(z.string(), z.coerce.string()).default({}),
  depends_on: z
    .record(
      z.string(),
      z.strictObject({
        condition: z.enum(['service_healthy', 'service_completed_successfully']),
        required: z.boolean().default(true),
      }),
    )
    .default({}),
  healthcheck: healthcheck.optional(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  tmpfs: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  networks: z.strictObject({ default: place }).default({ default: { aliases: [] } }),
  restart: z.enum(['no', 'unless-stopped']).default('no'),
  stop_grace_period: duration.default(10_000),
  shm_size: z.string().optional(),
  read_only: z.boolean(),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
})

const addresses = z.strictObject({ subnet: z.cidrv4(), ip_range: z.cidrv4(), gateway: z.ipv4() })
const network = z.strictObject({ ipam: z.strictObject({ config: z.tuple([addresses]) }) })

const composeFile = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()).default({}),
  networks: z.strictObject({ default: network }).optional(),
})

export type ComposeFile = z.infer<typeof composeFile>
export type Service = z.infer<typeof service>
export type Addresses = z.infer<typeof addresses>
export type Healthcheck = z.infer<typeof healthcheck>

/** A compose file with all its services, also those of profiles that nobody asked for. Throws where a variable it asks for is not set. */
export function readComposeFile(path: string, variables: Variables): ComposeFile {
  const { ...said } = z
    .record(z.string(), z.unknown())
    .parse(parse(readFileSync(path, 'utf8'), { merge: true, maxAliasCount: -1 }))
  for (const key of Object.keys(said)) if (key.startsWith('x-')) delete said[key]
  return composeFile.parse(fillInAll(said, variables))
}

/** What `docker compose up` starts of it: services without a profile, or of one that `COMPOSE_PROFILES` names. */
export function startedOf({ services }: ComposeFile, variables: Variables): Map<string, Service> {
  const asked = (variables.COMPOSE_PROFILES ?? '').split(',')
  const started = ({ profiles }: Service) => profiles.length === 0 || profiles.some((one) => asked.includes(one))
  return new Map(Object.entries(services).filter(([, one]) => started(one)))
}

function words(text: string): string[] {
  if (/["'\\]/.test(text)) throw new Error(`${text}: write a command with quotes as a list`)
  return text.split(/\s+/).filter(Boolean)
}
