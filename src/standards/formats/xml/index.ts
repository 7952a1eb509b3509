export { isXmlText, xmlText } from './characters.ts';
export { childrenNamed, descendants, readXml, type XmlNode } from './read-xml.ts';
export { largestForSchema, type SchemaFault, schemaValidator } from './schema-validator.ts';
export { element, textElement, writeXml, type XmlElement } from './write-xml.ts';
