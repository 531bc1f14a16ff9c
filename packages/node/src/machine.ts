/** What the groups of operations of one process share. */
import type { SignalName } from '@seashell/system';
import type { DescriptorTable } from './descriptor-table.ts';
import type { OperationGuard } from './operation-guard.ts';
import type { Waker } from './waker.ts';

export interface Machine {
  readonly table: DescriptorTable;
  readonly guard: OperationGuard;
  readonly waker: Waker;
  /** Handled signals that no `poll` has told yet, oldest first. */
  readonly pendingSignals: SignalName[];
  /** Whether `wait` would answer at once. */
  readonly childWaits: () => boolean;
}
