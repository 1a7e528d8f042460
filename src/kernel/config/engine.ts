import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 hold less memory, for next to no time. Call it before anything is compiled.
 *
 * A function of WebAssembly is optimised once it has run for this long: Prisma's query compiler, which is all the WebAssembly there
 * is, has functions so large that optimising them at the start takes 50 MB, which the allocator then keeps. And the heap is
 * cleaned when it has grown by so much over what lives in it, not by as much again and more.
 */
export function tuneEngine(): void {
  setFlagsFromString('--wasm-tiering-budget=400000000');
  setFlagsFromString('--heap-growing-percent=30');
}
