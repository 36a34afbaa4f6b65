import { describe, expect, it } from '@jest/globals'
import { emailAddress, mailboxOf } from '../../shared/email-address.ts'

const at = (local: number, ...labels: number[]) =>
  `${'a'.repeat(local)}@${labels.map((length) => 'b'.repeat(length)).join('.')}`
const parse = (text: string) => emailAddress.safeParse(text)

describe('an e-mail address', () => {
  it.each([
    ['ada@example.com', 'ada@example.com'],
    [' Ada.Lovelace+shop@Example.COM ', 'Ada.Lovelace+shop@example.com'],
    ["o'neil/x@sub.example.co.uk", "o'neil/x@sub.example.co.uk"],
    ['user@münchen.de', 'user@xn--mnchen-3ya.de'],
    ['user@MÜNCHEN.de', 'user@xn--mnchen-3ya.de'],
    ['user@xn--mnchen-3ya.de', 'user@xn--mnchen-3ya.de'],
    ['ivan@пример.рф', 'ivan@xn--e1afmkfd.xn--p1ai'],
    ['li@例子。中国', 'li@xn--fsqu00a.xn--fiqs8s'],
    [at(64, 63, 60, 60, 2), at(64, 63, 60, 60, 2)],
  ])('%s is kept as %s', (given, kept) => {
    expect(parse(given)).toEqual({ success: true, data: kept })
  })

  it.each([
    '',
    'ada',
    '@example.com',
    'ada@',
    'ada@localhost',
    'ada@example..com',
    '.ada@example.com',
    'ada.@example.com',
    'a b@example.com',
    'ада@example.com',
    'ada@example.com.',
    'ada@-example.com',
    'ada@127.0.0.1',
    'ada@[127.0.0.1]',
    'ada@0x7f.1',
    'ada@ex%41mple.com',
    'ada@example.com:25',
    'ada@example.com/path',
    'ada@xn--a',
    'ada@example.com, eve@example.com',
    'ada@example.com\r\nBcc: eve@example.com',
    '"ada lovelace"@example.com',
    'Ada <ada@example.com>',
    `ada@${'b'.repeat(64)}.com`,
  ])('%j is none', (given) => {
    expect(parse(given).error?.issues).toMatchObject([{ message: 'must be an email address' }])
  })

  it.each([
    [at(65, 2, 2), 'before the @'],
    [at(100, 2, 2), 'before the @'],
    [at(64, 63, 63, 60, 2), 'at most 254|<=254'],
    [`a@${'ü'.repeat(57)}.${'ü'.repeat(57)}.${'ü'.repeat(57)}.${'ü'.repeat(57)}.de`, 'characters'],
  ])('%s is too long, and the answer says where', (given, fault) => {
    expect(parse(given).error?.issues[0]?.message).toMatch(new RegExp(fault))
  })

  it('reaches the same box whatever is added to the name', () => {
    const boxes = ['ada@x.de', 'ADA@x.de', 'ada+1@x.de', 'Ada+a+b@x.de'].map(mailboxOf)
    expect(new Set(boxes)).toEqual(new Set(['ada@x.de']))
  })
})
