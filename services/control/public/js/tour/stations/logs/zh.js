/** 「日志收集与分析」一站的文案。 */
export const words = {
  'tour.logs.about': '下一单，从所有程序的日志里读出它的来龙去脉；再把收集日志的服务拿掉，看会怎样。',
  'tour.logs.do': '下一单并查找它的日志',
  'tour.logs.why.1': '每个程序只管往自己的文件里写日志，不等任何人。文件就是发送方的记忆。',
  'tour.logs.why.2': '日志服务从上次读到的位置继续读；日志行和读取位置一起经过它的队列，一起落库。',
  'tour.logs.why.3': '每个程序都给自己的日志行编号，缺没缺是数出来的，不是猜的。',
  'tour.logs.break.stop': '把日志服务停一会儿',
  'tour.logs.break.kill': '强杀日志服务（kill -9）',
  'tour.logs.gave': '订单照常处理：写日志的人从不等读日志的人。',
  'tour.logs.cost': '日志服务不在时无法搜索，回来后还要追赶一阵。',
  'tour.logs.pays': '没读完的日志都在文件里；如果轮转先一步删掉了文件，会明确记为一个缺口。',
  'tour.logs.question': '丢了多少行日志？',

  'tour.logs.none': '还没有订单。',
  'tour.logs.story': '{order} 的日志 · 共 {lines} 行',
  'tour.logs.open': '全部日志',
  'tour.logs.up': '日志服务正在收集日志。',
  'tour.logs.down': '日志服务不在线。',
  'tour.logs.away': '日志服务不在线。这期间又下了 {orders} 笔订单。',
  'tour.logs.behind': '正在补读这期间的日志，其中有 {orders} 笔订单。',
  'tour.logs.over': '已追上：{orders} 笔订单的日志都在。',
  'tour.logs.seen.stop':
    '没有它，{orders} 笔订单照常处理。重新启动后 {behind}，这些订单的日志已经齐全：新增 {lines} 行，缺 {missing} 行。',
  'tour.logs.seen.kill':
    '{orders} 笔订单照常处理。强杀后 {behind}，这些订单的日志已经齐全：新增 {lines} 行，缺 {missing} 行。',
  'tour.logs.kept': '已收集行数',
  'tour.logs.missing': '缺失行数',
  'tour.logs.newest': '最新一行',
  'tour.logs.awayFor': '停',
}
