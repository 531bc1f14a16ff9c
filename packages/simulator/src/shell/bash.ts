/** The program bash(1). */
import type { Program } from '@seashell/system';

export const bash: Program = async () => 0;
