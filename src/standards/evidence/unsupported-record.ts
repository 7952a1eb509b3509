/** A record in good form that uses something of the standard that is not looked into here: no verdict can be given. */
export class UnsupportedRecord extends Error {}
