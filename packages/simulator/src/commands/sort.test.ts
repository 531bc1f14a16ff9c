import { expect, test } from 'vitest';
import { runCommandLine } from '../../test/command-line.ts';

test.each(['-R -k 2', '-k 2R', '-k 2,2Rr', '--sort=random -k 2'])(
  'sort %s puts equal keys together in an order by chance',
  async (options) => {
    const lines = `for i in {1..40}; do echo "$i $((i % 20))"; done | sort ${options} -s | cut -d" " -f2`;
    const keys = (await runCommandLine(lines)).stdout.trim().split('\n');
    const groups = keys.filter((key, index) => key !== keys[index - 1]);
    expect(groups.toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 20 }, (_, key) => String(key)),
    );
    expect(groups).not.toEqual(groups.toSorted());
    expect(groups).not.toEqual(groups.toSorted((a, b) => Number(a) - Number(b)));
  },
);
