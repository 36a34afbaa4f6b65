// Runs before the first paint, and is therefore no module: theme and language must not flash.
// What was chosen is in cookies: a shop has several doors, and to them all ports of a host are the same.
{
  const chosen = (/** @type {string} */ name) => new RegExp(`(?:^|; )${name}=(\\w+)`).exec(document.cookie)?.[1]
  const theme = chosen('theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  const language = chosen('language') ?? navigator.language
  const spoken = language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
  document.documentElement.lang = spoken
  const words = { rel: 'modulepreload', href: `/assets/words/${spoken}.js` } // or they would come last, for text.js asks for them
  document.head.append(Object.assign(document.createElement('link'), words))
}
