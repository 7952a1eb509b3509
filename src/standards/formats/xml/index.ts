export { isXmlText, xmlText } from './characters.ts';
export { element, textElement, writeXml, type XmlElement } from './write-xml.ts';
