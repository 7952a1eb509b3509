export { type MailAttachment, type MailMessage, readMessage } from './read-message.ts';
