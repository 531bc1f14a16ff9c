/** What the views of the key bench can ask for. The controller does it; on the page as built nobody does. */
import type { Settings, WorkName } from './bench-state.ts';
import type { TakenFile } from './given-file.ts';
import type { MakeRequest, SaveRequest } from './surface.ts';

export interface BenchActions {
  /** Whether somebody listens. */
  readonly isLive: boolean;
  type(text: string): Promise<void>;
  take(file: TakenFile): Promise<void>;
  /** Shows one of the page's own examples. */
  showExample(id: string): Promise<void>;
  chooseEntry(entry: number): Promise<void>;
  open(passphrase: string): Promise<void>;
  /** Shows the private section decrypted. */
  unseal(): Promise<void>;
  download(request: SaveRequest): Promise<void>;
  copyFile(request: SaveRequest): Promise<void>;
  copy(text: string, what: string): Promise<void>;
  make(request: MakeRequest): Promise<void>;
  prepareToMake(): Promise<void>;
  /** Shows why a form is not sent. */
  refuse(of: WorkName, reason: string): void;
  cancel(): void;
  clear(): void;
  set(values: Partial<Settings>): void;
  showBody(body: number): void;
  select(path: string | undefined): void;
  moveTo(byte: number, path: string | undefined): void;
  step(step: number): void;
  walk(): void;
}

export interface ViewProps<State> {
  readonly state: State;
  readonly act: BenchActions;
}

const nothing = async (): Promise<void> => undefined;
const never = (): void => undefined;

/** For the page as it is built, before its script. */
export const noActions: BenchActions = {
  isLive: false,
  type: nothing,
  take: nothing,
  showExample: nothing,
  chooseEntry: nothing,
  open: nothing,
  unseal: nothing,
  download: nothing,
  copyFile: nothing,
  copy: nothing,
  make: nothing,
  prepareToMake: nothing,
  refuse: never,
  cancel: never,
  clear: never,
  set: never,
  showBody: never,
  select: never,
  moveTo: never,
  step: never,
  walk: never,
};
