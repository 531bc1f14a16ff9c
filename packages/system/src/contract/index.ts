/**
 * The contract of `System`: what both worlds have to do alike, as small programs. Entry `@seashell/system/contract`, for tests only:
 * it declares a suite of Vitest.
 */
import { describe } from 'vitest';
import { describeFiles } from './files.ts';
import { describeNetwork } from './network.ts';
import { describeProcesses } from './processes.ts';
import { describeStreams } from './streams.ts';
import type { ContractSubject } from './subject.ts';
import { describeTerminals } from './terminals.ts';

export type { ContractCapabilities, ContractSubject } from './subject.ts';

/** Declares the suite for one world. */
export function describeSystemContract(subject: ContractSubject): void {
  describe(`System: ${subject.name}`, () => {
    describeFiles(subject);
    describeStreams(subject);
    describeProcesses(subject);
    describeNetwork(subject);
    describeTerminals(subject);
  });
}
