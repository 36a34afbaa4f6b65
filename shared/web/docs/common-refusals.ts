import type { Refusal } from './refusal.ts'

/** What any request may be refused with: it is no proper one, or cannot be answered now. */
export const commonRefusals: readonly Refusal[] = [
  {
    status: 400,
    title: 'Bad request',
    en: { when: 'What came is no HTTP, its address is none, or its body is no JSON.', what: 'Mend the request.' },
    zh: { when: '收到的不是有效的 HTTP，网址无效，或者请求正文不是 JSON。', what: '修改请求。' },
  },
  {
    status: 405,
    title: 'Method not allowed',
    en: { when: 'The path knows other methods.', what: 'Use one of those in `Allow`.' },
    zh: { when: '这个路径不支持所用的方法。', what: '改用 `Allow` 中列出的方法。' },
  },
  {
    status: 408,
    title: 'Request timeout',
    en: { when: 'The request did not arrive in time.', what: 'Send it again, with the same `Idempotency-Key`.' },
    zh: { when: '请求没有及时送达。', what: '用同一个 `Idempotency-Key` 重新发送。' },
  },
  {
    status: 417,
    title: 'Expectation failed',
    en: { when: '`Expect` asks for something else than `100-continue`.', what: 'Leave the header out.' },
    zh: { when: '`Expect` 要求的不是 `100-continue`。', what: '去掉这个标头。' },
  },
  {
    status: 431,
    title: 'Headers too large',
    en: { when: 'The headers are larger than 16 kB.', what: 'Send fewer cookies.' },
    zh: { when: '标头超过 16 kB。', what: '减少 Cookie。' },
  },
  {
    status: 500,
    title: 'Internal error',
    en: {
      when: 'Something went wrong on our side, and is in the log.',
      what: 'Send it again with the same `Idempotency-Key`: it takes effect once.',
    },
    zh: { when: '服务器内部出错，原因已写入日志。', what: '用同一个 `Idempotency-Key` 重新发送：只会生效一次。' },
  },
  {
    status: 503,
    title: 'Service unavailable',
    en: {
      when: 'A service or its disk is away, or more is asked than can be answered, or paid, in time.',
      what: 'Come back after `Retry-After` seconds with the same `Idempotency-Key`.',
    },
    zh: {
      when: '服务或磁盘暂时不可用，或者请求过多，来不及应答或付款。',
      what: '等待 `Retry-After` 秒，用同一个 `Idempotency-Key` 重试。',
    },
  },
  {
    status: 508,
    title: 'Loop detected',
    en: {
      when: 'Two programs of the shop were told each other’s address for their own.',
      what: 'Mend `ORDER_URL` and the like.',
    },
    zh: { when: '两个程序把对方的地址当成了自己的地址。', what: '检查 `ORDER_URL` 等配置。' },
  },
]
