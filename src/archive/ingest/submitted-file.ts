/** A file of a submission in staging. */
export interface SubmittedFile {
  /** Its name in staging. */
  readonly staged: string;
  /** Its safe name in the package; below `data/` of its representation. */
  readonly path: string;
  /** Of a producer's package that has several; `original` when left out. */
  readonly representation?: string;
  /** `attachment`: documentation that came with the documents. */
  readonly role?: 'attachment';
  readonly originalName: string;
  readonly size: number;
  readonly sha256: string;
  readonly sha512: string;
  readonly modifiedAt?: string;
  /** Further digests that were taken on the way, by the names of node:crypto, lower-case hex. */
  readonly otherDigests?: Readonly<Record<string, string>>;
}
