/** A file of a container. */
export interface AsicEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}
