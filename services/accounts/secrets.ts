import { createHmac, hkdfSync, randomBytes, randomInt } from 'node:crypto'

const TOKEN_BYTES = 32
const CODE_DIGITS = 6

/** What is told once, to one person, and of which only a digest is kept. */
export type Secrets = {
  /** What stands in a link, and opens what it is for. */
  newToken(): string
  /** What somebody reads on a phone, and types. */
  newCode(): string
  /**
   * What is kept of a text, and found again by it. It is made with a secret: a code of six digits could else be read out
   * of a stolen file. Texts of different `use` have nothing in common.
   */
  digestOf(use: string, text: string): string
}

export function createSecrets(secret: string): Secrets {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'orderline digests', 32))
  return {
    newToken: () => randomBytes(TOKEN_BYTES).toString('base64url'),
    newCode: () => String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0'),
    digestOf: (use, text) => createHmac('sha256', key).update(`${use} ${text}`).digest('base64url'),
  }
}
