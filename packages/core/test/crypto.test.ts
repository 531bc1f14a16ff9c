import { nobleProvider } from '../src/crypto/index.ts';
import { describeCryptoProvider } from './crypto-contract.ts';

describeCryptoProvider('noble', nobleProvider);
