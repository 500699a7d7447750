import t from 'tap'
import { browserLabel } from '../../src/access/browser-label.ts'

t.test('a browser is called by two well-known names, and by nothing that it wrote itself', async (t) => {
  const labels: [string | undefined, string][] = [
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 (KHTML, like Gecko) Version/18.0 Safari/605',
      'Safari on Mac',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 CriOS/130.0 Mobile Safari/604',
      'Chrome on iPhone',
    ],
    ['<script>alert(1)</script> Linux', 'A browser on Linux'],
    ['curl/8', 'A browser'],
    ['', 'A browser'],
    [undefined, 'A browser'],
    [`${'a'.repeat(100_000)} Firefox/1`, 'A browser'],
  ]
  for (const [userAgent, label] of labels) t.equal(browserLabel(userAgent), label)
})
