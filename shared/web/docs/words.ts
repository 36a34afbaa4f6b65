import type { Language } from '../../customer-events.ts'
import type { Group } from './groups.ts'

const groupsInEnglish: Record<Group, string> = {
  shop: 'Shop',
  account: 'Accounts',
  sale: 'Flash sales',
  live: 'Live',
  alerts: 'Alerts',
  admin: 'Running the shop',
  queues: 'Queues',
  events: 'Events',
  webhooks: 'Webhooks',
  logs: 'Logs',
  tour: 'Tour',
  room: 'Control room',
}

const groupsInChinese: Record<Group, string> = {
  shop: '商店',
  account: '账户',
  sale: '限时抢购',
  live: '实时推送',
  alerts: '商品通知',
  admin: '店铺管理',
  queues: '队列',
  events: '事件',
  webhooks: 'Webhook',
  logs: '日志',
  tour: '导览',
  room: '控制室',
}

const english = {
  groups: groupsInEnglish,
  title: 'API documentation',
  lead: 'Every endpoint, with a command that can be pasted into a shell and what it was answered. Money is in integer cents, time in UTC.',
  machines: 'The same for machines:',
  events: 'What services say to each other:',
  contents: 'Contents',
  begin: 'Before you begin',
  beginAbout:
    'The examples take what they need from variables of the shell. These lines set the first of them (they want jq):',
  variable: 'Variable',
  source: 'Where it comes from',
  sources: {
    ADMIN: 'see above; the file is on the machine where the shop runs, and its terminal shows the token, too',
    LINK: 'what stands behind the # of the link in the mail, or at the end of the address that stops mails',
    CODE: 'the six digits of the SMS',
  },
  fieldOf: 'of',
  answersAbout:
    'The answers below were given by a whole shop to these very commands. Keys, tokens and ids in them open nothing; of long lists the beginning is shown.',
  orderKey: 'order key',
  session: 'signed in',
  admin: 'admin',
  parameters: 'Parameters',
  places: { path: 'path', query: 'query', header: 'header', cookie: 'cookie' },
  required: 'required',
  body: 'What is sent',
  answer: 'What is answered',
  nothing: 'nothing',
  cut: '… goes on',
  refused: 'Refused with',
  errors: 'Refusals',
  errorsAbout:
    'Each refusal is a problem of RFC 9457 (application/problem+json): `status`, `title`, a `detail` for people in the language of `Accept-Language`, and with a 422 `errors` by field. `type` is always about:blank: the status says it. For example:',
  status: 'Status',
  when: 'When',
  what: 'What to do',
  anywhere: 'anywhere',
}

export type DocsWords = typeof english

const chinese: DocsWords = {
  groups: groupsInChinese,
  title: 'API 文档',
  lead: '每个接口都附有可以直接粘贴到终端的命令，以及商店的真实应答。金额以分为单位（整数），时间为 UTC。',
  machines: '机器可读版本：',
  events: '服务之间的消息：',
  contents: '目录',
  begin: '开始之前',
  beginAbout: '示例所需的值取自 Shell 变量。先用下面几行设置（需要 jq）：',
  variable: '变量',
  source: '来源',
  sources: {
    ADMIN: '见上；该文件在运行商店的机器上，启动时的终端里也会显示令牌',
    LINK: '邮件链接中 # 之后的部分，或者退订网址的最后一段',
    CODE: '短信中的六位数字',
  },
  fieldOf: '取自',
  answersAbout:
    '以下应答都是一家完整的商店对这些命令的真实答复。其中的密钥、令牌和 ID 只作示例，打不开任何东西；较长的列表只显示开头。',
  orderKey: '订单密钥',
  session: '需登录',
  admin: '管理员',
  parameters: '参数',
  places: { path: '路径', query: '查询', header: '标头', cookie: 'Cookie' },
  required: '必填',
  body: '请求正文',
  answer: '应答',
  nothing: '无内容',
  cut: '……后略',
  refused: '可能的拒绝',
  errors: '错误一览',
  errorsAbout:
    '每次拒绝都是 RFC 9457 定义的问题描述（application/problem+json）：`status`、`title`、写给人看的 `detail`（语言由 `Accept-Language` 决定），422 还会在 `errors` 中逐一列出字段。`type` 始终为 about:blank，看状态码即可。例如：',
  status: '状态码',
  when: '何时出现',
  what: '如何处理',
  anywhere: '任何接口',
}

/** The words of the page itself; those of the endpoints are in their document, and in endpoints-in-chinese.ts. */
export const docsWords: Record<Language, DocsWords> = { en: english, zh: chinese }
