/** Small Vite plugins: sources of the workspace, stylesheets of lazy chunks, and the page frame that takes the place of Starlight's; and how workers are cut into files. */
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/**
 * The files of a worker. ssh, sshd, sshd-session and ssh-keygen come apart, and without a word would share a file for each set of them: dozens,
 * that are longer together because each is compressed for itself. What keys need comes with the first of them, what every world needs at once.
 */
export const workerFiles = {
  groups: [
    {
      name: 'base',
      priority: 2,
      test: /\/core\/src\/(?:wire|assertion|crypto\/(?:sha256|sha512|noble-hash))|@noble\/hashes\/(?:sha2|utils)|\/packages\/system\//,
    },
    {
      name: 'keys',
      priority: 1,
      minShareCount: 3,
      test: /\/core\/src\/(?:keys|certificates|crypto|long-work)|@noble\//,
    },
  ],
};

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
