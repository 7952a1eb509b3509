/** What a stranger may ask of the machine: the same for every profile. */
export interface SubmissionLimits {
  /** Files in one record. */
  readonly maxFiles: number;
  /** Files in a producer's package, metadata and all. */
  readonly maxPackageFiles: number;
  /** Bytes of a file's name in UTF-8. */
  readonly maxNameBytes: number;
  readonly containers: ContainerLimits;
}

/** Beyond these a ZIP (or ASiC, OOXML, ODF) is taken for an attack on whoever opens it. */
export interface ContainerLimits {
  readonly maxEntries: number;
  /** Containers inside containers; 1 allows a ZIP without any. */
  readonly maxDepth: number;
  /** Sum of what all entries say they unpack to, in bytes. */
  readonly maxUnpackedSize: number;
  /** Unpacked bytes per packed byte of one entry, once it is larger than `ratioFrom`. */
  readonly maxRatio: number;
  readonly ratioFrom: number;
  /** Bytes that are really unpacked, over all depths, to compare what entries say with what they are. */
  readonly maxInspected: number;
}

/** Wide enough for what offices send, narrow enough that no one is harmed. */
export const defaultLimits: SubmissionLimits = {
  maxFiles: 1000,
  maxPackageFiles: 10_000,
  maxNameBytes: 1024,
  containers: {
    maxEntries: 20_000,
    maxDepth: 4,
    maxUnpackedSize: 20 * 2 ** 30,
    maxRatio: 200,
    ratioFrom: 8 * 2 ** 20,
    maxInspected: 256 * 2 ** 20,
  },
};
