/** Space for the columns of one history. */
export type Arena = {
  floats: () => Float64Array<ArrayBuffer>;
  ints: () => Int32Array<ArrayBuffer>;
  words: () => Uint16Array<ArrayBuffer>;
  bytes: () => Uint8Array<ArrayBuffer>;
};

/** Columns that a scoring pass fills, by type. */
const COLUMNS = { floats: 15, ints: 1, words: 1, bytes: 8 } as const;

/**
 * Zeroed columns of `length` days cut from one buffer: allocating each by itself takes longer than filling them.
 * Throws RangeError when asked for more columns than that, a scoring pass's by default.
 */
export function arena(length: number, columns: Record<keyof Arena, number> = COLUMNS): Arena {
  const sizes = {
    floats: 8 * length,
    ints: aligned(4 * length),
    words: aligned(2 * length),
    bytes: aligned(length),
  };
  const bytes =
    columns.floats * sizes.floats +
    columns.ints * sizes.ints +
    columns.words * sizes.words +
    columns.bytes * sizes.bytes;
  return new Space(new ArrayBuffer(bytes), length, sizes);
}

// A class, because four closures for each history took a tenth of the scoring.
class Space implements Arena {
  private used = 0;

  constructor(
    private readonly buffer: ArrayBuffer,
    private readonly length: number,
    private readonly sizes: Record<keyof Arena, number>,
  ) {}

  floats(): Float64Array<ArrayBuffer> {
    return new Float64Array(this.buffer, this.next(this.sizes.floats), this.length);
  }

  ints(): Int32Array<ArrayBuffer> {
    return new Int32Array(this.buffer, this.next(this.sizes.ints), this.length);
  }

  words(): Uint16Array<ArrayBuffer> {
    return new Uint16Array(this.buffer, this.next(this.sizes.words), this.length);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.buffer, this.next(this.sizes.bytes), this.length);
  }

  private next(size: number): number {
    const offset = this.used;
    this.used += size;
    return offset;
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
