import { AppError } from '../kernel/errors.ts';

/**
 * Something sealed cannot be opened: altered, moved, rolled back, cut short, or sealed for another key. The code says no
 * more than that, because telling these apart would help only whoever is trying them out.
 */
export class SealError extends AppError {
  constructor(code: 'SEAL_BROKEN', detail: { cause?: unknown } = {}) {
    super(code, detail);
    this.name = 'SealError';
  }
}

export function sealBroken(cause?: unknown): SealError {
  return new SealError('SEAL_BROKEN', { cause });
}
