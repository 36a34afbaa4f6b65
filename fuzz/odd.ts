// What stands in a request, once in a while, where something usual could. Some of it is no text that may stand there.

export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'CONNECT']

export const mediaTypes = [
  ...['', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'],
  ...['application/json; charset=utf-16', 'application/problem+json', 'APPLICATION/JSON;charset="UTF-8"', '\xff'],
]

/** In place of a path's parameter, as they are. */
export const oddPaths = [
  ...['%', '%zz', '%00', '%ff', '%2e%2e', '..', '.', '%2F', 'a%2Fb', 'a%252Fb', '%F0%9F%99%88', 'é', '\xff', ';a=b'],
  ...['', '*', "'", '"', '<b>', '{id}', ':id', 'null', 'undefined', '0', '-1', '__proto__', 'constructor'],
  ...['a'.repeat(8_000), 'a'.repeat(20_000)],
]

/** Behind the query, as they are. */
export const oddQueries = [
  ...['&', '=', '?', '%', '%zz=1', 'a;b', '\xe9', '__proto__=1', '__proto__[a]=1', 'constructor=1', 'q=%ED%A0%80'],
  ...['limit=', 'limit=%00', 'limit=1e9', 'limit=0x10', 'limit[]=1', 'limit[a]=1', 'limit=1&limit=2', 'state=%ff'],
  ...[`q=${'a'.repeat(8_000)}`, Array.from({ length: 1_500 }, (_, i) => `a${i}`).join('&')],
]

export const oddHeaders = ['', ' ', '"', '""', '"a', '\xff', 'a'.repeat(300), 'a, b', '-1', '1e9', '00-0-0-00', '\t']
