/** Pages come from the repository's top-level content folder; numbers in its names are for order only, not for addresses. */
import { docsSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { defineCollection } from 'astro:content';

const withoutOrder = (path: string): string => path.replace(/\.mdx?$/, '').replaceAll(/(^|\/)\d+-/g, '$1');

export const collections = {
  docs: defineCollection({
    loader: glob({
      base: '../../content',
      pattern: ['guide/**/[^_]*.{md,mdx}'],
      generateId: ({ entry }) => withoutOrder(entry),
    }),
    schema: docsSchema({
      extend: z.object({
        /** The world whose terminal stands beside the page, and the hosts its map shows. */
        world: z.string().default('essentials'),
        hosts: z.array(z.string()).default(['laptop', 'remote_host']),
      }),
    }),
  }),
};
