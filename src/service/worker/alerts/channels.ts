import { createTransport } from 'nodemailer';
import type { AlertMessage } from './alert-message.ts';

/** Where messages go. */
export interface AlertSettings {
  /** An http(s) address that gets each message as JSON. */
  readonly webhook?: string;
  readonly webhookAuthorization?: string;
  readonly mail?: {
    /** `smtp://user:password@host:port` or `smtps://…`. */
    readonly smtp: string;
    readonly from: string;
    readonly to: readonly string[];
  };
}

/** Somebody who takes messages. */
export interface AlertChannel {
  readonly name: 'webhook' | 'mail';
  /** @throws when it was not taken */
  send(message: AlertMessage): Promise<void>;
}

const patienceMilliseconds = 20_000;

/** The channels of the configuration. */
export function alertChannels({ webhook, webhookAuthorization, mail }: AlertSettings): AlertChannel[] {
  return [...(webhook ? [webhookChannel(webhook, webhookAuthorization)] : []), ...(mail ? [mailChannel(mail)] : [])];
}

function webhookChannel(url: string, authorization: string | undefined): AlertChannel {
  return {
    name: 'webhook',
    send: async (message) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(authorization ? { Authorization: authorization } : {}) },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(patienceMilliseconds),
        redirect: 'error',
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the webhook answered ${response.status}`);
    },
  };
}

function mailChannel({ smtp, from, to }: NonNullable<AlertSettings['mail']>): AlertChannel {
  const transport = createTransport(smtp, { from });
  return {
    name: 'mail',
    send: async ({ subject, text }) => {
      await transport.sendMail({ to: [...to], subject, text });
    },
  };
}
