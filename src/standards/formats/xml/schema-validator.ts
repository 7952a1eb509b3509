import {
  ParseOption,
  XmlBufferInputProvider,
  XmlDocument,
  XmlLibError,
  XmlValidateError,
  XsdValidator,
  xmlCleanupInputProvider,
  xmlRegisterInputProvider,
} from 'libxml2-wasm';
import { FormatError } from '../../../base/index.ts';

/** Where a document departs from its schema, and how, in the words of libxml2. */
export interface SchemaFault {
  readonly line: number;
  readonly message: string;
}

/** Up to this size a document is validated against a schema: libxml2 holds about ten times as much while it does. */
export const largestForSchema = 8 << 20;
const mostFaults = 50;
const option: ParseOption = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE;

/**
 * Makes a validator of an XML Schema 1.0. Nothing is fetched: what the schema imports is among `imported`.
 * @param imported schemas by the address under which they are imported
 * @returns a function that gives the faults of a document of at most `largestForSchema` bytes without a document type;
 *   it throws FormatError when the document is not well-formed
 * @throws Error when the schema itself is not as it must be
 */
export function schemaValidator(
  schema: Uint8Array,
  imported: Readonly<Record<string, Uint8Array>>,
): (document: Uint8Array) => SchemaFault[] {
  const validator = compiled(schema, imported);
  return (bytes) => {
    let document: XmlDocument | undefined;
    try {
      document = XmlDocument.fromBuffer(bytes, { option });
      validator.validate(document);
      return [];
    } catch (error) {
      if (error instanceof XmlValidateError) return faultsOf(error);
      if (error instanceof XmlLibError) throw new FormatError('XML', 'not well-formed', { cause: error });
      throw error;
    } finally {
      document?.dispose();
    }
  };
}

function compiled(schema: Uint8Array, imported: Readonly<Record<string, Uint8Array>>): XsdValidator {
  xmlRegisterInputProvider(new XmlBufferInputProvider({ ...imported }));
  try {
    const document = XmlDocument.fromBuffer(schema, { option });
    try {
      return XsdValidator.fromDoc(document);
    } finally {
      document.dispose();
    }
  } finally {
    xmlCleanupInputProvider();
  }
}

function faultsOf({ details }: XmlValidateError): SchemaFault[] {
  return details.slice(0, mostFaults).map(({ line, message }) => ({ line, message: message.trim() }));
}
