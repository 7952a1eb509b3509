/** A sentence in Cyrillic Serbian and in English; `{name}` stands for what is put in. Latin Serbian follows by rule. */
export interface Message {
  readonly sr: string;
  readonly en: string;
}

/** A sentence with a number: Serbian has three forms (1 датотека, 2 датотеке, 5 датотека), English two. */
export interface CountedMessage {
  readonly sr: { readonly one: string; readonly few: string; readonly other: string };
  readonly en: { readonly one: string; readonly other: string };
}
