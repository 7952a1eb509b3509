import type { Offer, OfferedFile, ReceivedSubmission } from '../../../archive/ingest/index.ts';
import type { FormFile } from '../form.ts';

/** A record that is being received while its files still arrive. */
export interface OpenOffer {
  readonly paths: readonly string[];
  /** Hands over one more file. Returns when it was taken in, or is of no use any more. */
  add(file: FormFile): Promise<void>;
  /** No file follows: gives the receipt of intake. @throws whatever the record was refused for */
  close(): Promise<ReceivedSubmission>;
  /** The upload broke off: nothing is kept. */
  abandon(reason: unknown): Promise<void>;
}

type Receive = (offer: Offer) => Promise<ReceivedSubmission>;

/** Begins to receive a record. @param offer what is said of it; the files come by `add` */
export function openOffer(receive: Receive, offer: Omit<Offer, 'files'>): OpenOffer {
  const paths: string[] = [];
  const channel = fileChannel();
  const received = receive({ ...offer, files: channel.files() });
  received.then(channel.close, channel.close); // `close` below tells of a failure
  return {
    paths,
    add: async (file) => {
      paths.push(file.path);
      await Promise.race([channel.put({ file }), received.then(nothing, nothing)]);
      await readToEnd(file);
    },
    close: async () => {
      void channel.put({});
      return received;
    },
    abandon: async (failure) => {
      void channel.put({ failure });
      await received.then(nothing, nothing);
    },
  };
}

/** A file, the reason why none follows, or neither: the end. */
interface Item {
  readonly file?: FormFile;
  readonly failure?: unknown;
}

/** Hands files over one by one; `put` returns when the other side asks for the next, or wants none any more. */
function fileChannel() {
  const queue: (Item & { taken: () => void })[] = [];
  let wake = () => {};
  let isOver = false;
  return {
    put: (item: Item) =>
      new Promise<void>((taken) => {
        if (isOver) return taken();
        queue.push({ ...item, taken });
        wake();
      }),
    close: () => {
      isOver = true;
      for (const { taken } of queue) taken();
    },
    files: async function* (): AsyncGenerator<OfferedFile> {
      for (;;) {
        while (queue.length === 0)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        const item = queue.shift();
        if (item?.failure) throw item.failure;
        if (!item?.file) return;
        yield offeredFile(item.file);
        item.taken();
      }
    },
  };
}

const nothing = () => undefined;

/** The file under its own name, without the folders it lay in; leaving off in the middle does not end the form. */
export function offeredFile({ path, content }: FormFile): OfferedFile {
  return { name: nameIn(path), source: content.iterator({ destroyOnReturn: false }) };
}

/** The last part of a path of either kind. */
export function nameIn(path: string): string {
  return path.split(/[\\/]/).at(-1) || path;
}

/** Lets what is left of a file flow by, so that the next one comes. */
export async function readToEnd({ content }: FormFile): Promise<void> {
  if (content.readableEnded || content.destroyed) return;
  await new Promise<void>((resolve) => {
    content.once('end', resolve).once('close', resolve).resume();
  });
}
