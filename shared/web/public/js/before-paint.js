// Runs before the first paint, and is therefore no module: theme and language must not flash.
// What was chosen is in cookies: a shop has several doors, and to them all ports of a host are the same.
{
  const chosen = (/** @type {string} */ name) => new RegExp(`(?:^|; )${name}=(\\w+)`).exec(document.cookie)?.[1]
  const theme = chosen('theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  const language = chosen('language') ?? navigator.language
  document.documentElement.lang = language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
