/** An object of a DTO's shape that was not made with its constructor, as handlers answer it. */
export type Plain<T> = { [K in keyof T]: T[K] };
