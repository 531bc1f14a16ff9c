/** The descriptors of one process. */
import { SystemError } from '@seashell/system';
import type { Description } from './description.ts';
import { maximumDescriptors } from './limits.ts';

export class DescriptorTable {
  readonly #entries = new Map<number, Description>();

  /** Pairs in the order of their numbers. */
  entries(): readonly (readonly [number, Description])[] {
    return [...this.#entries].toSorted(([a], [b]) => a - b);
  }

  find(descriptor: number, operation: string): Description {
    const description = this.#entries.get(descriptor);
    if (description === undefined) throw new SystemError('EBADF', operation);
    return description;
  }

  /** Puts it at the lowest free number. EMFILE closes a description that nobody else holds. */
  add(description: Description, operation: string): number {
    description.addReference();
    let descriptor = 0;
    while (this.#entries.has(descriptor)) descriptor += 1;
    if (descriptor >= maximumDescriptors) {
      description.release();
      throw new SystemError('EMFILE', operation);
    }
    this.#entries.set(descriptor, description);
    return descriptor;
  }

  /** Puts it at `descriptor`, closing what was there. */
  set(descriptor: number, description: Description, operation: string): void {
    if (!Number.isInteger(descriptor) || descriptor < 0 || descriptor >= maximumDescriptors) {
      throw new SystemError('EBADF', operation);
    }
    description.addReference();
    this.#entries.get(descriptor)?.release();
    this.#entries.set(descriptor, description);
  }

  close(descriptor: number): void {
    const description = this.find(descriptor, 'close');
    this.#entries.delete(descriptor);
    description.release();
  }

  /** Has these and no others: what was open here and is not among them is closed. */
  replaceAll(entries: readonly (readonly [number, Description])[]): void {
    for (const [, description] of entries) description.addReference();
    this.closeAll();
    for (const [descriptor, description] of entries) this.#entries.set(descriptor, description);
  }

  closeAll(): void {
    for (const [descriptor] of this.entries()) this.close(descriptor);
  }
}
