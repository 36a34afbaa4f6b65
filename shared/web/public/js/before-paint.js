// Runs before the first paint, and is therefore no module: theme and language must not flash.
{
  const theme = localStorage.getItem('theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  const chosen = localStorage.getItem('language') ?? navigator.language
  document.documentElement.lang = chosen.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
