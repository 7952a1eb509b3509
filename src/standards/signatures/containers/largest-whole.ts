/** A CMS, token or record is read whole up to this size: what it signs may lie beside it at any size. */
export const largestWhole = 64 << 20;
