import { publicRequest } from './public-request.ts';

const limits = { milliseconds: 8_000, bytes: 1 << 20 };

/** What a page of the public internet gives, or undefined where nothing comes: never an address of our own network. */
export async function askPage(url: string): Promise<Uint8Array | undefined> {
  const answer = await publicRequest({ url }, limits);
  return typeof answer === 'string' ? undefined : answer;
}
