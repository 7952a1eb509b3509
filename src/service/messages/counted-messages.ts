import type { CountedMessage } from './message.ts';

/** Sentences with a number. */
export const countedMessages = {
  copies: {
    sr: { one: '{n} копија', few: '{n} копије', other: '{n} копија' },
    en: { one: '{n} copy', other: '{n} copies' },
  },
  independent: {
    sr: { one: '{n} независна копија', few: '{n} независне копије', other: '{n} независних копија' },
    en: { one: '{n} independent copy', other: '{n} independent copies' },
  },
  received: {
    sr: { one: 'Примљен је {n} документ', few: 'Примљена су {n} документа', other: 'Примљено је {n} докумената' },
    en: { one: '{n} record received', other: '{n} records received' },
  },
  refused: {
    sr: { one: '{n} није прихваћен', few: '{n} нису прихваћена', other: '{n} није прихваћено' },
    en: { one: '{n} was not accepted', other: '{n} were not accepted' },
  },
  requirements: {
    sr: { one: '{n} захтев', few: '{n} захтева', other: '{n} захтева' },
    en: { one: '{n} requirement', other: '{n} requirements' },
  },
  tasks: {
    sr: { one: '{n} задатак', few: '{n} задатка', other: '{n} задатака' },
    en: { one: '{n} task', other: '{n} tasks' },
  },
} as const satisfies Record<string, CountedMessage>;

export type CountedMessageKey = keyof typeof countedMessages;
