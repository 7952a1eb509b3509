export { type AlertChannel, type AlertSettings, alertChannels } from './channels.ts';
export { sendAlerts } from './send-alerts.ts';
