import { commonRefusals } from './common-refusals.ts'
import type { Refusal } from './refusal.ts'

const own: readonly Refusal[] = [
  {
    status: 401,
    title: 'Unauthorized',
    en: {
      when: 'Nobody is signed in, or the admin token is wrong.',
      what: 'Sign in, or send the token that `WWW-Authenticate` asks for.',
    },
    zh: { when: '没有登录，或者管理员令牌不正确。', what: '先登录，或者按 `WWW-Authenticate` 的要求发送令牌。' },
  },
  {
    status: 403,
    title: 'Forbidden',
    en: {
      when: 'A cookie came from the page of another site, or the shop has no admin.',
      what: 'Send the header `Origin` of this shop along with a cookie; or start the shop with `ADMIN_TOKEN`.',
    },
    zh: {
      when: 'Cookie 来自其他网站的页面，或者商店没有设置管理员。',
      what: '使用 Cookie 时带上本商店的 `Origin`；或者启动时设置 `ADMIN_TOKEN`。',
    },
  },
  {
    status: 404,
    title: 'Not found',
    en: {
      when: 'There is no such thing, or it does not open with this key, or the shop is run without the service.',
      what: 'Check the path and the key: of what is not yours you are not even told that it is there.',
    },
    zh: {
      when: '没有这样东西，密钥打不开它，或者商店未启用该服务。',
      what: '检查路径和密钥：不属于您的东西，是否存在也不会告诉您。',
    },
  },
  {
    status: 409,
    title: 'Conflict',
    en: {
      when: 'It cannot be done as things stand: an order that is over, a link that was used, a key whose request is still under way.',
      what: 'Read `detail`, look how things stand, and decide anew. Repeating it changes nothing, except where `detail` says so.',
    },
    zh: {
      when: '当前状态不允许：订单已结束、链接已用过，或者同一个键的请求仍在处理。',
      what: '阅读 `detail`，查看当前状态后再决定。除非 `detail` 说明可以重试，否则重复发送没有用。',
    },
  },
  {
    status: 410,
    title: 'Gone',
    en: { when: 'There is no code any more that could be tried.', what: 'Ask for another one.' },
    zh: { when: '已经没有可用的验证码。', what: '重新获取一个。' },
  },
  {
    status: 413,
    title: 'Too large',
    en: { when: 'The body is larger than the endpoint reads.', what: 'Send less.' },
    zh: { when: '请求正文超出了接口的读取上限。', what: '减少发送的内容。' },
  },
  {
    status: 415,
    title: 'Unsupported media type',
    en: { when: 'The body is not called JSON, or is not UTF-8.', what: 'Send `Content-Type: application/json`.' },
    zh: { when: '请求正文没有标明是 JSON，或者不是 UTF-8 编码。', what: '发送 `Content-Type: application/json`。' },
  },
  {
    status: 422,
    title: 'Invalid request',
    en: {
      when: 'Fields are not as they have to be, or an `Idempotency-Key` was used with another body.',
      what: '`errors` names each field and what is wrong with it. Mend them; something new needs a key of its own.',
    },
    zh: {
      when: '字段不符合要求，或者 `Idempotency-Key` 已用于其他请求正文。',
      what: '`errors` 逐一列出字段和原因，请据此修改；新的请求要用新的键。',
    },
  },
  {
    status: 429,
    title: 'Too many requests',
    en: {
      when: 'More was asked from one address, for one mailbox or with wrong keys than is allowed, or too many streams are open.',
      what: 'Wait for `Retry-After` seconds; `RateLimit` tells how many are left.',
    },
    zh: {
      when: '同一地址、同一邮箱的请求或错误密钥超出限额，或者打开的连接过多。',
      what: '等待 `Retry-After` 秒；`RateLimit` 说明剩余次数。',
    },
  },
]

/** Every refusal of the API, by status. Which endpoint knows which of them its document says. */
export const refusals = [...commonRefusals, ...own].toSorted((one, other) => one.status - other.status)
