/** How much a page costs before it is touched, as a server with brotli sends it; and that nothing comes from elsewhere. */
import { brotliCompressSync } from 'node:zlib';
import { expect, lessons, test } from './guide.ts';

const wholeBytes = 45 * 1024;
const scriptBytes = 12 * 1024;

for (const path of ['/', '/keys/', ...Object.values(lessons)]) {
  test(`${path} keeps to its budget`, async ({ reader, page, baseURL }) => {
    const sizes = new Map<string, number>();
    const pending: Promise<void>[] = [];
    page.on('response', (response) => {
      pending.push(
        response.body().then((body) => {
          const size = response.url().endsWith('.woff2') ? body.length : brotliCompressSync(body).length;
          sizes.set(response.url(), size);
        }),
      );
    });
    await page.goto(path, { waitUntil: 'networkidle' });
    await expect(reader.log).toHaveCount(0);
    await Promise.all(pending);
    const sum = (urls: readonly string[]): number => urls.reduce((total, url) => total + (sizes.get(url) ?? 0), 0);
    const urls = [...sizes.keys()];
    expect(urls.filter((url) => !url.startsWith(baseURL ?? ''))).toEqual([]);
    expect(sum(urls.filter((url) => url.endsWith('.js'))), 'scripts').toBeLessThanOrEqual(scriptBytes);
    expect(sum(urls), urls.join('\n')).toBeLessThanOrEqual(wholeBytes);
  });
}
