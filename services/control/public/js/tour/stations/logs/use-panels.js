import { useEffect, useState } from '/assets/vendor/htm-preact.js'

const AGAIN_MS = 1_500

/** The panels of the log's own page, from the service that has them; null while that is away. */
export function usePanels() {
  const [panels, setPanels] = useState(/** @type {Awaited<ReturnType<typeof load>> | null} */ (null))
  useEffect(() => {
    /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer
    const again = () => {
      timer = setTimeout(look, AGAIN_MS)
    }
    const look = () => void load().then(setPanels, again)
    look()
    return () => clearTimeout(timer)
  }, [])
  return panels
}

async function load() {
  const [{ LineList }, { MinuteChart }, { Funnel }, { ErrorList }, { ArchiveList }] = await Promise.all([
    import('/logs/assets/js/line-list.js'),
    import('/logs/assets/js/minute-chart.js'),
    import('/logs/assets/js/funnel.js'),
    import('/logs/assets/js/error-list.js'),
    import('/logs/assets/js/archive-list.js'),
  ])
  return { LineList, MinuteChart, Funnel, ErrorList, ArchiveList }
}
