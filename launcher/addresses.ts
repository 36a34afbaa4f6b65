import { calledFromHere, urlOf } from '../shared/address.ts'
import type { LaunchConfig } from './launch-config.ts'

export const LOOPBACK = '127.0.0.1'
const SIMULATED_KEY = 'sk_test_simulator'

/** Picked once per run, so that a child that is started again is found where it was. */
export type Ports = Record<
  | 'shop'
  | 'control'
  | 'payment'
  | 'redis'
  | 'mailbox'
  | 'smtp'
  | 'gateway'
  | 'accounts'
  | 'notification'
  | 'sale'
  | 'live'
  | 'logs'
  | 'sms',
  number
>

/** Where people and processes find what this run brings. */
export type Addresses = {
  shopUrl: string
  controlUrl: string
  accountUrl: string | undefined
  redisUrl: string
  smtpUrl: string
  mailboxUrl: string | undefined
  phonesUrl: string | undefined
  stripeSecretKey: string
  stripeApiBase: string | undefined
}

/** The addresses of a run: what was given, or else what the launcher brings itself. */
export function addressesOf(
  config: LaunchConfig,
  ports: Ports,
  { redisPassword }: { redisPassword: string },
): Addresses {
  return {
    shopUrl: urlOf(forPeople(config.host), ports.shop),
    controlUrl: urlOf(forPeople(config.host), ports.control),
    accountUrl: config.without.includes('accounts')
      ? undefined
      : `${urlOf(forPeople(config.host), ports.shop)}/account`,
    redisUrl: config.redisUrl ?? urlOf(LOOPBACK, ports.redis, 'redis').replace('//', `//:${redisPassword}@`),
    smtpUrl: config.smtpUrl ?? urlOf(LOOPBACK, ports.smtp, 'smtp'),
    mailboxUrl: config.smtpUrl === undefined ? urlOf(LOOPBACK, ports.mailbox) : undefined,
    phonesUrl: bringsSms(config) ? `${urlOf(LOOPBACK, ports.sms)}/phones` : undefined,
    stripeSecretKey: config.stripeSecretKey ?? SIMULATED_KEY,
    stripeApiBase: isStripeGiven(config) ? config.stripeApiBase : urlOf(LOOPBACK, ports.gateway),
  }
}

/** Whether there is a gateway already, so that none is brought. */
export function isStripeGiven({ stripeSecretKey, stripeApiBase }: Pick<LaunchConfig, StripeNames>): boolean {
  return stripeSecretKey !== undefined || stripeApiBase !== undefined
}
/** Whether we bring an SMS gateway: where none is given. A shop may do without, and then says by mail what it has to say. */
export function bringsSms({ smsAccount, smsApiBase, maySimulateSms }: Pick<LaunchConfig, SmsNames>): boolean {
  return smsAccount === undefined && smsApiBase === undefined && maySimulateSms
}
type SmsNames = 'smsAccount' | 'smsApiBase' | 'maySimulateSms'
type StripeNames = 'stripeSecretKey' | 'stripeApiBase'

/** The name that is easy to type, where it leads to the same. */
export function forPeople(host: string): string {
  const called = calledFromHere(host)
  return called === LOOPBACK ? 'localhost' : called
}
