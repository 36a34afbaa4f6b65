import { isLoopback, withoutBrackets } from '../address.ts'
import { reads } from './env-for.ts'
import type { Config, Simulator } from './environment.ts'

const SECRET_MIN_CHARS = 16
const SIMULATED_KEY = 'sk_test_simulator' // what the launcher and the compose file give to the gateway's simulator

/** What is to start: one program alone, or by the launcher all of them. */
export type Starting = { program: string; config: Config; isSet(name: keyof Config): boolean }

/** Why this environment will not do: one line for each thing that is missing or must not be. */
export function refusalsOf(starting: Starting): string[] {
  return [...(isProduction(starting) ? productionRefusals(starting) : []), ...severalHostsRefusals(starting)]
}

const isProduction = ({ config }: Starting) => config.NODE_ENV === 'production'

/** Simulators are there only where each is asked for by name. */
function productionRefusals(starting: Starting): string[] {
  return [
    ...secretRefusals('ADMIN_TOKEN', starting.config.ADMIN_TOKEN),
    ...sharedSecrets.flatMap((name) => sharedSecretRefusals(name, starting)),
    ...missing(starting, 'SMTP_URL', 'mailbox', starting.isSet('SMTP_URL')),
    ...missing(starting, 'SHOP_URL', 'mailbox', starting.isSet('SHOP_URL')),
    ...missing(starting, 'STRIPE_SECRET_KEY', 'payment-gateway', isRealKey(starting.config.STRIPE_SECRET_KEY)),
    ...missing(
      starting,
      'STRIPE_WEBHOOK_SECRET',
      'payment-gateway',
      isUnneeded(starting) || starting.isSet('STRIPE_WEBHOOK_SECRET'),
    ),
    ...(starting.config.STRIPE_WEBHOOK_SECRET ?? []).flatMap((one) => secretRefusals('STRIPE_WEBHOOK_SECRET', one)),
    ...smsRefusals(starting),
    ...simulated(starting, 'MAILBOX_URL', 'mailbox'),
    ...simulated(starting, 'GATEWAY_URL', 'payment-gateway'),
    ...simulated(starting, 'SMS_GATEWAY_URL', 'sms-gateway'),
    ...networkRefusals(starting),
    ...itself(starting),
    ...(starting.config.DEMO ? ['DEMO: nothing may be broken on purpose in production'] : []),
    ...(starting.config.OPEN_DOOR ? ['OPEN_DOOR: in production nobody is let in without the token'] : []),
  ]
}

/** Things may be broken on purpose where nobody else can come in, or where it was asked for. */
export function demoOf({ NODE_ENV, HOST, DEMO }: Config, isAskedFor: boolean) {
  const isProduction = NODE_ENV === 'production'
  const isOffForOthers = !isProduction && !isAskedFor && !isLoopback(HOST)
  return { isDemo: !isProduction && (isAskedFor ? DEMO : !isOffForOthers), isDemoOffForOthers: isOffForOthers }
}

/**
 * The control room opens without the token on one's own machine, where a demo is: unless that is not wanted, or something says
 * that the shop is for others, who would come by way of this machine.
 */
export function isDoorOpen(isDemo: boolean, { HOST, OPEN_DOOR, TRUST_PROXY, SHOP_URL }: Config): boolean {
  const isForOthers =
    !isLoopback(HOST) || !isLoopback(withoutBrackets(new URL(SHOP_URL).hostname)) || TRUST_PROXY !== undefined
  return isDemo && OPEN_DOOR !== false && !isForOthers
}

/** What goes on in plain sight, and shall at least be said. */
export function warningOf({ program, config }: Pick<Starting, 'program' | 'config'>): string | undefined {
  const { NODE_ENV, HOST, TRUST_PROXY } = config
  const isForPeople = reads(program, 'ORDER_URL')
  if (NODE_ENV !== 'production' || !isForPeople || isLoopback(HOST) || TRUST_PROXY !== undefined) return undefined
  return `plain HTTP on ${HOST}: names, addresses and the admin token can be read on their way; put a proxy with TLS in front, and say so by TRUST_PROXY`
}

