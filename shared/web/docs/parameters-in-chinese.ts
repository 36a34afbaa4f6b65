const REPEATABLE = '重复请求也安全：键和请求正文相同，应答就相同'

/** What parameters are for, sentence by sentence of the documents. */
export const parametersInChinese: Record<string, string> = {
  'Makes a repetition safe: the same key and body get the same answer, and one order.': `${REPEATABLE}，且只生成一笔订单。`,
  'Makes a repetition safe: the same key and body get the same answer, and money moves once.': `${REPEATABLE}，且款项只变动一次。`,
  'Makes a repetition safe: the same key and body get the same answer, and set no price back that was changed since.': `${REPEATABLE}，且不会把之后改过的价格改回去。`,
  'Makes a repetition safe: the same key and body get the same answer, and are one registration.': `${REPEATABLE}，且只算一次注册。`,
  'Makes a repetition safe: the same key and body get the same answer, and one sale.': `${REPEATABLE}，且只发布一场抢购。`,
  'Makes a repetition safe: the same key and body get the same answer, and are told once.': `${REPEATABLE}，且只发布一次。`,
  'Makes the delivery count once however often it is sent.': '无论发送多少次，到货只计一次。',
  'Makes it count once however often it is sent.': '无论发送多少次，只生效一次。',
  'Allowed as everywhere; by nature it counts once.': '与其他接口一样可以附上；此操作本来就只生效一次。',
  'What refusals are written in, and mails, if the body does not say it.':
    '拒绝说明所用的语言；请求正文没有指定时，也是邮件的语言。',
  'W3C trace context; travels with every event of the order.': 'W3C 链路追踪上下文，随订单的每个事件传递。',
  'The id of the last event seen; the stream goes on after it.': '最后收到的事件 ID；从它之后继续。',
  'The id of the last event told: each topic goes on from where it was.': '最后收到的事件 ID：各主题从中断处继续。',
  'Goes on after this event.': '从这个事件之后继续。',
  'Opens the order that is asked for.': '打开所查询订单的密钥。',
  'The key of the ticket; whoever is signed in to the account that it belongs to needs none.':
    '排队号的密钥；登录了所属账户则无需提供。',
  'news, stock, stock:<sku>, price, price:<sku>, room:<sale>, sale:<id>, order:<id>; may be there many times':
    'news、stock、stock:<sku>、price、price:<sku>、room:<sale>、sale:<id>、order:<id>；可重复出现',

  'Only what has all these words in its sku, name or description.': '只列出 SKU、名称或描述中包含全部字词的商品。',
  'Only these, at most 50, with commas between them.': '只列出这些商品，最多 50 个，用英文逗号分隔。',
  '`next` of the page before.': '上一页的 `next`。',
  '`next` of the page before': '上一页的 `next`',
  'Only log lines that contain this: an order, a service, a word.': '只显示包含此内容的日志行：订单、服务或字词。',
  'Only the newest orders in this state.': '只显示处于此状态的最新订单。',

  'Of each list, and of each sender': '每个队列、每个发送方各取多少',
  'More than 200 as a table only': '超过 200 条时只能导出为表格',
  'csv: as a table; so does Accept: text/csv': 'csv：以表格导出；也可使用 Accept: text/csv',
  'Which come first; the oldest are popped next': '从哪一端开始；最早的会最先被取出',
  'closed: those that somebody has dealt with': 'closed：已有人处理过的',
  'A number, an e-mail, an id, a sku': '订单号、邮箱、ID 或 SKU',
  'More than 100 as a table only': '超过 100 条时只能以表格导出',
  'Made up by whoever watches; what is done for it is taken back when it has gone':
    '由查看者自行命名；它离开后，为它所做的一切都会撤销',
  'As it wished before, to a process that is gone': '它此前的设定，所在进程已不在',
  'What Redis is told, too. It slows Redis down.': '是否包括 Redis 收到的命令，这会使 Redis 变慢。',

  'All about one thing: its id, or the number of an order.': '与某一对象有关的全部日志：其 ID，或订单号。',
  'Words, with blanks between, all of which are in the line.': '以空格分隔的字词，日志行须全部包含。',
  'At least: 40 a warning, 50 an error.': '最低级别：40 为警告，50 为错误。',
  'At least.': '最低级别。',
  'Written then or later.': '此时刻及以后写入的。',
  'Written before.': '此时刻以前写入的。',
  'Only lines that contain this.': '只显示包含此内容的行。',
  'That many, up to now.': '截至现在的分钟数。',
}
