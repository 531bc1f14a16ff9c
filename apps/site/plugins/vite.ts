/** Small Vite plugins: sources of the workspace, stylesheets of lazy chunks, and the page frame that takes the place of Starlight's. */
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Takes workspace packages from their TypeScript sources, in every environment. */
export const sourceCondition: Plugin = {
  name: 'source-condition',
  configEnvironment: (name) => ({
    resolve: {
      conditions: ['source', 'module', name === 'client' ? 'browser' : 'node', 'development|production'],
    },
  }),
};

/**
 * Astro deletes, as orphaned, the stylesheets which only a dynamically imported chunk uses, unless the chunk names them
 * among its assets.
 */
export const keepLazyCss: Plugin = {
  name: 'keep-lazy-css',
  applyToEnvironment: (environment) => environment.name === 'client',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || !chunk.isDynamicEntry) continue;
      for (const css of chunk.viteMetadata?.importedCss ?? []) chunk.viteMetadata?.importedAssets.add(css);
    }
  },
};

const page = fileURLToPath(new URL('../src/starlight/Page.astro', import.meta.url));

/**
 * Starlight's Page cannot be overridden by its configuration, writes the dark theme into the HTML and corrects it by an inline
 * script. Ours lets the style sheet choose, so that a page without script has the reader's theme.
 */
export const ownPageFrame: Plugin = {
  name: 'own-page-frame',
  enforce: 'pre',
  resolveId(source, importer) {
    const own = source.endsWith('/Page.astro') && importer?.includes('/@astrojs/starlight/') === true;
    return own ? page : undefined;
  },
};

/** The bundler warns, in ten lines for each page of the guide, of directives that Astro writes into modules for itself. */
export const quietDirectives: Plugin = {
  name: 'quiet-directives',
  onLog: (_level, { code, message }) =>
    code === 'MODULE_LEVEL_DIRECTIVE' && message.includes('"use astro:') ? false : undefined,
};