const isRealKey = (key: string | undefined) => key !== undefined && key !== SIMULATED_KEY
/** The simulator signs with what it is told, and has nobody to tell without. */
const isUnneeded = ({ program }: Starting) => program === 'payment-gateway'
const isAskedFor = ({ config }: Starting, simulator: Simulator) => config.SIMULATORS.includes(simulator)

function secretRefusals(name: keyof Config, secret: string | undefined): string[] {
  if (secret === undefined) return []
  if (secret.length < SECRET_MIN_CHARS) return [`${name}: must have at least ${SECRET_MIN_CHARS} characters`]
  return isGuessable(secret) ? [`${name}: is one that others would try: take a random one`] : []
}

const sharedSecrets = ['ORDER_KEY_SECRET', 'CALL_SECRET', 'SESSION_SECRET', 'SEAL_SECRET'] as const
type Shared = (typeof sharedSecrets)[number]
const isShared = (name: keyof Config) => sharedSecrets.some((one) => one === name)

/** The launcher makes one itself; programs that start alone must all be told the same. */
function sharedSecretRefusals(name: Shared, { program, config }: Starting): string[] {
  if (!reads(program, name)) return []
  if (config[name] === undefined && program !== 'launcher') return [`${name}: is missing`]
  return secretRefusals(name, config[name])
}

/**
 * Where nothing is said, these are made once and kept in DATA_DIR. That of another host has others: its keys would open no order,
 * its calls would be refused, and what it pushes nobody would pop. A launcher that brings its own Redis is alone.
 */
function severalHostsRefusals(starting: Starting): string[] {
  const { program, config, isSet } = starting
  if (config.DATABASE_URL === undefined || (program === 'launcher' && !isSet('REDIS_URL'))) return []
  const isRefusedAlready = (name: keyof Config) => isProduction(starting) && program !== 'launcher' && isShared(name)
  return (['REDIS_PREFIX', 'ADMIN_TOKEN', ...sharedSecrets] as const)
    .filter((name) => reads(program, name) && !isSet(name) && !isRefusedAlready(name))
    .map((name) => `${name}: is missing, and must be the same on all hosts that have DATABASE_URL`)
}

const WELL_KNOWN =
  /change.?me|pass(word|wd)?|secret|admin|token|orderline|shop|test|demo|example|default|your|here|ours?|this|the|key|letmein|qwerty|abcdef|0?123456(789)?0?/gi
const OWN_CHARS = 6

/** What is left without the words that everyone tries is too little. */
function isGuessable(secret: string): boolean {
  return new Set(secret.replace(WELL_KNOWN, '').replace(/[^a-z0-9]/gi, '')).size < OWN_CHARS
}

function missing(starting: Starting, name: keyof Config, simulator: Simulator, isThere: boolean): string[] {
  if (isThere || !reads(starting.program, name) || isAskedFor(starting, simulator)) return []
  return [`${name}: is missing (or, to try it out, SIMULATORS=${simulator})`]
}

function simulated(starting: Starting, name: keyof Config, simulator: Simulator): string[] {
  if (!starting.isSet(name) || !reads(starting.program, name) || isAskedFor(starting, simulator)) return []
  return [`${name}: is of a simulator that SIMULATORS does not name: ${simulator}`]
}

/** A shop may do without SMS; whoever has an account for them has to say how it is used. */
function smsRefusals({ program, config, isSet }: Starting): string[] {
  if (!reads(program, 'SMS_FROM') || config.SMS_ACCOUNT === undefined) return []
  return (['SMS_TOKEN', 'SMS_FROM'] as const).flatMap((name) =>
    isSet(name) ? [] : [`${name}: is missing, and SMS_ACCOUNT needs it`],
  )
}

function networkRefusals({ program, config }: Starting): string[] {
  if (!reads(program, 'WEBHOOK_NETWORKS') || !config.WEBHOOK_NETWORKS.includes('loopback')) return []
  return ['WEBHOOK_NETWORKS: no subscriber is on loopback in production']
}

function itself(starting: Starting): string[] {
  const { program, config } = starting
  const isSimulator = program === 'mailbox' || program === 'payment-gateway' || program === 'sms-gateway'
  return isSimulator && !config.SIMULATORS.includes(program) ? [`SIMULATORS: does not name this one: ${program}`] : []
}
