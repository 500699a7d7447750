import type { Page } from 'playwright-core'

/** What is hard to read or out of reach on a page as it is drawn: nothing, if all is well. */
export const faultsOfLooks = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const faults: string[] = []
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth) faults.push(`sticks out: ${String(scrollWidth)} of ${String(clientWidth)}`)
    const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
    const light = (colour: string) => {
      const [red = 0, green = 0, blue = 0] = channels(colour)
        .slice(0, 3)
        .map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const groundOf = (element: Element | null): string => {
      if (!element) return 'rgb(255, 255, 255)'
      const { backgroundColor } = getComputedStyle(element)
      return channels(backgroundColor)[3] === 0 ? groundOf(element.parentElement) : backgroundColor
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const text = texts.currentNode.textContent?.trim() ?? ''
      const element = texts.currentNode.parentElement
      if (text === '' || !element?.checkVisibility()) continue
      const [low = 0, high = 0] = [light(getComputedStyle(element).color), light(groundOf(element))].sort(
        (a, b) => a - b,
      )
      const contrast = (high + 0.05) / (low + 0.05)
      if (contrast < 4.5) faults.push(`contrast ${contrast.toFixed(1)}: ${text}`)
    }
    for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
      const { labels } = field as HTMLInputElement
      if (!labels?.length) faults.push(`no label: ${field.outerHTML}`)
      for (const id of (field.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean))
        if (!document.getElementById(id)) faults.push(`described by nothing: ${id}`)
    }
    for (const brand of document.querySelectorAll('.brand span')) {
      const letters = document.createRange()
      letters.selectNodeContents(brand)
      if (letters.getClientRects().length > 1) faults.push('the name Waggle is broken over lines')
    }
    return faults
  })
