/** The site: Starlight and MDX over the top-level content, a page frame of our own, no inline script, every transcript executed. */
import { fileURLToPath } from 'node:url';
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { contentSecurityPolicy } from './plugins/content-security-policy.ts';
import { keepLazyCss, ownPageFrame, quietDirectives, sourceCondition, workerFiles } from './plugins/vite.ts';
import { transcripts } from './plugins/transcripts.ts';

export default defineConfig({
  prefetch: false,
  build: { inlineStylesheets: 'never' },
  integrations: [
    starlight({
      title: 'Seashell',
      description: 'The SSH guide that you can run.',
      favicon: '/favicon.svg',
      customCss: [
        './src/styles/tokens.css',
        './src/styles/components.css',
        './src/styles/map.css',
        './src/styles/page.css',
      ],
      markdown: { headingLinks: false },
      expressiveCode: false,
      pagefind: false,
      disable404Route: true,
      credits: false,
      sidebar: [
        {
          label: '2 Keys',
          items: [
            { slug: 'guide/keys/make-a-pair' },
            { slug: 'guide/keys/more-bits' },
            { slug: 'guide/keys/passphrase' },
            { slug: 'guide/keys/fingerprint' },
            { slug: 'guide/keys/ssh-copy-id' },
            { slug: 'guide/keys/by-hand' },
          ],
        },
        {
          label: '3 Connecting',
          items: [
            { slug: 'guide/connecting/first-login' },
            { slug: 'guide/connecting/names-and-commands' },
            { slug: 'guide/connecting/when-it-fails' },
          ],
        },
      ],
    }),
    mdx(),
    preact(),
    contentSecurityPolicy(
      {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        // The terminal writes its cell sizes and colours into style elements of its own.
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'worker-src': ["'self'"],
        'manifest-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
      },
      // Where private keys are open, a script can load code of this site and send nothing.
      { 'keys/index.html': { 'connect-src': ["'none'"] } },
    ),
  ],
  vite: {
    build: { assetsInlineLimit: 0 },
    resolve: { alias: { '@site': fileURLToPath(new URL('./src', import.meta.url)) } },
    plugins: [sourceCondition, keepLazyCss, ownPageFrame, quietDirectives, transcripts()],
    worker: { format: 'es', rolldownOptions: { output: { codeSplitting: workerFiles } } },
  },
});
