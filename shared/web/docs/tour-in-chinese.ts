/** What only the page of the tour asks, sentence by sentence of its document. */
export const tourInChinese: Record<string, string> = {
  'Watch the shop step by step (only in the demo)': '逐步查看商店的运行（仅限演示）',
  'Slow the shop down, or break something, for as long as a page of the tour is there (only in the demo)':
    '放慢商店或制造故障，导览页面离开后自动恢复（仅限演示）',
  'Send orders through the tutorial’s loop and through the shop, or break both (only in the demo)':
    '让订单分别经过教程的循环和本店，或同时破坏两边（仅限演示）',
  'Watch the tutorial’s loop beside the shop (only in the demo)': '并排查看教程的循环与本店（仅限演示）',
  'What came to the gateway, the mailbox and the phones (only in the demo)':
    '查看到达网关、邮箱和手机的内容（仅限演示）',
  'Sign somebody up, with a queue or without (only in the demo)': '用队列或不用队列注册一位顾客（仅限演示）',
  'Show what has become of the mountains of load (only in the demo)': '查看压力高峰的结果（仅限演示）',
  'Send a mountain of load (only in the demo)': '发送一个压力高峰（仅限演示）',
  'Show what listeners have heard (only in the demo)': '查看听众收到了什么（仅限演示）',
  'Tell a crowd of listeners six pieces of news (only in the demo)': '向一批听众发布六条消息（仅限演示）',
  'Show what has become of a sale without a queue (only in the demo)': '查看没有队列的抢购的结果（仅限演示）',
  'Announce a flash sale, or play one without a queue (only in the demo)':
    '发布一场抢购，或者不用队列来一场（仅限演示）',
}
